/** Lines of a request's head, RFC 9112 sections 3 and 5, read in place: bytes are compared, text is made only to be kept. */

import { toText } from "hap/bytes/bytes";
import { Characters, decimal, findByte, isName, isPlain, isText, isToken } from "hap/wire/http-text";

/** A request that is none, or that is not served; the connection closes behind the answer. */
export class HttpError extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

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
	Dot = 0x2e,
	Slash = 0x2f,
	Zero = 0x30,
	Colon = 0x3a,
	Semicolon = 0x3b,
	Question = 0x3f,
	Delete = 0x7f,
}

const METHODS: readonly (readonly [string, Method])[] = Object.freeze(
	[
		["GET", Method.GET],
		["PUT", Method.PUT],
		["POST", Method.POST],
		["DELETE", Method.DELETE],
		["HEAD", Method.HEAD],
		["OPTIONS", Method.OPTIONS],
		["PATCH", Method.PATCH],
	],
	true,
);

const VERSION = "HTTP/";
const VERSION_1_1 = "HTTP/1.1";

function isDigit(byte: number): boolean {
	return byte >= Character.Zero && byte < Character.Colon;
}

function isBlank(byte: number): boolean {
	return byte === Character.Space || byte === Character.Tab;
}

export interface RequestLine {
	method: Method;
	path: string;
	query: string;
	/** Of HTTP/1.x: 0 or 1. */
	minor: number;
}

function parseMethod(bytes: Uint8Array, from: number, to: number): Method {
	for (let i = 0; i < METHODS.length; i++)
		if (isText(bytes, from, to, METHODS[i][0]))
			return METHODS[i][1];
	if (!isToken(bytes, from, to))
		throw new HttpError(400, "method");
	return Method.Other;
}

/** `HTTP/1.1` and the like. A minor version above ours is read as ours (RFC 9110 section 2.5). */
function parseVersion(bytes: Uint8Array, from: number, to: number): number {
	if (isText(bytes, from, to, VERSION_1_1))
		return 1;
	const majorAt = from + VERSION.length;
	const isVersion = to === majorAt + 3 && isText(bytes, from, majorAt, VERSION);
	if (!isVersion || !isDigit(bytes[majorAt]) || bytes[majorAt + 1] !== Character.Dot || !isDigit(bytes[majorAt + 2]))
		throw new HttpError(400, "version");
	if (bytes[majorAt] - Character.Zero !== 1)
		throw new HttpError(505, "version");
	return Math.min(bytes[majorAt + 2] - Character.Zero, 1);
}

/** Into `line`. The origin form alone (RFC 9112 section 3.2.1): no controller asks a proxy. */
export function parseRequestLine(bytes: Uint8Array, from: number, to: number, line: RequestLine): void {
	const methodEnd = findByte(bytes, from, to, Character.Space);
	const targetEnd = methodEnd < 0 ? -1 : findByte(bytes, methodEnd + 1, to, Character.Space);
	if (targetEnd < 0)
		throw new HttpError(400, "request line");
	const method = parseMethod(bytes, from, methodEnd);
	const minor = parseVersion(bytes, targetEnd + 1, to);
	const start = methodEnd + 1;
	if (bytes[start] !== Character.Slash)
		throw new HttpError(400, "target");
	if (!isPlain(bytes, start, targetEnd, Characters.Visible))
		throw new HttpError(400, "target");
	const question = findByte(bytes, start, targetEnd, Character.Question);
	line.method = method;
	line.minor = minor;
	line.path = toText(bytes, start, question < 0 ? targetEnd : question);
	line.query = question < 0 ? "" : toText(bytes, question + 1, targetEnd);
}

export interface HeaderLine {
	field: Field;
	valueFrom: number;
	valueTo: number;
}

function checkValue(bytes: Uint8Array, from: number, to: number): void {
	if (!isPlain(bytes, from, to, Characters.Any))
		throw new HttpError(400, "header value");
}

/** By length: no two of them have the same. */
function parseField(bytes: Uint8Array, from: number, to: number): Field {
	switch (to - from) {
		case 6:
			return isName(bytes, from, to, "expect") ? Field.Expect : Field.Other;
		case 10:
			return isName(bytes, from, to, "connection") ? Field.Connection : Field.Other;
		case 12:
			return isName(bytes, from, to, "content-type") ? Field.ContentType : Field.Other;
		case 14:
			return isName(bytes, from, to, "content-length") ? Field.ContentLength : Field.Other;
		case 17:
			return isName(bytes, from, to, "transfer-encoding") ? Field.TransferEncoding : Field.Other;
		default:
			return Field.Other;
	}
}

/** Into `line`. Folded lines and blanks before the colon are refused (RFC 9112 sections 5.1 and 5.2). */
export function parseHeaderLine(bytes: Uint8Array, from: number, to: number, line: HeaderLine): void {
	const colon = findByte(bytes, from, to, Character.Colon);
	if (colon <= from)
		throw new HttpError(400, "header line");
	if (!isToken(bytes, from, colon))
		throw new HttpError(400, "header name");
	checkValue(bytes, colon + 1, to);
	const field = parseField(bytes, from, colon);
	line.field = field;
	if (field === Field.Other)
		return;
	let valueFrom = colon + 1;
	let valueTo = to;
	if (valueFrom < valueTo && bytes[valueFrom] === Character.Space)
		valueFrom++; // nearly all have this one, and no other
	while (valueFrom < valueTo && isBlank(bytes[valueFrom]))
		valueFrom++;
	while (valueTo > valueFrom && isBlank(bytes[valueTo - 1]))
		valueTo--;
	line.valueFrom = valueFrom;
	line.valueTo = valueTo;
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
