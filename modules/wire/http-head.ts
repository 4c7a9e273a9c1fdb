/** Lines of a request's head, RFC 9112 sections 3 and 5, read in place: bytes are compared, text is made only to be kept. */

import { toText } from "hap/bytes/bytes";

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

const FIELDS: readonly (readonly [string, Field])[] = Object.freeze(
	[
		["connection", Field.Connection],
		["content-length", Field.ContentLength],
		["content-type", Field.ContentType],
		["expect", Field.Expect],
		["transfer-encoding", Field.TransferEncoding],
	],
	true,
);

const VERSION = "HTTP/";

/** Whether the bytes are `text`. */
function matches(bytes: Uint8Array, from: number, to: number, text: string): boolean {
	if (to - from !== text.length)
		return false;
	for (let i = 0; i < text.length; i++)
		if (bytes[from + i] !== text.charCodeAt(i))
			return false;
	return true;
}

/** Whether the bytes are `text`, which has no capitals, whatever theirs. */
function matchesName(bytes: Uint8Array, from: number, to: number, text: string): boolean {
	if (to - from !== text.length)
		return false;
	for (let i = 0; i < text.length; i++) {
		const byte = bytes[from + i];
		const lower = byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
		if (lower !== text.charCodeAt(i))
			return false;
	}
	return true;
}

/** RFC 9110 section 5.6.2 tchar. */
function isToken(byte: number): boolean {
	if (byte >= 0x61 && byte <= 0x7a)
		return true;
	if ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39))
		return true;
	return byte > Character.Space && byte < Character.Delete && !'"(),/:;<=>?@[\\]{}'.includes(String.fromCharCode(byte));
}

function isDigit(byte: number): boolean {
	return byte >= Character.Zero && byte < Character.Colon;
}

function isBlank(byte: number): boolean {
	return byte === Character.Space || byte === Character.Tab;
}

function findByte(bytes: Uint8Array, from: number, to: number, byte: number): number {
	const at = bytes.indexOf(byte, from);
	return at >= 0 && at < to ? at : -1;
}

export interface RequestLine {
	method: Method;
	path: string;
	query: string;
	/** Of HTTP/1.x: 0 or 1. */
	minor: number;
}

function parseMethod(bytes: Uint8Array, from: number, to: number): Method {
	for (const [name, method] of METHODS)
		if (matches(bytes, from, to, name))
			return method;
	for (let at = from; at < to; at++)
		if (!isToken(bytes[at]))
			throw new HttpError(400, "method");
	if (from === to)
		throw new HttpError(400, "method");
	return Method.Other;
}

/** `HTTP/1.1` and the like. A minor version above ours is read as ours (RFC 9110 section 2.5). */
function parseVersion(bytes: Uint8Array, from: number, to: number): number {
	const majorAt = from + VERSION.length;
	const isVersion = matches(bytes, from, Math.min(majorAt, to), VERSION) && to === majorAt + 3;
	if (!isVersion || !isDigit(bytes[majorAt]) || bytes[majorAt + 1] !== Character.Dot || !isDigit(bytes[majorAt + 2]))
		throw new HttpError(400, "version");
	if (bytes[majorAt] - Character.Zero !== 1)
		throw new HttpError(505, "version");
	return Math.min(bytes[majorAt + 2] - Character.Zero, 1);
}

/** The origin form alone (RFC 9112 section 3.2.1): no controller asks a proxy. */
export function parseRequestLine(bytes: Uint8Array, from: number, to: number): RequestLine {
	const methodEnd = findByte(bytes, from, to, Character.Space);
	const targetEnd = methodEnd < 0 ? -1 : findByte(bytes, methodEnd + 1, to, Character.Space);
	if (targetEnd < 0)
		throw new HttpError(400, "request line");
	const method = parseMethod(bytes, from, methodEnd);
	const minor = parseVersion(bytes, targetEnd + 1, to);
	const start = methodEnd + 1;
	if (bytes[start] !== Character.Slash)
		throw new HttpError(400, "target");
	for (let at = start; at < targetEnd; at++)
		if (bytes[at] <= Character.Space || bytes[at] >= Character.Delete)
			throw new HttpError(400, "target");
	const question = findByte(bytes, start, targetEnd, Character.Question);
	const pathEnd = question < 0 ? targetEnd : question;
	return {
		method,
		path: toText(bytes.subarray(start, pathEnd)),
		query: question < 0 ? "" : toText(bytes.subarray(question + 1, targetEnd)),
		minor,
	};
}

export interface HeaderLine {
	field: Field;
	valueFrom: number;
	valueTo: number;
}

function checkValue(bytes: Uint8Array, from: number, to: number): void {
	for (let at = from; at < to; at++)
		if ((bytes[at] < Character.Space && bytes[at] !== Character.Tab) || bytes[at] === Character.Delete)
			throw new HttpError(400, "header value");
}

/** Folded lines and blanks before the colon are refused (RFC 9112 sections 5.1 and 5.2). */
export function parseHeaderLine(bytes: Uint8Array, from: number, to: number): HeaderLine {
	const colon = findByte(bytes, from, to, Character.Colon);
	if (colon <= from)
		throw new HttpError(400, "header line");
	for (let at = from; at < colon; at++)
		if (!isToken(bytes[at]))
			throw new HttpError(400, "header name");
	checkValue(bytes, colon + 1, to);
	let valueFrom = colon + 1;
	let valueTo = to;
	while (valueFrom < valueTo && isBlank(bytes[valueFrom]))
		valueFrom++;
	while (valueTo > valueFrom && isBlank(bytes[valueTo - 1]))
		valueTo--;
	const known = FIELDS.find(([name]) => matchesName(bytes, from, colon, name));
	return { field: known ? known[1] : Field.Other, valueFrom, valueTo };
}

/** Digits only: neither a sign nor a second value (RFC 9110 section 8.6). */
export function parseLength(bytes: Uint8Array, from: number, to: number): number {
	if (from === to)
		throw new HttpError(400, "content length");
	let length = 0;
	for (let at = from; at < to; at++) {
		if (!isDigit(bytes[at]))
			throw new HttpError(400, "content length");
		length = length * 10 + bytes[at] - Character.Zero;
	}
	return length;
}

function lowerCase(bytes: Uint8Array, from: number, to: number): string {
	const value = bytes.subarray(from, to);
	for (const byte of value)
		if (byte >= Character.Delete)
			throw new HttpError(400, "header value");
	return toText(value).trim().toLowerCase();
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
