/** Bodies of a known length. RFC 9112 section 6.2, RFC 9110 section 8.6. */

import { Method, RequestParser } from "hap/wire/http-parser";
import { bytesOf, head, requestOf, statusOf } from "tests/fakes/request-text";
import { equal, same, test } from "tests/harness";

const POST = "POST /pair-setup HTTP/1.1";

test("a body is as long as its length says, whatever bytes it has", () => {
	const body = "\u0000\r\n\r\n\u00ff\nGET / HTTP/1.1\r\n\r\n";
	equal(body.length, 25);
	const request = requestOf(`${head(POST, "Content-Type: application/pairing+tlv8", "Content-Length: 25")}${body}`);
	same(request, {
		method: Method.POST,
		path: "/pair-setup",
		query: "",
		contentType: "application/pairing+tlv8",
		keepAlive: true,
		body,
	});
});

test("pair-setup's first message as iOS sends it", () => {
	const request = requestOf(
		`${head(POST, "Host: Lamp\\032X._hap._tcp.local", "Content-Length: 6", "Content-Type: application/pairing+tlv8")}`
			+ "\u0000\u0001\u0000\u0006\u0001\u0001",
	);
	same([request.contentType, request.body], ["application/pairing+tlv8", "\u0000\u0001\u0000\u0006\u0001\u0001"]);
});

test("a request without a length has no body", () => equal(requestOf(head(POST)).body, ""));

test("a length of 0 is no body", () => equal(requestOf(head(POST, "Content-Length: 0")).body, ""));

test("a GET may have a body too", () => equal(requestOf(`${head("GET / HTTP/1.1", "Content-Length: 1")}x`).body, "x"));

test("a request is complete with the last byte of its body, and not before", () => {
	const parser = new RequestParser();
	const bytes = bytesOf(`${head(POST, "Content-Length: 3")}abcd`);
	equal(parser.push(bytes, 0, bytes.length - 2), bytes.length - 2);
	equal(parser.isComplete, false);
	equal(parser.push(bytes, bytes.length - 2, bytes.length), 1);
	equal(parser.isComplete, true);
	equal(parser.push(bytes, bytes.length - 1, bytes.length), 0, "what comes behind is the next request's");
});

test("a body does not change with the buffer that its bytes came in", () => {
	const parser = new RequestParser();
	const bytes = bytesOf(`${head(POST, "Content-Length: 4")}lamp`);
	parser.push(bytes, 0, bytes.length);
	bytes.fill(0);
	same(parser.body, bytesOf("lamp"));
});

for (
	const [value, length] of [
		["1", 1],
		[" 1 ", 1],
		["\t1\t", 1],
		["01", 1],
		["0000000000000000000000001", 1],
		["10", 10],
	] as const
)
	test(`Content-Length ${JSON.stringify(value)} is ${length}`, () => {
		const body = "x".repeat(length);
		equal(requestOf(`${head(POST, `Content-Length:${value}`)}${body}`).body, body);
	});

for (
	const [value, status] of [
		["", 400],
		[" ", 400],
		["-1", 400],
		["+1", 400],
		["1.0", 400],
		["0x10", 400],
		["1e3", 400],
		["12abc", 400],
		["abcdefghijklmnop", 400],
		["1 2", 400],
		["5, 5", 400],
		["5,5", 400],
		["5;a=b", 400],
		['"5"', 400],
		["\u00b2", 400],
		["1_000", 400],
		["NaN", 400],
		["Infinity", 400],
		["1234567890123456789012345678901x", 400],
		["1025", 413],
		["2147483648", 413],
		["4294967296", 413],
		["4294967297", 413],
		["18446744073709551616", 413],
		["1".repeat(400), 413],
	] as const
)
	test(`Content-Length "${value}" is ${status}`, () => {
		equal(statusOf(head(POST, `Content-Length: ${value}`)), status);
	});
