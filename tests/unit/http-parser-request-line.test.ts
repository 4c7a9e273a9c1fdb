/** Request lines. RFC 9112 sections 2.2, 2.3 and 3; RFC 9110 sections 2.5, 9.1 and 15.6.6. */

import { Method, RequestParser } from "hap/wire/http-parser";
import { bytesOf, head, requestOf, requestsOf, statusOf } from "tests/fakes/request-text";
import { equal, ok, same, test } from "tests/harness";

for (
	const [text, method] of [
		["GET", Method.GET],
		["PUT", Method.PUT],
		["POST", Method.POST],
		["DELETE", Method.DELETE],
		["HEAD", Method.HEAD],
		["OPTIONS", Method.OPTIONS],
		["PATCH", Method.PATCH],
		["TRACE", Method.Other],
		["get", Method.Other],
		["Get", Method.Other],
		["GETS", Method.Other],
		["GE", Method.Other],
		["!#$%&'*+-.^_`|~09AZaz", Method.Other],
	] as const
)
	test(`method ${text}`, () => equal(requestOf(head(`${text} / HTTP/1.1`)).method, method));

for (
	const [target, path, query] of [
		["/", "/", ""],
		["//", "//", ""],
		["/accessories", "/accessories", ""],
		["/accessories?", "/accessories", ""],
		["/characteristics?id=1.10,1.11&meta=1", "/characteristics", "id=1.10,1.11&meta=1"],
		["/a?b?c", "/a", "b?c"],
		["/?", "/", ""],
		["/%2e%00/../x", "/%2e%00/../x", ""],
		["/!\"$&'()*+,-.;<=>@[]^_`{|}~", "/!\"$&'()*+,-.;<=>@[]^_`{|}~", ""],
	] as const
)
	test(`target ${target}`, () => {
		const request = requestOf(head(`GET ${target} HTTP/1.1`));
		same([request.path, request.query], [path, query]);
	});

for (
	const [line, status] of [
		["GET", 400],
		["GET /", 400],
		["GET / ", 400],
		["GET  HTTP/1.1", 400],
		["GET  / HTTP/1.1", 400],
		["GET /  HTTP/1.1", 400],
		["GET / HTTP/1.1 ", 400],
		["GET / x HTTP/1.1", 400],
		["GET\t/ HTTP/1.1", 400],
		["GET /\tHTTP/1.1", 400],
		[" GET / HTTP/1.1", 400],
		[" / HTTP/1.1", 400],
		["G@T / HTTP/1.1", 400],
		["G\u0000T / HTTP/1.1", 400],
		["G\u00cbT / HTTP/1.1", 400],
		["GET x HTTP/1.1", 400],
		["GET * HTTP/1.1", 400],
		["GET http://[ HTTP/1.1", 400],
		["GET /\u0000 HTTP/1.1", 400],
		["GET /a\rb HTTP/1.1", 400],
		["GET /\u007f HTTP/1.1", 400],
		["GET /\u00e9 HTTP/1.1", 400],
		["GET /?\u0001 HTTP/1.1", 400],
	] as const
)
	test(`line ${JSON.stringify(line)} is ${status}`, () => equal(statusOf(head(line)), status));

for (
	const [version, status] of [
		["HTTP/1.1", undefined],
		["HTTP/1.0", undefined],
		["HTTP/1.2", undefined],
		["HTTP/1.9", undefined],
		["HTTP/0.9", 505],
		["HTTP/2.0", 505],
		["HTTP/3.0", 505],
		["HTTP/9.9", 505],
		["HTTP/1.", 400],
		["HTTP/1", 400],
		["HTTP/2", 400],
		["HTTP/", 400],
		["HTTP", 400],
		["HTTP/1.10", 400],
		["HTTP/11.1", 400],
		["HTTP/1,1", 400],
		["HTTP/1.x", 400],
		["HTTP/x.1", 400],
		["HTTP/1.:", 400],
		["HTTP/1./", 400],
		["HTTP/:.1", 400],
		["http/1.1", 400],
		["HTTP/1.1\r", 400],
		["EVENT/1.0", 400],
		["", 400],
	] as const
)
	test(`version ${JSON.stringify(version)} is ${status ?? "served"}`, () => equal(statusOf(head(`GET / ${version}`)), status));

test("the preface of HTTP/2 is a version that is not served", () => {
	equal(statusOf("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505);
});

test("a TLS client hello is no request", () => {
	equal(statusOf("\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001\n"), 400);
});

test("one empty line before a request is skipped", () => {
	const [first, second, ...more] = requestsOf(`\r\n${head("GET /a HTTP/1.1")}\r\n${head("GET /b HTTP/1.1")}`);
	same([first.path, second.path, more.length], ["/a", "/b", 0]);
});

test("a second one is 400", () => equal(statusOf(`\r\n\r\n${head("GET / HTTP/1.1")}`), 400));

for (const text of ["\n", "GET / HTTP/1.1\n", "GET / HTTP/1.1\n\n", "\nGET / HTTP/1.1\r\n\r\n"])
	test(`a line feed alone ends no line: ${JSON.stringify(text)}`, () => equal(statusOf(text), 400));

test("no byte outside the given ones is read", () => {
	const bytes = bytesOf(`GET /a\r\n${head("PUT /b HTTP/1.1")}GET /c\r\n`);
	const parser = new RequestParser();
	equal(parser.push(bytes, 8, 27), 19);
	same([parser.isComplete, parser.method, parser.path], [true, Method.PUT, "/b"]);
});

test("no bytes change nothing", () => {
	const parser = new RequestParser();
	const bytes = bytesOf(head("GET / HTTP/1.1"));
	equal(parser.push(bytes, 5, 5), 0);
	equal(parser.isEmpty, true);
	equal(parser.push(bytes, 0, bytes.length), bytes.length);
	equal(parser.push(bytes, 3, 3), 0);
	equal(parser.isComplete, true);
});

test("a parser is empty until a request begins, and again when it is reset", () => {
	const parser = new RequestParser();
	const bytes = bytesOf(head("GET / HTTP/1.1"));
	ok(parser.isEmpty);
	for (let at = 0; at < bytes.length; at++) {
		parser.push(bytes, at, at + 1);
		ok(!parser.isEmpty, `after ${at + 1} bytes`);
	}
	parser.reset();
	ok(parser.isEmpty && !parser.isComplete);
});

test("an empty line is no beginning of a request: a connection that has only that is idle", () => {
	const parser = new RequestParser();
	parser.push(bytesOf("\r\n"), 0, 2);
	ok(parser.isEmpty);
	parser.push(bytesOf("G"), 0, 1);
	ok(!parser.isEmpty);
});
