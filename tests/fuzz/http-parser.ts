/** Requests: the pieces that bytes come in change nothing, limits hold, and a parser that is reset holds no memory. */

import { ByteBudget } from "hap/bytes/byte-budget";
import { constantTimeEqual } from "hap/crypto/crypto";
import { HttpError, LIMITS, type Method, RequestParser } from "hap/wire/http-parser";
import { check, InputReader, PieceLengths } from "tests/fuzz/support/check";

const BUDGET = LIMITS.line + LIMITS.body;

interface Request {
	readonly method: Method;
	readonly path: string;
	readonly query: string;
	readonly contentType: string;
	readonly keepAlive: boolean;
	readonly body: Uint8Array;
}

interface Reading {
	readonly requests: readonly Request[];
	/** Of a refusal. */
	readonly status: number | undefined;
	readonly isEmpty: boolean;
}

function take({ method, path, query, contentType, keepAlive, body }: RequestParser): Request {
	check(body.length <= LIMITS.body && path.length + query.length <= LIMITS.line, "limits");
	return { method, path, query, contentType, keepAlive, body: body.slice() };
}

/** As a connection reads a piece: request after request. */
function readPiece(parser: RequestParser, requests: Request[], bytes: Uint8Array, from: number, to: number): void {
	for (let at = from; at < to;) {
		at += parser.push(bytes, at, to);
		if (parser.isComplete) {
			requests.push(take(parser));
			parser.reset();
		}
		else
			check(at === to, "bytes of a request left over");
	}
}

function read(bytes: Uint8Array, lengths: PieceLengths): Reading {
	const budget = new ByteBudget(BUDGET);
	const parser = new RequestParser(LIMITS, budget);
	const requests: Request[] = [];
	let status: number | undefined;
	try {
		for (let at = 0; at < bytes.length;) {
			const to = Math.min(bytes.length, at + lengths.next());
			readPiece(parser, requests, bytes, at, to);
			at = to;
		}
	}
	catch (error) {
		if (!(error instanceof HttpError))
			throw error;
		status = error.status;
	}
	const { isEmpty } = parser;
	parser.reset();
	check(budget.left === BUDGET, "the budget is whole again");
	return { requests, status, isEmpty };
}

function isSame(a: Request, b: Request): boolean {
	return a.method === b.method && a.path === b.path && a.query === b.query && a.contentType === b.contentType
		&& a.keepAlive === b.keepAlive && constantTimeEqual(a.body, b.body);
}

export default function httpParser(input: Uint8Array): void {
	const reader = new InputReader(input);
	const seed = reader.number();
	const bytes = reader.rest();
	const whole = read(bytes, new PieceLengths(0, bytes.length));
	const other = read(bytes, new PieceLengths(seed, seed % 2 === 0 ? 1 : undefined));
	check(other.status === whole.status, "the same status");
	check(other.requests.length === whole.requests.length, "as many requests");
	check(whole.requests.every((request, at) => isSame(request, other.requests[at])), "the same requests");
	check(whole.status !== undefined || other.isEmpty === whole.isEmpty, "the same is left over");
}
