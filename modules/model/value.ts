/** Which values a characteristic takes: HAP R2 "Characteristic Formats", and what its own metadata leave of them. */

import { textBytes } from "hap/bytes/bytes";
import { type CharacteristicInfo, Format, type Value } from "hap/model/types";

const MAX_STRING = 64;
const MAX_DATA = 2097152; // HAP R2: what maxDataLen is when it is not given
/** A step is met when the value is this close to one, as a fraction of the step: controllers send 20.1 for 20.100000000000001. */
const STEP_TOLERANCE = 1e-6;

interface Range {
	readonly low: number;
	readonly high: number;
}

const SAFE: Range = Object.freeze({ low: 0, high: Number.MAX_SAFE_INTEGER });
const RANGES: { readonly [format: number]: Range; } = Object.freeze(
	{
		[Format.UInt8]: { low: 0, high: 0xff },
		[Format.UInt16]: { low: 0, high: 0xffff },
		[Format.UInt32]: { low: 0, high: 0xffffffff },
		[Format.UInt64]: SAFE, // JSON's numbers count no further
		[Format.Int]: { low: -0x80000000, high: 0x7fffffff },
	},
	true,
);

function isOnStep(value: number, { minStep, minValue }: CharacteristicInfo): boolean {
	if (minStep === undefined || minStep <= 0)
		return true;
	const steps = (value - (minValue ?? 0)) / minStep;
	return Math.abs(steps - Math.round(steps)) <= STEP_TOLERANCE * Math.max(1, Math.abs(steps));
}

/** Whether the format can hold the number, whatever else the characteristic says. */
export function isInFormat(number: number, format: Format): boolean {
	const range = RANGES[format];
	return Number.isFinite(number) && (!range || (Number.isInteger(number) && number >= range.low && number <= range.high));
}

function isBetween(number: number, least: number | undefined, most: number | undefined): boolean {
	return (least === undefined || number >= least) && (most === undefined || number <= most);
}

function acceptNumber(value: unknown, info: CharacteristicInfo): Value | undefined {
	const number = typeof value === "boolean" ? Number(value) : value;
	if (typeof number !== "number" || !isInFormat(number, info.format) || !isBetween(number, info.minValue, info.maxValue))
		return undefined;
	if (info.validValuesRange && !isBetween(number, info.validValuesRange[0], info.validValuesRange[1]))
		return undefined;
	if (info.validValues && !info.validValues.includes(number))
		return undefined;
	return isOnStep(number, info) ? number : undefined;
}

function acceptText(value: unknown, most: number): Value | undefined {
	return typeof value === "string" && textBytes(value) <= most ? value : undefined;
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 (RFC 4648 section 4) of at most so many bytes. What is in it is for the accessory's own code to judge. */
function acceptData(value: unknown, most: number): Value | undefined {
	if (typeof value !== "string" || value.length % 4 !== 0)
		return undefined;
	const padding = value.endsWith("==") ? 2 : value.endsWith("=") ? 1 : 0;
	for (let at = 0; at < value.length - padding; at++)
		if (!BASE64.includes(value[at]))
			return undefined;
	return (value.length / 4) * 3 - padding <= most ? value : undefined;
}

/** The value as it is kept, undefined when the characteristic does not take it. */
export function acceptValue(value: unknown, info: CharacteristicInfo): Value | undefined {
	switch (info.format) {
		case Format.Bool:
			return value === true || value === 1 ? true : value === false || value === 0 ? false : undefined;
		case Format.String:
			return acceptText(value, info.maxLen ?? MAX_STRING);
		case Format.Tlv8:
		case Format.Data:
			return acceptData(value, info.maxDataLen ?? MAX_DATA);
		default:
			return acceptNumber(value, info);
	}
}

/** What a reader gets when there is none yet: a value of the right kind, for iOS drops an accessory that answers null. */
export function emptyValue(info: CharacteristicInfo): Value {
	if (info.isStateless)
		return null;
	switch (info.format) {
		case Format.Bool:
			return false;
		case Format.String:
		case Format.Tlv8:
		case Format.Data:
			return "";
		default:
			return info.validValues?.[0] ?? info.validValuesRange?.[0] ?? Math.min(Math.max(0, info.minValue ?? 0), info.maxValue ?? Infinity);
	}
}
