/** Bytes and text. XS keeps text as UTF-8, so that the natives here copy and do not convert. */

/** Bytes that are not what they must be. */
export class MalformedError extends Error {}

/** Bytes of `text` in UTF-8. */
export function textBytes(this: unknown, text: string): number {
	return native("xs_hap_text_bytes").call(this, text);
}

/** Writes `text` as UTF-8 into `target` from `at`; answers how many bytes it took. RangeError when it does not fit. */
export function putText(this: unknown, target: Uint8Array, at: number, text: string): number {
	return native("xs_hap_put_text").call(this, target, at, text);
}

/** The parts' text, one after the other, made at once: an operator would make each step's text, and leave it behind. */
export function joinText(this: unknown, ...parts: (string | number)[]): string {
	return native("xs_hap_join_text").call(this, ...parts);
}

function decodeText(this: unknown, bytes: Uint8Array, from: number, to: number): string | undefined {
	return native("xs_hap_decode_text").call(this, bytes, from, to);
}

export function fromText(text: string): Uint8Array {
	const bytes = new Uint8Array(textBytes(text));
	if (bytes.length > 0)
		putText(bytes, 0, text);
	return bytes;
}

/** Bytes [from, to). MalformedError on what is no UTF-8 (RFC 3629), and on U+0000, which nothing here needs. */
export function toText(bytes: Uint8Array, from = 0, to = bytes.length): string {
	const text = decodeText(bytes, from, to);
	if (text === undefined)
		throw new MalformedError("not UTF-8 text");
	return text;
}

/** For what everybody may know: it takes as long as the bytes are alike. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

export function concat(...parts: Uint8Array[]): Uint8Array {
	let length = 0;
	for (let i = 0; i < parts.length; i++)
		length += parts[i].length;
	const all = new Uint8Array(length);
	let at = 0;
	for (let i = 0; i < parts.length; i++) {
		all.set(parts[i], at);
		at += parts[i].length;
	}
	return all;
}

const HEX = "0123456789abcdef";

export function toHex(bytes: Uint8Array): string {
	let text = "";
	for (const byte of bytes)
		text += HEX[byte >> 4] + HEX[byte & 15];
	return text;
}

/** White space is skipped, so that vectors may be written as their sources print them. */
export function fromHex(text: string): Uint8Array {
	let digits = "";
	for (const character of text)
		if (character > " ")
			digits += character;
	if (digits.length % 2 !== 0)
		throw new MalformedError("an odd number of hexadecimal digits");
	const bytes = new Uint8Array(digits.length / 2);
	for (let i = 0; i < bytes.length; i++) {
		const value = Number(`0x${digits.slice(2 * i, 2 * i + 2)}`);
		if (Number.isNaN(value))
			throw new MalformedError("not hexadecimal");
		bytes[i] = value;
	}
	return bytes;
}
