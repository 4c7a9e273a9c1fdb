/** TLV8 written for clearness, and apart from hap/wire/tlv8: HAP R2 "TLV8 Format". */

import type { TlvType } from "hap/wire/tlv8";

const MAX_FRAGMENT = 255;

/** Items as they follow each other; fragments are joined. */
export function readTlv(bytes: Uint8Array): [TlvType, number[]][] {
	const items: [TlvType, number[]][] = [];
	let isOpen = false;
	for (let at = 0; at < bytes.length;) {
		const [type, length] = [bytes[at], bytes[at + 1]];
		const value = Array.from(bytes.subarray(at + 2, at + 2 + length));
		if (isOpen && items[items.length - 1][0] === type)
			items[items.length - 1][1].push(...value);
		else
			items.push([type, value]);
		isOpen = length === MAX_FRAGMENT;
		at += 2 + length;
	}
	return items;
}

/** For messages in which each type comes once. */
export function readItems(bytes: Uint8Array): Map<TlvType, Uint8Array> {
	return new Map(readTlv(bytes).map(([type, value]) => [type, Uint8Array.from(value)]));
}

export function writeTlv(items: Iterable<readonly [TlvType, Uint8Array]>): Uint8Array {
	const bytes: number[] = [];
	for (const [type, value] of items) {
		let from = 0;
		do {
			const fragment = value.subarray(from, from + MAX_FRAGMENT);
			bytes.push(type, fragment.length, ...fragment);
			from += MAX_FRAGMENT;
		}
		while (from < value.length);
	}
	return Uint8Array.from(bytes);
}
