/** Memory of requests in parts, out of a budget that all connections share: 503 when it is spent (RFC 9110 section 15.6.4). */

import { ByteBudget } from "hap/bytes/byte-budget";
import { HttpError, type HttpLimits, RequestParser } from "hap/wire/http-parser";
import { bytesOf, head, Reader } from "tests/fakes/request-text";
import { equal, ok, test } from "tests/harness";

const LIMITS: HttpLimits = { line: 64, head: 256, body: 100 };
const PUT = head("PUT / HTTP/1.1", "Content-Length: 40");
const CHUNKED = head("PUT / HTTP/1.1", "Transfer-Encoding: chunked");

function push(parser: RequestParser, text: string): void {
	parser.push(bytesOf(text), 0, text.length);
}

function statusOf(body: () => void): number | undefined {
	try {
		body();
	}
	catch (error) {
		if (error instanceof HttpError)
			return error.status;
		throw error;
	}
	return undefined;
}

test("a head that comes in one piece takes nothing", () => {
	const budget = new ByteBudget(0);
	const parser = new RequestParser(LIMITS, budget);
	push(parser, head("GET / HTTP/1.1", "Host: x"));
	ok(parser.isComplete);
});

test("a line in parts takes a line, until its last byte", () => {
	const budget = new ByteBudget(64);
	const parser = new RequestParser(LIMITS, budget);
	push(parser, "GET / HTT");
	equal(budget.left, 0);
	push(parser, "P/1.1\r");
	equal(budget.left, 0);
	push(parser, "\n");
	equal(budget.left, 64);
	push(parser, "Host");
	equal(budget.left, 0);
	push(parser, ": x\r\n\r\n");
	equal(budget.left, 64);
	ok(parser.isComplete);
});

test("a line in parts takes no more than it needs, in steps of 64 bytes", () => {
	const budget = new ByteBudget(512);
	const parser = new RequestParser({ line: 512, head: 1024, body: 100 }, budget);
	push(parser, "GET /");
	equal(budget.left, 448);
	push(parser, "a".repeat(60));
	equal(budget.left, 384);
	push(parser, "a".repeat(400));
	equal(budget.left, 0);
	push(parser, " HTTP/1.1\r\n");
	equal(budget.left, 512);
	push(parser, "\r\n");
	equal(parser.path, `/${"a".repeat(460)}`);
});

test("a body takes its length with the head's last byte, until the request is let go", () => {
	const budget = new ByteBudget(100);
	const parser = new RequestParser(LIMITS, budget);
	push(parser, PUT);
	equal(budget.left, 60);
	push(parser, "x".repeat(40));
	ok(parser.isComplete);
	equal(budget.left, 60);
	parser.reset();
	equal(budget.left, 100);
});

test("chunks take their lengths one by one", () => {
	const budget = new ByteBudget(100);
	const parser = new RequestParser(LIMITS, budget);
	push(parser, `${CHUNKED}a\r\n`);
	equal(budget.left, 90);
	push(parser, "0123456789\r\n14\r\n");
	equal(budget.left, 70);
	push(parser, `${"x".repeat(20)}\r\n0\r\n\r\n`);
	ok(parser.isComplete);
	equal(budget.left, 70);
	parser.reset();
	equal(budget.left, 100);
});

for (
	const [bytes, text, status, what] of [
		[40, PUT, undefined, "a body that fits exactly"],
		[39, PUT, 503, "a body one byte longer than what is left"],
		[64, "GET", undefined, "a line in parts that fits exactly"],
		[63, "GET", 503, "a line in parts when less than a line is left"],
		[10, `${CHUNKED}a\r\n`, undefined, "a chunk that fits exactly"],
		[9, `${CHUNKED}a\r\n`, 503, "a chunk one byte longer than what is left"],
		[14, `${CHUNKED}a\r\n0123456789\r\n5\r\n`, 503, "a second chunk for which there is no room"],
		[0, head("PUT / HTTP/1.1", "Content-Length: 101"), 413, "a body that would be too long anyway"],
	] as const
)
	test(`${what}: ${status ?? "served"}, and given back`, () => {
		const budget = new ByteBudget(bytes);
		const parser = new RequestParser(LIMITS, budget);
		equal(statusOf(() => push(parser, text)), status);
		parser.reset();
		equal(budget.left, bytes);
	});

test("what one connection holds, another cannot have, until it is given back", () => {
	const budget = new ByteBudget(60);
	const first = new RequestParser(LIMITS, budget);
	const second = new RequestParser(LIMITS, budget);
	push(first, PUT);
	equal(statusOf(() => push(second, PUT)), 503);
	second.reset();
	first.reset();
	equal(statusOf(() => push(second, PUT)), undefined);
});

test("a request that ends anywhere gives back all that it took", () => {
	const text = bytesOf(`${PUT}${"x".repeat(40)}${CHUNKED}a\r\n0123456789\r\n5;e=f\r\n01234\r\n0\r\nT: x\r\n\r\n`);
	for (let end = 0; end <= text.length; end++) {
		const budget = new ByteBudget(300);
		const reader = new Reader(LIMITS, budget);
		equal(reader.pushPieces(text.subarray(0, end), new Array(Math.ceil(end / 3)).fill(3)), undefined);
		reader.parser.reset();
		equal(budget.left, 300, `after ${end} bytes`);
	}
});

test("a request that is refused, by any line of it, gives back all that it took", () => {
	for (
		const text of ["G\u0000T /", "GET /", `${PUT}${"x".repeat(40)}GET / HTTP/2.0`, "GET / HTTP/1.1\r\nX : y", `${CHUNKED}2\r\nxy\r\nz`]
	) {
		const budget = new ByteBudget(200);
		const reader = new Reader(LIMITS, budget);
		equal(typeof reader.pushPieces(bytesOf(`${text}\r\n`), new Array(text.length).fill(1)), "number", JSON.stringify(text));
		reader.parser.reset();
		equal(budget.left, 200, JSON.stringify(text));
	}
});
