/** Looking through bytes of a request's head, [from, to) of them: natives, because every byte of every request is looked at. */

/** Where `byte` is, or -1. */
export function findByte(this: unknown, bytes: Uint8Array, from: number, to: number, byte: number): number {
	return native("xs_hap_find_byte").call(this, bytes, from, to, byte);
}

/** Whether the bytes are `text`. */
export function isText(this: unknown, bytes: Uint8Array, from: number, to: number, text: string): boolean {
	return native("xs_hap_is_text").call(this, bytes, from, to, text);
}

/** Whether the bytes are `name`, which has no capitals, whatever theirs. */
export function isName(this: unknown, bytes: Uint8Array, from: number, to: number, name: string): boolean {
	return native("xs_hap_is_name").call(this, bytes, from, to, name);
}

/** RFC 9110 section 5.6.2. */
export function isToken(this: unknown, bytes: Uint8Array, from: number, to: number): boolean {
	return native("xs_hap_is_token").call(this, bytes, from, to);
}

export const enum Characters {
	/** Of ASCII, without blanks. */
	Visible,
	/** And blanks. */
	Ascii,
	/** And what is above ASCII. */
	Any,
}

/** No controls, and no others but those. */
export function isPlain(this: unknown, bytes: Uint8Array, from: number, to: number, characters: Characters): boolean {
	return native("xs_hap_is_plain").call(this, bytes, from, to, characters);
}

/** The number that these digits are, -1 when they are none; above 2^53 - 1 numbers are not told apart. */
export function decimal(this: unknown, bytes: Uint8Array, from: number, to: number): number {
	return native("xs_hap_decimal").call(this, bytes, from, to);
}
