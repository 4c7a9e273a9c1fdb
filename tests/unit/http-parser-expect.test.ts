/** "Expect: 100-continue". RFC 9110 section 10.1.1. */

import { RequestParser } from "hap/wire/http-parser";
import { bytesOf, head, requestOf, statusOf } from "tests/fakes/request-text";
import { equal, same, test } from "tests/harness";

const EXPECTING = head("PUT / HTTP/1.1", "Expect: 100-continue", "Content-Length: 3");

function pushed(text: string): RequestParser {
	const parser = new RequestParser();
	parser.push(bytesOf(text), 0, text.length);
	return parser;
}

test("a head that awaits it is answered once", () => {
	const parser = pushed(EXPECTING);
	same([parser.takeExpectation(), parser.takeExpectation()], [true, false]);
	parser.push(bytesOf("abc"), 0, 3);
	same([parser.isComplete, parser.takeExpectation()], [true, false]);
	same(parser.body, bytesOf("abc"));
});

test("it is asked for with the head's last byte, and not before", () => {
	const parser = new RequestParser();
	const bytes = bytesOf(EXPECTING);
	for (let at = 0; at < bytes.length; at++) {
		equal(parser.takeExpectation(), false, `before byte ${at}`);
		parser.push(bytes, at, at + 1);
	}
	equal(parser.takeExpectation(), true);
});

test("chunks are awaited too", () => {
	const parser = pushed(head("PUT / HTTP/1.1", "Transfer-Encoding: chunked", "Expect: 100-continue"));
	same([parser.takeExpectation(), parser.takeExpectation()], [true, false]);
});

for (
	const [text, what] of [
		[`${EXPECTING}a`, "the body's first byte is there"],
		[`${EXPECTING}abc`, "the body is there"],
		[`${head("PUT / HTTP/1.1", "Expect: 100-continue", "Transfer-Encoding: chunked")}3\r\nab`, "a part of a chunk is there"],
		[`${head("PUT / HTTP/1.1", "Expect: 100-continue", "Transfer-Encoding: chunked")}3\r\nabc\r\n`, "a chunk is there"],
		[head("PUT / HTTP/1.1", "Expect: 100-continue", "Content-Length: 0"), "there is no body"],
		[head("GET / HTTP/1.1", "Expect: 100-continue"), "there is neither length nor chunks"],
		[head("PUT / HTTP/1.0", "Expect: 100-continue", "Content-Length: 3"), "HTTP/1.0 has no such answer"],
		[head("PUT / HTTP/1.1", "Content-Length: 3"), "nobody asked"],
	] as const
)
	test(`nothing is awaited when ${what}`, () => equal(pushed(text).takeExpectation(), false));

for (
	const [line, status] of [
		["Expect: 100-continue", undefined],
		["expect:100-Continue", undefined],
		["EXPECT: \t100-CONTINUE ", undefined],
		["Expect: 200-ok", 417],
		["Expect: 100-continued", 417],
		["Expect: 100", 417],
		["Expect: 100-continue, other", 417],
		["Expect:", 417],
	] as const
)
	test(`"${line}" is ${status ?? "served"}`, () => {
		equal(statusOf(`${head("PUT / HTTP/1.1", line, "Content-Length: 1")}x`), status);
	});

test("HTTP/1.0 has no expectations, neither this one nor others", () => {
	equal(requestOf(`${head("PUT / HTTP/1.0", "Expect: 200-ok", "Content-Length: 1")}x`).body, "x");
});

test("a body that is too long is refused before it is sent", () => {
	equal(statusOf(head("PUT / HTTP/1.1", "Expect: 100-continue", "Content-Length: 1025")), 413);
});

test("what one request awaits, the next one does not", () => {
	const parser = pushed(EXPECTING);
	parser.reset();
	const next = head("PUT / HTTP/1.1", "Content-Length: 3");
	parser.push(bytesOf(next), 0, next.length);
	equal(parser.takeExpectation(), false);
});
