/** Whether a connection goes on behind a request. RFC 9112 section 9.3, RFC 9110 section 7.6.1. */

import { RequestParser } from "hap/wire/http-parser";
import { head, requestOf, requestsOf, statusOf } from "tests/fakes/request-text";
import { equal, same, test } from "tests/harness";

for (
	const [version, lines, keepAlive] of [
		["HTTP/1.1", [], true],
		["HTTP/1.1", ["Connection: keep-alive"], true],
		["HTTP/1.1", ["Connection:"], true],
		["HTTP/1.1", ["Connection: upgrade"], true],
		["HTTP/1.1", ["Connection: closed"], true],
		["HTTP/1.1", ["Connection: not-close"], true],
		["HTTP/1.1", ["Connection: close"], false],
		["HTTP/1.1", ["connection:Close"], false],
		["HTTP/1.1", ["CONNECTION: \tCLOSE "], false],
		["HTTP/1.1", ["Connection: close, TE"], false],
		["HTTP/1.1", ["Connection: TE,close"], false],
		["HTTP/1.1", ["Connection: TE ,\tclose , x"], false],
		["HTTP/1.1", ["Connection: keep-alive, close"], false],
		["HTTP/1.1", ["Connection: close", "Connection: keep-alive"], false],
		["HTTP/1.1", ["Connection: keep-alive", "Connection: close"], false],
		["HTTP/1.1", ["X-Connection: close"], true],
		["HTTP/1.1", ["Proxy-Connection: close"], true],
		["HTTP/1.2", [], true],
		["HTTP/1.0", [], false],
		["HTTP/1.0", ["Connection: close"], false],
		["HTTP/1.0", ["Connection: keep-alive"], false],
	] as const
)
	test(`${version} ${JSON.stringify(lines)} ${keepAlive ? "goes on" : "ends"}`, () => {
		equal(requestOf(head(`GET / ${version}`, ...lines)).keepAlive, keepAlive);
	});

test("a connection value that is not ASCII is 400", () => equal(statusOf(head("GET / HTTP/1.1", "Connection: \u00e9")), 400));

test("a connection goes on until a request says otherwise", () => {
	equal(new RequestParser().keepAlive, true);
});

test("the end that one request asks for is not asked for by the next", () => {
	const requests = requestsOf(head("GET /a HTTP/1.1", "Connection: close") + head("GET /b HTTP/1.1"));
	same(requests.map(({ path, keepAlive }) => [path, keepAlive]), [["/a", false], ["/b", true]]);
});
