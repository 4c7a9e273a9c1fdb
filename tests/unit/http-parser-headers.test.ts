/** Header lines. RFC 9112 section 5, RFC 9110 sections 5.1, 5.5 and 5.6.2. */

import { bytesOf, head, requestOf, statusOf } from "tests/fakes/request-text";
import { RequestParser } from "hap/wire/http-parser";
import { equal, same, test } from "tests/harness";

const GET = "GET / HTTP/1.1";
const POST = "POST / HTTP/1.1";

for (
	const name of ["Content-Length", "content-length", "CONTENT-LENGTH", "cOnTeNt-LeNgTh"]
)
	test(`${name}, whatever its capitals`, () => equal(requestOf(`${head(POST, `${name}: 2`)}ok`).body, "ok"));

for (
	const [line, type] of [
		["CONTENT-TYPE: application/hap+json", "application/hap+json"],
		["content-type:application/pairing+tlv8", "application/pairing+tlv8"],
		["Content-Type: \t application/hap+json \t ", "application/hap+json"],
		["Content-Type: Application/HAP+JSON", "application/hap+json"],
		["Content-Type: application/hap+json; charset=utf-8", "application/hap+json"],
		["Content-Type: application/hap+json ;charset=\u00e9", "application/hap+json"],
		["Content-Type:", ""],
		["Content-Type: ", ""],
		["Content-Types: application/hap+json", ""],
		["Content-Typ: application/hap+json", ""],
		["XContent-Type: application/hap+json", ""],
		["Content_Type: application/hap+json", ""],
		["Content\u000d-Type: application/hap+json", undefined],
	] as const
)
	test(`the content type of ${JSON.stringify(line)}`, () => {
		if (type === undefined)
			equal(statusOf(head(POST, line)), 400);
		else
			equal(requestOf(head(POST, line)).contentType, type);
	});

for (
	const line of [
		"Host: Lamp\\032X._hap._tcp.local",
		"Host:",
		"X: a:b:c",
		"X: \tvalue with blanks\tand tabs\t",
		"X: \u0080\u00ff obs-text",
		'X: "quoted \\" string"',
		"!#$%&'*+-.^_`|~09AZaz: every character of a token",
	]
)
	test(`${JSON.stringify(line)} is a header line, and changes nothing`, () => {
		const request = requestOf(head("PUT /a?b HTTP/1.1", line));
		same([request.path, request.query, request.body, request.contentType, request.keepAlive], ["/a", "b", "", "", true]);
	});

for (
	const [line, what] of [
		["Host", "no colon"],
		[": x", "no name"],
		[" : x", "a blank for a name"],
		["Host : x", "a blank before the colon"],
		["Host\t: x", "a tab before the colon"],
		["Content-Length : 0", "a blank before the colon of a length"],
		["Transfer-Encoding\t: chunked", "a tab before the colon of an encoding"],
		["Ho st: x", "a blank in the name"],
		["Host\u0000: x", "NUL in the name"],
		["H\u00f6st: x", "a byte above 7F in the name"],
		["Host\u007f: x", "DEL in the name"],
		['"Host": x', "quotes around the name"],
		["Ho(st): x", "parentheses in the name"],
		["Ho@st: x", "an at sign in the name"],
		["[Host]: x", "brackets in the name"],
		["{Host}: x", "braces in the name"],
		["Ho/st: x", "a slash in the name"],
		["Ho;st: x", "a semicolon in the name"],
		["Ho,st: x", "a comma in the name"],
		["Ho=st: x", "an equals sign in the name"],
		["Ho\\st: x", "a backslash in the name"],
		["Ho<s>t?: x", "more delimiters in the name"],
		["X: a\u0000b", "NUL in the value"],
		["X: \u0000", "NUL alone"],
		["X: a\rb", "a carriage return in the value"],
		["X: a\r", "two carriage returns at the end"],
		["X: a\u0001b", "a control character in the value"],
		["X: a\u001bb", "an escape in the value"],
		["X: a\u007fb", "DEL in the value"],
		["Content-Type: \u00e9", "a content type that is not ASCII"],
	] as const
)
	test(`a header line with ${what} is 400`, () => equal(statusOf(head(GET, line)), 400));

for (
	const [fold, what] of [
		[" folded", "a space"],
		["\tfolded", "a tab"],
		["  Content-Length: 5", "spaces before what looks like a header"],
		[" ", "nothing but a space"],
	] as const
)
	test(`a line folded with ${what} is 400`, () => {
		equal(statusOf(head(GET, "X: a", fold, "Y: b")), 400);
		equal(statusOf(head(GET, fold)), 400, "as the first header line");
	});

for (
	const [text, what] of [
		["GET / HTTP/1.1\r\nX: a\n\r\n", "behind a header"],
		["GET / HTTP/1.1\r\nX: a\r\n\n", "behind the head"],
		["GET / HTTP/1.1\r\n\n", "behind the request line"],
		["GET / HTTP/1.1\r\nX: a\nY: b\r\n\r\n", "between two headers"],
	] as const
)
	test(`a line feed alone ${what} is 400`, () => equal(statusOf(text), 400));

test("a carriage return alone does not end a line", () => {
	equal(statusOf("GET / HTTP/1.1\rX: a\r\n\r\n"), 400);
	const parser = new RequestParser();
	const bytes = bytesOf("GET / HTTP/1.1\r\nX: a\r\n\r");
	equal(parser.push(bytes, 0, bytes.length), bytes.length);
	equal(parser.isComplete, false);
});

test("headers of one request are forgotten for the next", () => {
	const parser = new RequestParser();
	const first = bytesOf(`${head("POST /a?b HTTP/1.0", "Content-Type: text/plain", "Content-Length: 2", "Connection: close")}ok`);
	parser.push(first, 0, first.length);
	same([parser.isComplete, parser.keepAlive, parser.contentType, parser.body.length], [true, false, "text/plain", 2]);
	parser.reset();
	const second = bytesOf(head("GET /c HTTP/1.1"));
	parser.push(second, 0, second.length);
	same([parser.isComplete, parser.keepAlive, parser.contentType, parser.query, parser.body.length], [true, true, "", "", 0]);
});
