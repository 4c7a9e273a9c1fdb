/** Lines of a request's head, RFC 9112 sections 3 and 5, read in place: bytes are compared, text is made only to be kept. */

import { decodeText, toText } from "hap/bytes/bytes";
import { Characters, decimal, findByte, isPlain, LINE_MAX, readHeader, readRequestLine, type RequestLine } from "hap/wire/http-text";

/** A request that is none, or that is not served; the connection closes behind the answer. */
export class HttpError extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

/** Their numbers are http-head.c's, as those of Field are. */
export const enum Method {
	None,
	GET,
	PUT,
	POST,
	DELETE,
	HEAD,
	OPTIONS,
	PATCH,
	Other,
}

/** Header fields that decide something here. */
export const enum Field {
	Other,
	Connection,
	ContentLength,
	ContentType,
	Expect,
	TransferEncoding,
}

const enum Character {
	Tab = 0x09,
	Space = 0x20,
	Semicolon = 0x3b,
}

/** Where readRequestLine(), readHeader() and readHead() say what. */
export const enum Found {
	Bytes = 0x1fff,
	Method = 0xf,
	MinorAt = 4,
	MethodBytesAt = 5,
	QueryAt = 18,
	Field = 0x7,
	ValueAt = 3,
	ValueEndAt = 16,
	IsJson = 0x2000,
	LengthAt = 14,
}

const enum Bytes {
	Version = 8, // HTTP/1.1
}

function isBlank(byte: number): boolean {
	return byte === Character.Space || byte === Character.Tab;
}

/** Into `line`. The origin form alone (RFC 9112 section 3.2.1): no controller asks a proxy. */
export function parseRequestLine(bytes: Uint8Array, from: number, to: number, line: RequestLine): void {
	const found = readRequestLine(bytes, from, to);
	if (found < 0)
		throw new HttpError(-found, "request line");
	const target = from + ((found >> Found.MethodBytesAt) & Found.Bytes) + 1;
	const end = to - Bytes.Version - 1;
	const question = found >> Found.QueryAt;
	line.method = found & Found.Method;
	line.minor = (found >> Found.MinorAt) & 1;
	line.path = decodeText(bytes, target, question === 0 ? end : from + question)!; // it is plain
	line.query = question === 0 ? "" : decodeText(bytes, from + question + 1, end)!;
}

function checkValue(bytes: Uint8Array, from: number, to: number): void {
	if (!isPlain(bytes, from, to, Characters.Any))
		throw new HttpError(400, "header value");
}

/** readHeader() of a whole line. Folded lines and blanks before the colon are refused (RFC 9112 sections 5.1 and 5.2). */
export function parseHeaderLine(bytes: Uint8Array, from: number, end: number): number {
	const header = readHeader(bytes, from, end, LINE_MAX);
	if (header < 0)
		throw new HttpError(400, "header line");
	return header;
}

/** Digits only: neither a sign nor a second value (RFC 9110 section 8.6). */
export function parseLength(bytes: Uint8Array, from: number, to: number): number {
	const length = decimal(bytes, from, to);
	if (length < 0)
		throw new HttpError(400, "content length");
	return length;
}

function lowerCase(bytes: Uint8Array, from: number, to: number): string {
	if (!isPlain(bytes, from, to, Characters.Ascii))
		throw new HttpError(400, "header value");
	return toText(bytes, from, to).trim().toLowerCase();
}

/** Value in lower case, without parameters. */
export function parseValue(bytes: Uint8Array, from: number, to: number): string {
	const end = findByte(bytes, from, to, Character.Semicolon);
	return lowerCase(bytes, from, end < 0 ? to : end);
}

/** Members of a list in lower case (RFC 9110 section 5.6.1), with their parameters. */
export function parseList(bytes: Uint8Array, from: number, to: number): string[] {
	return lowerCase(bytes, from, to).split(",").map((member) => member.trim());
}

/** `1*HEXDIG`, chunk extensions ignored (RFC 9112 section 7.1). */
export function parseChunkSize(bytes: Uint8Array, from: number, to: number): number {
	let size = 0;
	let at = from;
	for (; at < to && bytes[at] !== Character.Semicolon && !isBlank(bytes[at]); at++) {
		const digit = Number(`0x${String.fromCharCode(bytes[at])}`);
		if (Number.isNaN(digit))
			throw new HttpError(400, "chunk size");
		size = size * 16 + digit;
	}
	if (at === from)
		throw new HttpError(400, "chunk size");
	checkValue(bytes, at, to);
	while (at < to && isBlank(bytes[at]))
		at++;
	if (at < to && bytes[at] !== Character.Semicolon)
		throw new HttpError(400, "chunk extension");
	return size;
}
