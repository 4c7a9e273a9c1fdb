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

/** Writes the texts as UTF-8 into [at, limit) of `target`; answers where they end, or -1, and nothing is written, when there is no room. */
export function putTexts(this: unknown, target: Uint8Array, at: number, limit: number, ...texts: string[]): number {
	return native("xs_hap_put_texts").call(this, target, at, limit, ...texts);
}

/**
 * The parts' text, as String() has it, one after the other, made at once: an operator would make each step's text, and leave it
 * behind.
 */
export function joinText(this: unknown, ...parts: (string | number | boolean | null)[]): string {
	return native("xs_hap_join_text").call(this, ...parts);
}

/** Copies [from, to) of `source` into `target` at `at`, without a view. RangeError when they are not there, or do not fit. */
export function copyBytes(this: unknown, target: Uint8Array, at: number, source: Uint8Array, from: number, to: number): void {
	native("xs_hap_copy_bytes").call(this, target, at, source, from, to);
}

/** Bytes [from, to); undefined when they are no UTF-8, or one of them is 0. */
export function decodeText(this: unknown, bytes: Uint8Array, from: number, to: number): string | undefined {
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
