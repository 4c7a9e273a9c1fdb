/** Bodies in chunks. RFC 9112 section 7.1. */

import { RequestParser } from "hap/wire/http-parser";
import { bytesOf, head, requestOf, requestsOf, statusOf } from "tests/fakes/request-text";
import { equal, same, test } from "tests/harness";

const PUT = head("PUT /characteristics HTTP/1.1", "Transfer-Encoding: chunked");

for (
	const [chunks, body] of [
		["0\r\n\r\n", ""],
		["000\r\n\r\n", ""],
		["5\r\nhello\r\n0\r\n\r\n", "hello"],
		["5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"],
		["1\r\n\r\r\n1\r\n\n\r\n0\r\n\r\n", "\r\n"],
		["a\r\n0123456789\r\n0\r\n\r\n", "0123456789"],
		["A\r\n0123456789\r\n0\r\n\r\n", "0123456789"],
		["1f\r\n0123456789012345678901234567890\r\n0\r\n\r\n", "0123456789012345678901234567890"],
		["000000000000000000005\r\nhello\r\n000000000\r\n\r\n", "hello"],
		["5;a=b\r\nhello\r\n0;c\r\n\r\n", "hello"],
		['5;a="b;c"\r\nhello\r\n0\r\n\r\n', "hello"],
		["5 ; a = b\r\nhello\r\n0\r\n\r\n", "hello"],
		["5;\r\nhello\r\n0\r\n\r\n", "hello"],
		["5 \t\r\nhello\r\n0\r\n\r\n", "hello"],
		["5\r\nhello\r\n0\r\nT: x\r\nU:\r\n\r\n", "hello"],
	] as const
)
	test(`chunks ${JSON.stringify(chunks)}`, () => equal(requestOf(`${PUT}${chunks}`).body, body));

for (
	const [chunks, what] of [
		["\r\n", "no size"],
		[" 5\r\nhello\r\n", "a blank before the size"],
		[";a=b\r\n", "an extension without a size"],
		["x\r\n", "a size that is no number"],
		["5x\r\nhello\r\n", "a letter behind the size"],
		["g\r\n", "a letter beyond hexadecimal"],
		["0x5\r\nhello\r\n", "the prefix of hexadecimal"],
		["-1\r\n", "a sign"],
		["+1\r\nx\r\n", "a plus"],
		["1.0\r\nx\r\n", "a fraction"],
		["1_0\r\n", "a separator of digits"],
		["5\u0000\r\nhello\r\n", "NUL behind the size"],
		["\u0000\r\n", "NUL for a size"],
		["\u00b2\r\n", "a digit that is not ASCII"],
		["5 x\r\nhello\r\n", "a word behind the size"],
		["5 5\r\nhello\r\n", "two sizes"],
		["5;a\u0000\r\nhello\r\n", "NUL in an extension"],
		["5;a\rb\r\nhello\r\n", "a carriage return in an extension"],
		["5\nhello\r\n", "a line feed alone behind the size"],
		["5;a\nhello\r\n", "a line feed alone behind an extension"],
		["5\r\nhello\n0\r\n", "a line feed alone behind a chunk"],
		["5\r\nhello0\r\n", "no end of a chunk"],
		["5\r\nhello!\r\n0\r\n", "a chunk that is longer than its size"],
		["5\r\nhell\r\n0\r\n", "a chunk that is shorter than its size"],
		["0\r\n\n", "a line feed alone at the end"],
		["0\r\nT: x\n\r\n", "a line feed alone behind a trailer"],
		["0\r\nT x\r\n\r\n", "a trailer that is no header"],
		["0\r\nT : x\r\n\r\n", "a trailer with a blank before its colon"],
		["0\r\nT: x\r\n y\r\n\r\n", "a folded trailer"],
		["0\r\nT: a\u0000\r\n\r\n", "NUL in a trailer"],
	] as const
)
	test(`${what} is 400`, () => equal(statusOf(`${PUT}${chunks}`), 400));

for (const size of ["1001", "ffff", "ffffffff", "100000000", "100000001", "ffffffffffffffff", "10000000000000001", "f".repeat(300)])
	test(`a chunk of ${size.length > 20 ? "300 digits" : size} is 413 before its first byte`, () => {
		equal(statusOf(`${PUT}${size}\r\n`), 413);
	});

test("a trailer says nothing of its request, nor of the next one", () => {
	const trailer = "Content-Length: 99\r\nTransfer-Encoding: gzip\r\nConnection: close\r\nContent-Type: text/plain\r\nExpect: x\r\n";
	const [first, second, ...more] = requestsOf(`${PUT}2\r\nok\r\n0\r\n${trailer}\r\n${head("GET /b HTTP/1.1")}`);
	same([first.body, first.keepAlive, first.contentType], ["ok", true, ""]);
	same([second.path, second.keepAlive, more.length], ["/b", true, 0]);
});

test("what comes behind the last chunk is the next request's", () => {
	const parser = new RequestParser();
	const bytes = bytesOf(`${PUT}1\r\nx\r\n0\r\n\r\n0\r\n\r\n`);
	equal(parser.push(bytes, 0, bytes.length), bytes.length - 5);
	equal(parser.isComplete, true);
});

for (
	const [value, status] of [
		["chunked", undefined],
		["Chunked", undefined],
		["CHUNKED", undefined],
		[" chunked\t", undefined],
		["gzip, chunked", 501],
		["chunked, chunked", 501],
		["identity, chunked", 501],
		["gzip", 400],
		["identity", 400],
		["chunked, gzip", 400],
		["chunked, identity", 400],
		["chunked;q=1", 400],
		["chunked;q=1, gzip", 400],
		["chunked;", 400],
		["chunked gzip", 400],
		["xchunked", 400],
		["chunkedx", 400],
		["chunke", 400],
		['"chunked"', 400],
		["\u000bchunked", 400],
		["chunked\u0000", 400],
		["", 400],
	] as const
)
	test(`Transfer-Encoding ${JSON.stringify(value)} is ${status ?? "served"}`, () => {
		equal(statusOf(`${head("PUT / HTTP/1.1", `Transfer-Encoding:${value}`)}0\r\n\r\n`), status);
	});
