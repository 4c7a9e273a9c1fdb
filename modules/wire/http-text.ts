/** Looking through bytes of a request's head, [from, to) of them: natives, because every byte of every request is looked at. */

/** Where `byte` is, or -1. */
export function findByte(this: unknown, bytes: Uint8Array, from: number, to: number, byte: number): number {
	return native("xs_hap_find_byte").call(this, bytes, from, to, byte);
}

/** Whether the bytes are `text`. */
export function isText(this: unknown, bytes: Uint8Array, from: number, to: number, text: string): boolean {
	return native("xs_hap_is_text").call(this, bytes, from, to, text);
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

/**
 * How many ids `aid.iid`, with commas between them, are in `text` behind `prefix`; -1 when the prefix is not there, or one of them is
 * none. Ids are 64-bit, and from 2^53 on they could not be told apart, so that such an id is none of ours.
 */
export function countIds(this: unknown, text: string, prefix: string): number {
	return native("xs_hap_count_ids").call(this, text, prefix);
}

/** Reads the id at byte `at` of `text` into `id`; answers where the next one begins. RangeError: there is none. */
export function readId(this: unknown, text: string, at: number, id: { aid: number; iid: number; }): number {
	return native("xs_hap_read_id").call(this, text, at, id);
}

/** The most that `readHeader` and `readRequestLine` take; a longer line is none to them. */
export const LINE_MAX = 8191;

/**
 * The header line at `from`, of at most `most` bytes (RFC 9112 section 5): bits 0 to 2 are its Field, the next 13 the bytes before its
 * value, the next 13 those up to the value's end, blanks around it left out. -1: it is none, or not whole.
 */
export function readHeader(this: unknown, bytes: Uint8Array, from: number, to: number, most: number): number {
	return native("xs_hap_read_header").call(this, bytes, from, to, most);
}

/**
 * A request line, without its end (RFC 9112 section 3): bits 0 to 3 are its Method, 4 the minor version, 0 or 1, the next 13 the bytes
 * of the method, the next 13 the bytes before the "?", 0 without one. Negative: the status that refuses it.
 */
export function readRequestLine(this: unknown, bytes: Uint8Array, from: number, to: number): number {
	return native("xs_hap_read_request_line").call(this, bytes, from, to);
}

/** What `readHead` fills in. */
export interface RequestLine {
	/** Of http-head.ts's Method. */
	method: number;
	path: string;
	/** Without its "?"; empty where there is none. */
	query: string;
	/** Of HTTP/1.x: 0 or 1. */
	minor: number;
}

/**
 * A whole head, with lines of at most `mostLine` bytes and `mostHead` in all: its request line into `head`; bits 0 to 12 of the answer
 * are its bytes, 13 whether Content-Type is application/hap+json, those above Content-Length and 1, or 0 when there is none. 0: it is
 * not whole or not well-formed, longer, or decides something else, and nothing is filled in.
 */
export function readHead(
	this: unknown,
	bytes: Uint8Array,
	from: number,
	to: number,
	head: RequestLine,
	mostLine: number,
	mostHead: number,
): number {
	return native("xs_hap_read_head").call(this, bytes, from, to, head, mostLine, mostHead);
}
