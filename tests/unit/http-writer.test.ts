/** Heads of responses and events. RFC 9112 sections 4 and 6, RFC 9110 sections 8.6 and 15, HAP R2 "Notifications". */

import { CONTINUE, eventHead, responseHead } from "hap/wire/http-writer";
import { equal, ok, test } from "tests/harness";

test("a response with a body says its type and its length in bytes", () => {
	equal(
		responseHead(200, "application/hap+json", 42),
		"HTTP/1.1 200 OK\r\nContent-Type: application/hap+json\r\nContent-Length: 42\r\n\r\n",
	);
});

test("a response whose length nobody knows yet goes in chunks", () => {
	equal(
		responseHead(207, "application/hap+json", "chunked"),
		"HTTP/1.1 207 Multi-Status\r\nContent-Type: application/hap+json\r\nTransfer-Encoding: chunked\r\n\r\n",
	);
});

test("a response without a body says so: else a controller would wait for the connection's end", () => {
	equal(responseHead(400), "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
	equal(responseHead(404, undefined, 0), "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
});

test("the last answer of a connection says that it is", () => {
	equal(responseHead(400, undefined, 0, true), "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
	equal(responseHead(204, undefined, 0, true), "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
});

test("204 has no length: RFC 9110 section 8.6 forbids it", () => {
	equal(responseHead(204), "HTTP/1.1 204 No Content\r\n\r\n");
	equal(responseHead(204, undefined, "chunked"), "HTTP/1.1 204 No Content\r\n\r\n");
});

for (
	const [status, reason] of [
		[200, "OK"],
		[204, "No Content"],
		[207, "Multi-Status"],
		[400, "Bad Request"],
		[404, "Not Found"],
		[405, "Method Not Allowed"],
		[408, "Request Timeout"],
		[413, "Content Too Large"],
		[414, "URI Too Long"],
		[417, "Expectation Failed"],
		[422, "Unprocessable Content"],
		[431, "Request Header Fields Too Large"],
		[470, "Connection Authorization Required"],
		[500, "Internal Server Error"],
		[501, "Not Implemented"],
		[503, "Service Unavailable"],
		[505, "HTTP Version Not Supported"],
	] as const
)
	test(`${status} is ${reason}`, () => ok(responseHead(status).startsWith(`HTTP/1.1 ${status} ${reason}\r\n`)));

test("a status without a name of its own has a reason all the same", () => {
	ok(/^HTTP\/1\.1 499 [A-Za-z ]+\r\n/.test(responseHead(499)));
});

test("an event is a response of its own protocol", () => {
	equal(eventHead(55), "EVENT/1.0 200 OK\r\nContent-Type: application/hap+json\r\nContent-Length: 55\r\n\r\n");
});

test("100 has neither type nor length", () => equal(CONTINUE, "HTTP/1.1 100 Continue\r\n\r\n"));
