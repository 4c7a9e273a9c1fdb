/** Frames that are none, and what is malformed inside good ones: only the connection that they came on ends. */

import assert from "node:assert";
import { afterEach, test } from "node:test";
import { sharedAccessory } from "./interop/accessory.mjs";
import { requestBytes } from "./interop/connection.mjs";

const MEGABYTES = 4 << 20;

let pairing;
let guard;
const accessory = sharedAccessory(async (started) => {
	pairing = await started.pairing();
	guard = await started.session(pairing);
});

/** The session that was there before is served, and nothing was a mistake of the accessory's own: those are logged. */
afterEach(async () => {
	assert.strictEqual((await guard.get("id=1.3")).status, 200);
	assert.doesNotMatch(accessory.output, /^fault:/m);
});

async function withSession(body) {
	const session = await accessory.session(pairing);
	try {
		await body(session);
	}
	finally {
		await session.close();
	}
}

const long = (length) => "x".repeat(length);

for (
	const [name, broken] of [
		["a broken tag", (frame) => frame.fill(0, frame.length - 16)],
		["a flipped bit", (frame) => frame.fill(frame[10] ^ 1, 10, 11)],
		["another length", (frame) => frame.fill(frame[0] - 1, 0, 1)],
		["a length of 65535", (frame) => Buffer.concat([Buffer.of(0xff, 0xff), frame])],
		["a request in the clear", () => requestBytes("GET", "/characteristics?id=1.10")],
		["noise", () => Buffer.from("f00dfeed".repeat(500), "hex")],
	]
)
	test(`a frame with ${name} ends its own connection, without an answer`, () =>
		withSession(async (session) => {
			assert.strictEqual((await session.get("id=1.10")).status, 200);
			session.send(broken(session.seal(requestBytes("GET", "/characteristics?id=1.10"))));
			await session.ended();
		}));

test("a frame that comes twice ends its own connection", () =>
	withSession(async (session) => {
		const frame = session.seal(requestBytes("GET", "/characteristics?id=1.10"));
		session.send(frame);
		assert.strictEqual((await session.next()).status, 200);
		session.send(frame);
		await session.ended();
	}));

/** A read of that many bytes. */
function readOf(length) {
	const [start, middle, end] = ["GET /characteristics?id=1.10 HTTP/1.1\r\nX-One: ", "\r\nX-Two: ", "\r\n\r\n"];
	const padding = length - start.length - middle.length - end.length;
	return Buffer.from(start + long(padding >> 1) + middle + long(padding - (padding >> 1)) + end);
}

test("a frame of 1024 bytes, the most there may be, is read", () =>
	withSession(async (session) => {
		session.send(session.seal(readOf(1024)));
		assert.strictEqual((await session.next()).status, 200);
	}));

test("a frame of 1025 bytes, though its tag holds, ends its own connection", () =>
	withSession(async (session) => {
		session.send(session.seal(readOf(1025), 1025));
		await session.ended();
	}));

test("malformed HTTP in a good frame is 400, and then the end", () =>
	withSession(async (session) => {
		session.send(session.seal(Buffer.from("GET http://[ HTTP/1.1\r\n\r\n")));
		assert.strictEqual((await session.next()).status, 400);
		await session.ended();
	}));

test("a body beyond the limit on a session is 413", () =>
	withSession(async (session) => {
		session.send(session.seal(Buffer.from(`PUT /characteristics HTTP/1.1\r\nContent-Length: ${MEGABYTES}\r\n\r\n`)));
		assert.strictEqual((await session.next()).status, 413);
		await session.ended();
	}));
