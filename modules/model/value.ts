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

function acceptNumber(value: unknown, info: CharacteristicInfo): Value | undefined {
	const number = typeof value === "boolean" ? Number(value) : value;
	if (typeof number !== "number" || !Number.isFinite(number))
		return undefined;
	const range = RANGES[info.format];
	if (range && (!Number.isInteger(number) || number < range.low || number > range.high))
		return undefined;
	if ((info.minValue !== undefined && number < info.minValue) || (info.maxValue !== undefined && number > info.maxValue))
		return undefined;
	if (info.validValues && !info.validValues.includes(number))
		return undefined;
	return isOnStep(number, info) ? number : undefined;
}

function acceptText(value: unknown, most: number): Value | undefined {
	return typeof value === "string" && textBytes(value) <= most ? value : undefined;
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
			return acceptText(value, Math.ceil((info.maxDataLen ?? MAX_DATA) / 3) * 4);
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
			return info.validValues?.[0] ?? Math.min(Math.max(0, info.minValue ?? 0), info.maxValue ?? Infinity);
	}
}
