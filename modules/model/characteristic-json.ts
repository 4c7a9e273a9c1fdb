/** A characteristic as JSON: HAP R2 "Characteristic Objects". */

import { type CharacteristicDefinition, type CharacteristicInfo, Format, Perms, type ServiceDefinition, type Value } from "hap/model/types";

const FORMATS: { readonly [format: number]: string; } = Object.freeze({
	[Format.Bool]: "bool",
	[Format.UInt8]: "uint8",
	[Format.UInt16]: "uint16",
	[Format.UInt32]: "uint32",
	[Format.UInt64]: "uint64",
	[Format.Int]: "int",
	[Format.Float]: "float",
	[Format.String]: "string",
	[Format.Tlv8]: "tlv8",
	[Format.Data]: "data",
});

/** Of PairedRead, PairedWrite and Notify, by their bits: most characteristics have no others. */
const COMMON_PERMS: readonly string[] = Object.freeze([
	"",
	'"pr"',
	'"pw"',
	'"pr","pw"',
	'"ev"',
	'"pr","ev"',
	'"pw","ev"',
	'"pr","pw","ev"',
]);
const COMMON = Perms.PairedRead | Perms.PairedWrite | Perms.Notify;

const OTHER_PERMS: readonly (readonly [number, string])[] = Object.freeze(
	[
		[Perms.AdditionalAuthorization, "aa"],
		[Perms.TimedWrite, "tw"],
		[Perms.Hidden, "hd"],
		[Perms.WriteResponse, "wr"],
	],
	true,
);

export function permsJson(perms: number): string {
	let list = COMMON_PERMS[perms & COMMON];
	if (perms > COMMON) {
		for (const [bit, name] of OTHER_PERMS)
			if (perms & bit)
				list += `${list && ","}"${name}"`;
	}
	return `"perms":[${list}]`;
}

function number(name: string, value: number | undefined): string {
	return value === undefined ? "" : `,"${name}":${value}`;
}

function boundsJson(info: CharacteristicInfo): string {
	const valid = info.validValues === undefined ? "" : `,"valid-values":[${info.validValues.join(",")}]`;
	const range = info.validValuesRange === undefined ? "" : `,"valid-values-range":[${info.validValuesRange.join(",")}]`;
	return (
		`${number("minValue", info.minValue)}${number("maxValue", info.maxValue)}${number("minStep", info.minStep)}`
		+ `${number("maxLen", info.maxLen)}${number("maxDataLen", info.maxDataLen)}${valid}${range}`
	);
}

/** format, unit and bounds, with a comma before each but the first. */
export function metaJson(info: CharacteristicInfo): string {
	const unit = info.unit === undefined ? "" : `,"unit":"${info.unit}"`;
	const bounds = info.format === Format.Bool ? "" : boundsJson(info);
	return `"format":"${FORMATS[info.format]}"${unit}${bounds}`;
}

/** For joinText(), which makes the text of what is none. */
export function plainJson(value: Value): Value {
	return typeof value === "string" ? JSON.stringify(value) : value;
}

export function valueJson(value: Value): string {
	return String(plainJson(value));
}

/** What never changes of a characteristic: CharacteristicDefinition.json. */
export function constantJson({ iid, info, description }: Pick<CharacteristicDefinition, "iid" | "info" | "description">): string {
	const about = description === undefined ? "" : `,"description":${JSON.stringify(description)}`;
	return `{"iid":${iid},"type":"${info.type}",${permsJson(info.perms)},${metaJson(info)}${about}`;
}

/** What never changes of a service: ServiceDefinition.json. */
export function serviceJson({ iid, type, isPrimary, isHidden, linked }: Omit<ServiceDefinition, "json">): string {
	const primary = isPrimary ? ',"primary":true' : "";
	const hidden = isHidden ? ',"hidden":true' : "";
	const links = linked ? `,"linked":[${linked.join(",")}]` : "";
	return `{"iid":${iid},"type":"${type}"${primary}${hidden}${links},"characteristics":[`;
}
