/** TLV8, HAP R2 "TLV8 Format": type (1) | length (1) | value; a value over 255 bytes goes in fragments of one type. */

import { concat, MalformedError } from "hap/bytes/bytes";

/** HAP R2 "Table 5-6 TLV Values" (R14: 5-17). */
export const enum TlvType {
	Method = 0x00,
	Identifier = 0x01,
	Salt = 0x02,
	PublicKey = 0x03,
	Proof = 0x04,
	EncryptedData = 0x05,
	State = 0x06,
	Error = 0x07,
	RetryDelay = 0x08,
	Certificate = 0x09,
	Signature = 0x0a,
	Permissions = 0x0b,
	FragmentData = 0x0c,
	FragmentLast = 0x0d,
	SessionID = 0x0e,
	Flags = 0x13,
	Separator = 0xff,
}

export type Items = Map<number, Uint8Array>;

const MAX_FRAGMENT = 255;

/** Values are views into `bytes`, those of several fragments apart. A type comes once: HAP's requests have no lists. */
export function decode(bytes: Uint8Array): Items {
	const items: Items = new Map();
	let last = -1;
	let isOpen = false;
	let at = 0;
	while (at < bytes.length) {
		if (at + 2 > bytes.length)
			throw new MalformedError("tlv8: no room for a header");
		const type = bytes[at];
		const length = bytes[at + 1];
		const value = bytes.subarray(at + 2, at + 2 + length);
		if (value.length !== length)
			throw new MalformedError("tlv8: value cut short");
		const before = items.get(type);
		if (before && !(type === last && isOpen))
			throw new MalformedError("tlv8: a type comes twice");
		items.set(type, before ? concat(before, value) : value);
		last = type;
		isOpen = length === MAX_FRAGMENT;
		at += 2 + length;
	}
	return items;
}

function encodedLength(items: Iterable<readonly [number, Uint8Array]>): number {
	let length = 0;
	for (const [, value] of items)
		length += value.length + 2 * Math.max(1, Math.ceil(value.length / MAX_FRAGMENT));
	return length;
}

export function encode(items: Iterable<readonly [number, Uint8Array]>): Uint8Array {
	const bytes = new Uint8Array(encodedLength(items));
	let at = 0;
	for (const [type, value] of items) {
		let from = 0;
		do {
			const count = Math.min(MAX_FRAGMENT, value.length - from);
			bytes[at] = type;
			bytes[at + 1] = count;
			bytes.set(value.subarray(from, from + count), at + 2);
			at += 2 + count;
			from += count;
		}
		while (from < value.length);
	}
	return bytes;
}

/** A value of one byte. */
export function byte(value: number): Uint8Array {
	return Uint8Array.of(value);
}
