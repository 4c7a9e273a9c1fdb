/** Requests as text, pushed through a parser in one piece and in others: what is read must not depend on the pieces. */

import type { ByteBudget } from "hap/bytes/byte-budget";
import { HttpError, type HttpLimits, type Method, RequestParser } from "hap/wire/http-parser";
import { equal, same } from "tests/harness";

const EVERY_CUT_BYTES = 600;

export interface ReadRequest {
	method: Method;
	path: string;
	query: string;
	contentType: string;
	keepAlive: boolean;
	body: string;
}

/** A character is a byte: U+0000 to U+00FF. */
export function bytesOf(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++)
		bytes[i] = text.charCodeAt(i);
	return bytes;
}

function textOf(bytes: Uint8Array): string {
	let text = "";
	for (const byte of bytes)
		text += String.fromCharCode(byte);
	return text;
}

/** A request of these lines, without a body. */
export function head(...lines: string[]): string {
	return `${lines.join("\r\n")}\r\n\r\n`;
}

/** Collects the requests of a connection, as a server that answers each at once. */
export class Reader {
	readonly requests: ReadRequest[] = [];
	readonly parser: RequestParser;

	constructor(limits?: HttpLimits, budget?: ByteBudget) {
		this.parser = new RequestParser(limits, budget);
	}

	push(bytes: Uint8Array, from: number, to: number): void {
		const { parser } = this;
		let at = from;
		while (at < to) {
			at += parser.push(bytes, at, to);
			if (parser.isComplete) {
				const { method, path, query, contentType, keepAlive, body } = parser;
				this.requests.push({ method, path, query, contentType, keepAlive, body: textOf(body) });
				parser.reset();
			}
			else
				equal(at, to, "bytes of a request left over");
		}
	}

	/** Pushes pieces of these lengths, and then the rest. Answers the status of a refusal. */
	pushPieces(bytes: Uint8Array, lengths: Iterable<number>): number | undefined {
		let at = 0;
		try {
			for (const length of lengths) {
				const end = Math.min(at + length, bytes.length);
				this.push(bytes, at, end);
				at = end;
			}
			this.push(bytes, at, bytes.length);
		}
		catch (error) {
			if (error instanceof HttpError)
				return error.status;
			throw error;
		}
		return undefined;
	}
}

/** Every place, in what is longer than most requests some hundred and the last ones: the time grows with the square. */
function* cuts(length: number): Generator<number> {
	const step = length <= EVERY_CUT_BYTES ? 1 : Math.ceil(length / 100);
	for (let cut = 1; cut < length; cut += cut < length - 8 ? Math.min(step, length - 8 - cut) : 1)
		yield cut;
}

/** What comes of the bytes in one piece, in two, and one by one, which must be the same. */
function read(text: string, limits?: HttpLimits): { status: number | undefined; reader: Reader; } {
	const bytes = bytesOf(text);
	const reader = new Reader(limits);
	const status = reader.pushPieces(bytes, []);
	const compare = (lengths: number[], what: string): void => {
		const other = new Reader(limits);
		equal(other.pushPieces(bytes, lengths), status, what);
		same(other.requests, reader.requests, what);
		if (status === undefined)
			equal(other.parser.isEmpty, reader.parser.isEmpty, what);
	};
	for (const cut of cuts(bytes.length))
		compare([cut], `cut at ${cut}`);
	compare(new Array(bytes.length).fill(1), "byte by byte");
	return { status, reader };
}

/** The requests of the text, all of them complete. */
export function requestsOf(text: string, limits?: HttpLimits): ReadRequest[] {
	const { status, reader } = read(text, limits);
	equal(status, undefined, "status");
	equal(reader.parser.isEmpty, true, "the last request is complete");
	return reader.requests;
}

/** The one request of the text. */
export function requestOf(text: string, limits?: HttpLimits): ReadRequest {
	const requests = requestsOf(text, limits);
	equal(requests.length, 1, "requests");
	return requests[0];
}

/** The status of a refusal; undefined when nothing was refused. */
export function statusOf(text: string, limits?: HttpLimits): number | undefined {
	return read(text, limits).status;
}
