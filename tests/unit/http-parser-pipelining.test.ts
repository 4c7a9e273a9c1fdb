/** Requests one behind the other, in pieces of any lengths. RFC 9112 section 9.3.2. */

import { ByteBudget } from "hap/bytes/byte-budget";
import { Method } from "hap/wire/http-parser";
import { bytesOf, head, Reader, type ReadRequest, requestsOf } from "tests/fakes/request-text";
import { equal, ok, same, test } from "tests/harness";
import { PseudoRandom } from "tests/vectors/pseudo-random";

const JSON_TYPE = "Content-Type: application/hap+json";

const TEXT = head("GET /accessories HTTP/1.1", "Host: lamp.local")
	+ `${head("PUT /characteristics HTTP/1.1", JSON_TYPE, "Content-Length: 5")}{\r\n\r\n`
	+ `\r\n${head("POST /pairings HTTP/1.1", "transfer-encoding: CHUNKED")}3;x\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: u\r\n\r\n`
	+ head("GET /characteristics?id=1.9&ev=1 HTTP/1.1")
	+ `${head("PUT /prepare HTTP/1.1", "CONTENT-LENGTH:1", "Expect: 100-continue", "Connection: x, close")}z`;

const PLAIN: ReadRequest = { method: Method.GET, path: "/", query: "", contentType: "", keepAlive: true, body: "" };
const REQUESTS: ReadRequest[] = [
	{ ...PLAIN, path: "/accessories" },
	{ ...PLAIN, method: Method.PUT, path: "/characteristics", contentType: "application/hap+json", body: "{\r\n\r\n" },
	{ ...PLAIN, method: Method.POST, path: "/pairings", body: "abc0123456789" },
	{ ...PLAIN, path: "/characteristics", query: "id=1.9&ev=1" },
	{ ...PLAIN, method: Method.PUT, path: "/prepare", keepAlive: false, body: "z" },
];

test("five requests read the same in one piece, in every two, and byte by byte", () => same(requestsOf(TEXT), REQUESTS));

test("three pieces, cut anywhere, read the same", () => {
	const text = `${head("PUT /a HTTP/1.1", "Content-Length: 2")}ok${
		head("POST /b HTTP/1.1", "Transfer-Encoding: chunked")
	}2\r\nxy\r\n0\r\n\r\n`;
	const bytes = bytesOf(text);
	for (let first = 1; first < bytes.length - 1; first++)
		for (let second = 1; first + second < bytes.length; second++) {
			const reader = new Reader();
			equal(reader.pushPieces(bytes, [first, second]), undefined);
			const read = reader.requests.map(({ path, body }) => `${path} ${body}`).join();
			if (read !== "/a ok,/b xy")
				throw new Error(`pieces of ${first} and ${second} bytes: ${read}`);
		}
});

for (const length of [1, 2, 3, 7, 16, 64, 255])
	test(`pieces of ${length} bytes read the same`, () => {
		const reader = new Reader();
		equal(reader.pushPieces(bytesOf(TEXT), new Array(Math.ceil(TEXT.length / length)).fill(length)), undefined);
		same(reader.requests, REQUESTS);
	});

test("a request is there with its last byte: none is held back for the next one", () => {
	const reader = new Reader();
	const bytes = bytesOf(TEXT);
	const ends: number[] = [];
	for (let at = 0; at < bytes.length; at++) {
		const before = reader.requests.length;
		reader.push(bytes, at, at + 1);
		if (reader.requests.length > before)
			ends.push(at + 1);
	}
	const first = TEXT.indexOf("PUT /characteristics");
	const second = TEXT.indexOf("\r\nPOST");
	const third = TEXT.indexOf("GET /characteristics");
	const fourth = TEXT.indexOf("PUT /prepare");
	same(ends, [first, second, third, fourth, TEXT.length]);
});

test("a hundred requests through one parser leave its budget whole", () => {
	const budget = new ByteBudget(1000);
	const reader = new Reader({ line: 128, head: 512, body: 100 }, budget);
	const bytes = bytesOf(TEXT);
	for (let round = 0; round < 20; round++)
		equal(reader.pushPieces(bytes, [50, 61, 72, 83]), undefined);
	equal(reader.requests.length, 100);
	equal(budget.left, 1000);
	ok(reader.parser.isEmpty);
});

/** Some bytes of the requests changed, left out, or repeated. */
function spoiled(random: PseudoRandom): Uint8Array {
	const bytes = Array.from(bytesOf(TEXT));
	for (let changes = 1 + random.below(3); changes > 0; changes--) {
		const at = random.below(bytes.length);
		switch (random.below(3)) {
			case 0:
				bytes[at] = random.below(256);
				break;
			case 1:
				bytes.splice(at, 1 + random.below(4));
				break;
			default:
				bytes.splice(at, 0, ...bytes.slice(at, at + 1 + random.below(8)));
				break;
		}
	}
	return Uint8Array.from(bytes);
}

test("spoiled requests are read or refused the same in any pieces, and give back all that they took", () => {
	const random = new PseudoRandom(1959);
	const outcomes = new Map<number | undefined, number>();
	for (let round = 0; round < 600; round++) {
		const bytes = spoiled(random);
		const whole = new Reader();
		const status = whole.pushPieces(bytes, []);
		outcomes.set(status, (outcomes.get(status) ?? 0) + 1);
		const budget = new ByteBudget(6000);
		const other = new Reader(undefined, budget);
		equal(other.pushPieces(bytes, Array.from({ length: 30 }, () => random.below(25))), status, `round ${round}`);
		same(other.requests, whole.requests, `round ${round}`);
		other.parser.reset();
		equal(budget.left, 6000, `round ${round}`);
	}
	ok((outcomes.get(undefined) ?? 0) > 50 && (outcomes.get(400) ?? 0) > 50, "both kinds were met");
});
