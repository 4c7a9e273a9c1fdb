/** Peers that write no more, over sockets of the system: a bridge whose answers are long, and some of them late. */

import assert from "node:assert";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { canRun } from "../host/desktop/scripts/build.mjs";
import { sharedAccessory } from "./interop/accessory.mjs";
import { requestBytes } from "./interop/connection.mjs";

/** Well below the time limits of who stands still: ten seconds for a session, thirty for a stranger. */
const AT_ONCE_MS = 5000;
const BITS = canRun(32) ? 32 : 64;
/** The thermometer, whose readings take their time. */
const LATE = "/characteristics?id=150.33";
/** Identify, which is not read: 207. */
const READ = requestBytes("GET", "/characteristics?id=1.2");

let pairing;
const accessory = sharedAccessory(async (started) => {
	pairing = await started.pairing();
}, {
	starter: (fixed) => ["tests/interop/start-bridge.mjs", ...fixed],
	parameters: ["--accessory", "tests/bridge/alike", "--bits", String(BITS), "--heap", "131072"],
});

async function newSession() {
	const session = await accessory.session(pairing);
	const [number] = (await accessory.line(/^verified: /)).match(/session \d+$/);
	return { session, number };
}

for (const cut of [1, 2, 40])
	test(`a session that ends behind ${cut} bytes of a frame is closed at once`, async () => {
		const { session, number } = await newSession();
		session.socket.end(session.seal(READ).subarray(0, cut));
		await accessory.line(new RegExp(`^closed: ${number}$`), AT_ONCE_MS);
		await session.ended();
	});

test("a session that ends behind one of a request's frames is closed at once", async () => {
	const { session, number } = await newSession();
	session.socket.end(session.seal(READ.subarray(0, 20)));
	await accessory.line(new RegExp(`^closed: ${number}$`), AT_ONCE_MS);
	await session.ended();
});

for (
	const [what, bytes] of [
		["a line", "GET /accessories HT"],
		["a body", "POST /pair-verify HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf"],
	]
)
	test(`a stranger that ends in the middle of ${what} is closed at once`, async () => {
		const stranger = await accessory.connect();
		const [number] = (await accessory.line(/^connected: /)).match(/session \d+$/);
		stranger.socket.end(bytes);
		await accessory.line(new RegExp(`^closed: ${number}$`), AT_ONCE_MS);
		await stranger.ended();
	});

for (const pauseMS of [0, 1000])
	test(`a session that asks for the whole bridge, ends, and reads after ${pauseMS} ms, gets all of it`, async () => {
		const { session, number } = await newSession();
		session.socket.pause();
		session.socket.end(session.seal(requestBytes("GET", "/accessories")));
		await sleep(pauseMS);
		session.socket.resume();
		const { status, body } = await session.next();
		assert.strictEqual(status, 200);
		assert.strictEqual(JSON.parse(body).accessories.length, 150);
		await session.ended();
		await accessory.line(new RegExp(`^closed: ${number}$`));
	});

test("a session that ends behind two requests, the first of which is answered late, has both answers", async () => {
	const { session } = await newSession();
	session.socket.end(Buffer.concat([session.seal(requestBytes("GET", LATE)), session.seal(READ)]));
	assert.deepStrictEqual([(await session.next()).status, (await session.next()).status], [200, 207]);
	await session.ended();
});

test("a stranger that ends behind its request has its answer", async () => {
	const stranger = await accessory.connect();
	stranger.socket.end(requestBytes("GET", "/accessories"));
	assert.strictEqual((await stranger.next()).status, 470);
	await stranger.ended();
});
