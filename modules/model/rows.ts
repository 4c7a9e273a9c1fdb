/** Rows of the catalogue, which are strings, into what a database holds; run when a database is defined. */

import type { Characteristics, Services } from "hap/model/catalogue";
import type { CharacteristicInfo } from "hap/model/types";

/** A row whose field is empty leaves it out, so that it takes no memory. */
function put(info: object, name: keyof CharacteristicInfo, value: unknown, text: string | undefined): void {
	if (text)
		(info as { [name: string]: unknown; })[name] = value;
}

/** What a row of the catalogue says, in the fields' order of scripts/catalogue.mjs. */
export function infoOf(row: Characteristics): CharacteristicInfo {
	const [type, format, perms, unit, least, most, step, maxLen, isStateless] = row.split(" ");
	const info = { type, format: Number(format), perms: Number(perms) };
	put(info, "unit", unit, unit);
	put(info, "minValue", Number(least), least);
	put(info, "maxValue", Number(most), most);
	put(info, "minStep", Number(step), step);
	put(info, "maxLen", Number(maxLen), maxLen);
	put(info, "isStateless", true, isStateless);
	return info;
}

/** The UUID of a service, of the catalogue or another maker's, and those of the characteristics that it must have. */
export function serviceOf(row: Services | string): { readonly type: string; readonly required: readonly string[]; } {
	const [type, ...required] = row.split(" ");
	return { type, required };
}

/** Apple's UUIDs are written without this, and without zeros in front. HAP R2 "Service and Characteristic Types". */
const APPLE_BASE = "-0000-1000-8000-0026BB765291";
const LONG_LENGTHS = "8,4,4,4,12";
const SHORT_DIGITS = 8;

function isHex(text: string): boolean {
	for (let at = 0; at < text.length; at++)
		if (!"0123456789ABCDEF".includes(text[at]))
			return false;
	return text.length > 0;
}

/** As JSON carries it: short where it is Apple's, else long, in capitals; undefined when it is no UUID. */
export function uuidOf(text: string): string | undefined {
	let type = text.toUpperCase();
	if (type.endsWith(APPLE_BASE))
		type = type.slice(0, -APPLE_BASE.length);
	if (type.length <= SHORT_DIGITS) {
		while (type.length > 1 && type[0] === "0")
			type = type.slice(1);
		return isHex(type) ? type : undefined;
	}
	const parts = type.split("-");
	return parts.map(({ length }) => length).join() === LONG_LENGTHS && parts.every(isHex) ? type : undefined;
}

/** For lockdown/declarations, once everything is declared: functions that no variable holds any more are none of the image's. */
export function leaveFlash(gone: readonly (() => never)[]): void {
	// @ts-expect-error: to the engine their names are variables
	[infoOf, serviceOf, uuidOf, leaveFlash] = gone;
}
