/**
 * Requests of which two readers may see different ends. RFC 9112 sections 6.1, 6.3 and 11.2; RFC 9110 section 8.6. Each of them is
 * refused by its head: what would be the second request is never read as one.
 */

import { head, requestOf, requestsOf, statusOf } from "tests/fakes/request-text";
import { equal, same, test } from "tests/harness";

const POST = "POST /identify HTTP/1.1";
const SMUGGLED = "0\r\n\r\nGET /accessories HTTP/1.1\r\n\r\n";

for (
	const [lines, what] of [
		[["Content-Length: 5", "Transfer-Encoding: chunked"], "a length, then chunks"],
		[["Transfer-Encoding: chunked", "Content-Length: 5"], "chunks, then a length"],
		[["Content-Length: 0", "Transfer-Encoding: chunked"], "a length of 0, then chunks"],
		[["Transfer-Encoding: chunked", "content-length: 0"], "chunks, then a length of 0"],
		[["Content-Length: 5", "Content-Length: 6"], "two lengths"],
		[["Content-Length: 0", "Content-Length: 5"], "a length of 0 and another"],
		[["Content-Length: 5", "content-length: 0"], "a length and one of 0"],
		[["Content-Length: 5, 6"], "two lengths in one line"],
		[["Content-Length: 5", "Content-Length: 5", "Content-Length: 6"], "a third length"],
		[["Content-Length : 5"], "a blank behind the name of the length"],
		[["Content-Length: 5", " 6"], "a length folded"],
		[["Transfer-Encoding : chunked"], "a blank behind the name of the encoding"],
		[["Transfer-Encoding:", " chunked"], "an encoding folded"],
		[["X: y", "\tTransfer-Encoding: chunked"], "an encoding folded into another header"],
		[["Transfer-Encoding: chunked\u0000"], "NUL behind the encoding"],
		[["X: y\rTransfer-Encoding: chunked"], "a carriage return alone before the encoding"],
		[["X: y\nTransfer-Encoding: chunked"], "a line feed alone before the encoding"],
		[["X: y\u0000\nContent-Length: 5"], "NUL and a line feed before the length"],
	] as const
)
	test(`${what}: 400`, () => equal(statusOf(`${head(POST, ...lines)}${SMUGGLED}`), 400));

test("the same length twice is that length", () => {
	equal(requestOf(`${head(POST, "Content-Length: 2", "Content-Length: 02")}ok`).body, "ok");
});

test("a body that looks like a request is a body", () => {
	const [first, second, ...more] = requestsOf(
		`${head(POST, `Content-Length: ${SMUGGLED.length}`)}${SMUGGLED}${head("GET /b HTTP/1.1")}`,
	);
	same([first.body, second.path, more.length], [SMUGGLED, "/b", 0]);
});

test("chunks of HTTP/1.0 end their connection, which knows none of them", () => {
	const request = requestOf(`${head("POST / HTTP/1.0", "Transfer-Encoding: chunked", "Connection: keep-alive")}2\r\nok\r\n0\r\n\r\n`);
	same([request.body, request.keepAlive], ["ok", false]);
});
