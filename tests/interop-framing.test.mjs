/** The stream as TCP may cut it: any segments, many requests in one, events between them. HAP R2 "Session Security". */

import assert from "node:assert";
import { test } from "node:test";
import { sharedAccessory } from "./interop/accessory.mjs";
import { PAIRING_TYPE, requestBytes } from "./interop/connection.mjs";
import { PairVerifyController, Session } from "./interop/session.mjs";

let pairing;
const accessory = sharedAccessory(async (started) => {
	pairing = await started.pairing();
});

const READ = requestBytes("GET", "/characteristics?id=1.3");
const on = (more) => ({ aid: 1, iid: 10, ...more });
const putBytes = (...characteristics) => requestBytes("PUT", "/characteristics", JSON.stringify({ characteristics }));

async function withSession(body) {
	const session = await accessory.session(pairing);
	try {
		await body(session);
	}
	finally {
		await session.close();
	}
}

async function isAnswered(session) {
	const { protocol, status, body } = await session.next();
	assert.deepStrictEqual([protocol, status], ["HTTP", 200]);
	assert.strictEqual(JSON.parse(body).characteristics[0].value, "hap-xs");
}

test("pair-verify and what follows it come one byte a segment", async () => {
	const session = new Session();
	await session.connect(accessory.port);
	const exchange = new PairVerifyController(pairing);
	const headers = { "Content-Type": PAIRING_TYPE };
	await session.sendBytewise(requestBytes("POST", "/pair-verify", exchange.m1(), headers));
	const m2 = await session.next();
	await session.sendBytewise(requestBytes("POST", "/pair-verify", exchange.m3(m2.body), headers));
	assert.strictEqual((await session.next()).status, 200);
	session.secure(exchange.secret);
	await session.sendBytewise(session.seal(READ));
	await isAnswered(session);
	await session.close();
});

test("a lone first byte of a frame waits for the rest", () =>
	withSession(async (session) => {
		const frame = session.seal(READ);
		session.send(frame.subarray(0, 1));
		await withSession(async (other) => assert.strictEqual((await other.get("id=1.10")).status, 200));
		session.send(frame.subarray(1));
		await isAnswered(session);
	}));

for (const most of [1, 2, 7, 64])
	test(`a request in frames of ${most} byte${most === 1 ? "" : "s"} is one request`, () =>
		withSession(async (session) => {
			session.send(session.seal(READ, most));
			await isAnswered(session);
		}));

test("many requests in one segment, a frame each, are answered in order", () =>
	withSession(async (session) => {
		const requests = [READ, putBytes(on({ value: true })), READ, putBytes(on({ value: false })), READ];
		session.send(Buffer.concat(requests.map((request) => session.seal(request))));
		for (const expected of [200, 204, 200, 204, 200])
			assert.strictEqual((await session.next()).status, expected);
	}));

test("many requests in one frame are answered in order", () =>
	withSession(async (session) => {
		session.send(session.seal(Buffer.concat([READ, requestBytes("GET", "/nothing"), READ, requestBytes("GET", "/accessories"), READ])));
		for (const expected of [200, 404, 200, 200, 200])
			assert.strictEqual((await session.next()).status, expected);
	}));

test("many requests, cut into frames wherever it may be, are answered in order", () =>
	withSession(async (session) => {
		const requests = Buffer.concat(Array.from({ length: 20 }, () => READ));
		for (const most of [3, 50, 51, 1024]) {
			session.send(session.seal(requests, most));
			for (let times = 0; times < 20; times++)
				await isAnswered(session);
		}
	}));

test("requests of a stranger in one segment are answered in order", async () => {
	const stranger = await accessory.connect();
	stranger.send(Buffer.concat(["/accessories", "/pair-setup", "/accessories"].map((target) => requestBytes("GET", target))));
	for (const expected of [470, 405, 470])
		assert.strictEqual((await stranger.next()).status, expected);
	await stranger.close();
});

test("a body in chunks is read", () =>
	withSession(async (session) => {
		const body = JSON.stringify({ characteristics: [on({ value: false })] });
		const cut = 20;
		const chunks = [body.slice(0, cut), body.slice(cut), ""].map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join("");
		session.send(session.seal(Buffer.from(`PUT /characteristics HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`)));
		assert.strictEqual((await session.next()).status, 204);
	}));

test("the names of headers may be written as one likes", () =>
	withSession(async (session) => {
		const body = JSON.stringify({ characteristics: [on({ value: false })] });
		session.send(session.seal(Buffer.from(`PUT /characteristics HTTP/1.1\r\nhOsT:x\r\ncOnTeNt-LeNgTh:${body.length}\r\n\r\n${body}`)));
		assert.strictEqual((await session.next()).status, 204);
	}));

test("who expects 100 Continue gets it before the body is sent", () =>
	withSession(async (session) => {
		const body = JSON.stringify({ characteristics: [on({ value: false })] });
		const head = `PUT /characteristics HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`;
		session.send(session.seal(Buffer.from(head)));
		assert.strictEqual((await session.next()).status, 100);
		session.send(session.seal(Buffer.from(body)));
		assert.strictEqual((await session.next()).status, 204);
	}));

test("Connection: close is done after the answer", () =>
	withSession(async (session) => {
		assert.strictEqual((await session.request("GET", "/characteristics?id=1.3", undefined, { Connection: "close" })).status, 200);
		await session.ended();
	}));

test("a session that verifies again is answered in its frames, and goes on with new keys", () =>
	withSession(async (session) => {
		for (let times = 0; times < 2; times++) {
			await session.verify(pairing);
			assert.strictEqual((await session.get("id=1.10")).status, 200);
		}
	}));

/** Another session changes the switch, and a third one has heard of it: it was told to everybody who can be told. */
async function changeElsewhere(value) {
	await withSession(async (witness) => {
		await withSession(async (writer) => {
			assert.strictEqual((await writer.put(on({ value: !value }))).status, 204);
			assert.strictEqual((await witness.put(on({ ev: true }))).status, 204);
			assert.strictEqual((await writer.put(on({ value }))).status, 204);
			assert.deepStrictEqual(await witness.event(), [on({ value })]);
		});
	});
}

for (const [what, cut] of [["a byte of a frame", 1], ["the length of a frame", 2], ["half a frame", 40]])
	test(`an event that comes up after ${what} waits until the request is answered`, () =>
		withSession(async (session) => {
			await session.put(on({ value: true }));
			await session.put(on({ ev: true }));
			const frame = session.seal(READ);
			session.send(frame.subarray(0, cut));
			await changeElsewhere(true);
			assert.deepStrictEqual(session.waiting.map(({ protocol }) => protocol), []);
			session.send(frame.subarray(cut));
			await isAnswered(session);
			assert.strictEqual((await session.next()).protocol, "EVENT");
		}));

test("an event that comes up in the middle of a request of several frames waits until it is answered", () =>
	withSession(async (session) => {
		await session.put(on({ value: true }));
		await session.put(on({ ev: true }));
		const half = READ.length >> 1;
		session.send(session.seal(READ.subarray(0, half)));
		await changeElsewhere(true);
		assert.deepStrictEqual(session.waiting.map(({ protocol }) => protocol), []);
		session.send(session.seal(READ.subarray(half)));
		await isAnswered(session);
		assert.strictEqual((await session.next()).protocol, "EVENT");
	}));
