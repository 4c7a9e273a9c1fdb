/**
 * What readers and writers of DNS messages share: numbers, and names as they lie in a message. RFC 1035 section 4, RFC 6762 section 18.
 *
 *     header (12) | questions | answers | authorities | additionals
 *     name: labels of a length byte and 1 to 63 bytes, ended by a zero byte or by a pointer (11 and 14 bits) to an earlier name
 *
 * A name is always given as the bytes that hold it and where it starts there, so that names of a received message, of one being
 * written and of ours compare without being copied.
 */

export const enum DnsType {
	A = 1,
	CNAME = 5,
	PTR = 12,
	TXT = 16,
	AAAA = 28,
	SRV = 33,
	NSEC = 47,
	ANY = 255,
}

/** The top bit is no part of the class: a question asks for a unicast response, a record tells to flush caches. RFC 6762 5.4, 10.2. */
export const enum DnsClass {
	IN = 1,
	ANY = 255,
	TopBit = 0x8000,
}

export const enum DnsFlags {
	Response = 0x8000,
	Opcode = 0x7800,
	Authoritative = 0x0400,
	Truncated = 0x0200,
	ResponseCode = 0x000f,
}

export const enum Section {
	Question,
	Answer,
	Authority,
	Additional,
}

export const HEADER_BYTES = 12;
export const MAX_LABEL_BYTES = 63;
const MAX_NAME_BYTES = 255;
export const MAX_LABELS = 128; // a name of 255 bytes has 127 and the root
const MAX_HOPS = 16; // pointers that lead to pointers; writers make chains of one

const kPointer = 0xc0;

export function uint16(bytes: Uint8Array, at: number): number {
	return (bytes[at] << 8) | bytes[at + 1];
}

export function uint32(bytes: Uint8Array, at: number): number {
	return bytes[at] * 0x1000000 + ((bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]);
}

/** Follows pointers: where the label that `at` stands for starts, or -1. Each must lead backward, so none leads round. */
export function labelAt(bytes: Uint8Array, at: number): number {
	const end = bytes.length;
	for (let hops = 0; hops < MAX_HOPS && at < end; hops++) {
		const length = bytes[at];
		if (length <= MAX_LABEL_BYTES)
			return at + length < end ? at : -1;
		if (length < kPointer || at + 1 === end)
			return -1;
		const target = uint16(bytes, at) & 0x3fff;
		if (target >= at)
			return -1;
		at = target;
	}
	return -1;
}

/** Where the bytes of a name end, a pointer being its end; -1 if it is not one. */
export function skipName(bytes: Uint8Array, at: number): number {
	const last = Math.min(bytes.length, at + MAX_NAME_BYTES) - 1;
	while (at <= last) {
		const length = bytes[at];
		if (length === 0)
			return at + 1;
		if (length > MAX_LABEL_BYTES)
			return labelAt(bytes, at) >= 0 ? at + 2 : -1;
		at += length + 1;
	}
	return -1;
}

/** Compares names without regard to the case of ASCII letters. RFC 6762 section 16. A name that is cut short equals none. */
export function sameName(a: Uint8Array, atA: number, b: Uint8Array, atB: number): boolean {
	for (let labels = 0; labels < MAX_LABELS; labels++) {
		atA = labelAt(a, atA);
		atB = labelAt(b, atB);
		if (atA < 0 || atB < 0)
			return false;
		const length = a[atA];
		if (length !== b[atB])
			return false;
		if (length === 0)
			return true;
		for (let i = 1; i <= length; i++) {
			const byte = a[atA + i];
			const other = b[atB + i];
			if (byte !== other && lowerCase(byte) !== lowerCase(other))
				return false;
		}
		atA += length + 1;
		atB += length + 1;
	}
	return false;
}

/** The name in full, without pointers: as it would stand alone. Undefined when it is not one. */
export function expandName(bytes: Uint8Array, at: number): Uint8Array | undefined {
	const name = new Uint8Array(MAX_NAME_BYTES);
	let length = 0;
	for (;;) {
		at = labelAt(bytes, at);
		if (at < 0 || length + bytes[at] >= MAX_NAME_BYTES)
			return undefined;
		const end = at + bytes[at] + 1;
		if (end === at + 1)
			return name.slice(0, length + 1);
		while (at < end)
			name[length++] = bytes[at++];
	}
}

function lowerCase(byte: number): number {
	return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}
