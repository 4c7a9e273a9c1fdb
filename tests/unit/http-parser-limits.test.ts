/** The limits of a request, from both sides. RFC 9112 section 3, RFC 6585 section 5, RFC 9110 sections 15.5.14 and 15.5.15. */

import { type HttpLimits, LIMITS, RequestParser } from "hap/wire/http-parser";
import { bytesOf, head, requestOf, statusOf } from "tests/fakes/request-text";
import { equal, same, test } from "tests/harness";

const GET = "GET / HTTP/1.1";
const SMALL: HttpLimits = { line: 32, head: 80, body: 8 };

/** A request line that has, with its end, so many bytes. */
function requestLine(bytes: number): string {
	return `GET /${"a".repeat(bytes - 16)} HTTP/1.1`;
}

/** A header line that has, with its end, so many bytes. */
function headerLine(bytes: number): string {
	return `X: ${"a".repeat(bytes - 5)}`;
}

/** A head that has, with its end, so many bytes. */
function headOf(bytes: number, line: number): string {
	const lines = [GET];
	let left = bytes - GET.length - 4;
	while (left > 0) {
		const length = left <= line ? left : Math.min(line, left - 5);
		lines.push(headerLine(length));
		left -= length;
	}
	const text = head(...lines);
	equal(text.length, bytes);
	return text;
}

test("the limits that are promised", () => same(LIMITS, { line: 512, head: 2048, body: 1024 }));

for (
	const [text, status, what, limits] of [
		[head(requestLine(512)), undefined, "a request line of 512 bytes"],
		[head(requestLine(513)), 414, "a request line of 513 bytes"],
		[head(GET, headerLine(512)), undefined, "a header line of 512 bytes"],
		[head(GET, headerLine(513)), 431, "a header line of 513 bytes"],
		[headOf(2048, 512), undefined, "a head of 2048 bytes"],
		[headOf(2049, 512), 431, "a head of 2049 bytes"],
		[head(requestLine(32)), undefined, "a request line of a small limit", SMALL],
		[head(requestLine(33)), 414, "a request line beyond a small limit", SMALL],
		[`\r\n${head(requestLine(32))}`, undefined, "an empty line before the longest request line", SMALL],
		[head(GET, headerLine(32)), undefined, "a header line of a small limit", SMALL],
		[head(GET, headerLine(33)), 431, "a header line beyond a small limit", SMALL],
		[headOf(80, 32), undefined, "a head of a small limit", SMALL],
		[headOf(81, 32), 431, "a head beyond a small limit", SMALL],
		[`${head("PUT / HTTP/1.1", "Content-Length: 8")}12345678`, undefined, "a body of a small limit", SMALL],
		[head("PUT / HTTP/1.1", "Content-Length: 9"), 413, "a body beyond a small limit", SMALL],
	] as const
)
	test(`${what} is ${status ?? "served"}`, () => equal(statusOf(text, limits), status));

for (
	const [text, status, what] of [
		["G".repeat(512), undefined, "512 bytes of a request line"],
		["G".repeat(513), 414, "513 bytes of a request line"],
		[`${GET}\r\n${"X".repeat(512)}`, undefined, "512 bytes of a header line"],
		[`${GET}\r\n${"X".repeat(513)}`, 431, "513 bytes of a header line"],
		[`${GET}\r\n${`${headerLine(506)}\r\n`.repeat(4)}${headerLine(10)}`, undefined, "2048 bytes of a head"],
		[`${GET}\r\n${`${headerLine(506)}\r\n`.repeat(4)}${headerLine(11)}`, 431, "2049 bytes of a head"],
	] as const
)
	test(`${what} without their end are ${status ?? "waited with"}`, () => equal(statusOf(text), status));

test("many empty headers are bounded by the head's limit", () => {
	equal(statusOf(`${GET}\r\n${"a:\r\n".repeat(507)}\r\n`), undefined);
	equal(statusOf(`${GET}\r\n${"a:\r\n".repeat(508)}\r\n`), 431);
});

test("a body of 1024 bytes is served, with a length and in chunks", () => {
	const body = "b".repeat(1024);
	const half = body.slice(512);
	for (
		const text of [
			`${head("PUT / HTTP/1.1", "Content-Length: 1024")}${body}`,
			`${head("PUT / HTTP/1.1", "Transfer-Encoding: chunked")}400\r\n${body}\r\n0\r\n\r\n`,
			`${head("PUT / HTTP/1.1", "Transfer-Encoding: chunked")}200\r\n${half}\r\n200\r\n${half}\r\n0\r\n\r\n`,
		]
	) {
		const parser = new RequestParser();
		equal(parser.push(bytesOf(text), 0, text.length), text.length);
		same(parser.body, bytesOf(body));
	}
});

for (
	const [chunks, what] of [
		["9\r\n", "one chunk"],
		["8\r\n12345678\r\n1\r\n", "two chunks, the first as long as may be"],
		["4\r\n1234\r\n4\r\n5678\r\n1\r\n", "three chunks"],
	] as const
)
	test(`a body that is too long is 413 as soon as it says so: ${what}`, () => {
		equal(statusOf(`${head("PUT / HTTP/1.1", "Transfer-Encoding: chunked")}${chunks}`, SMALL), 413);
	});

const CHUNKED = head("PUT / HTTP/1.1", "Transfer-Encoding: chunked");

for (
	const [chunks, status, what] of [
		[`1;${"e".repeat(28)}\r\nx\r\n0\r\n\r\n`, undefined, "an extension as long as a line"],
		[`1;${"e".repeat(29)}\r\nx\r\n0\r\n\r\n`, 431, "an extension longer than a line"],
		[`0\r\n${headerLine(32)}\r\n${headerLine(32)}\r\n${headerLine(14)}\r\n\r\n`, undefined, "trailers as long as a head"],
		[`0\r\n${headerLine(32)}\r\n${headerLine(32)}\r\n${headerLine(15)}\r\n\r\n`, 431, "trailers longer than a head"],
		[`0\r\n${headerLine(33)}\r\n\r\n`, 431, "a trailer longer than a line"],
		[`${"1;extension-of-a-chunk\r\nx\r\n".repeat(8)}0\r\n\r\n`, undefined, "extensions that are longer than a head together"],
	] as const
)
	test(`${what}: ${status ?? "served"}`, () => equal(statusOf(`${CHUNKED}${chunks}`, SMALL), status));

test("each request has limits of its own", () => {
	const bytes = bytesOf(headOf(80, 32));
	const parser = new RequestParser(SMALL);
	for (let round = 0; round < 3; round++) {
		equal(parser.push(bytes, 0, bytes.length), bytes.length);
		parser.reset();
	}
});

test("a GET of 40 characteristics, and the longest name of an accessory, fit into a line", () => {
	const ids = Array.from({ length: 40 }, (_, i) => `1.${10 + i}`).join(",");
	equal(requestOf(head(`GET /characteristics?id=${ids} HTTP/1.1`)).query, `id=${ids}`);
	equal(statusOf(head(GET, `Host: ${"\\032".repeat(63)}._hap._tcp.local`)), undefined);
});
