/** Many sessions at a time: each is served, and none of them waits for another. HAP R2 asks for eight. */

import assert from "node:assert";
import { test } from "node:test";
import { sharedAccessory } from "./interop/accessory.mjs";
import { requestBytes } from "./interop/connection.mjs";
import { flood } from "./interop/flood.mjs";
import { newController } from "./interop/session.mjs";

const SESSIONS = 8;
const READS = 20;
const ID = "5B2E0B52-1C3D-4E5F-8A9B-000000000004";

let pairing;
const accessory = sharedAccessory(async (started) => {
	pairing = await started.pairing();
});

const on = (more) => ({ aid: 1, iid: 10, ...more });
const written = (value) => on({ value });

async function put(session, ...entries) {
	assert.strictEqual((await session.put(...entries)).status, 204);
}

/** Runs `body` with sessions, all of which are closed behind it. */
async function withSessions(count, body) {
	const sessions = await Promise.all(Array.from({ length: count }, () => accessory.session(pairing)));
	try {
		await body(...sessions);
	}
	finally {
		for (const session of sessions)
			await session.close();
	}
}

test("eight sessions at once verify, and each of them is answered", () =>
	withSessions(SESSIONS, async (...sessions) => {
		const reads = sessions.map(async (session) => {
			for (let times = 0; times < READS; times++) {
				const { status, body } = await session.get("id=1.10,1.3");
				assert.strictEqual(status, 200);
				assert.strictEqual(JSON.parse(body).characteristics[1].value, "hap-xs");
			}
		});
		await Promise.all(reads);
	}));

test("eight sessions at once get the whole database", () =>
	withSessions(SESSIONS, async (...sessions) => {
		const answers = await Promise.all(sessions.map((session) => session.request("GET", "/accessories")));
		const texts = answers.map(({ body }) => body.toString());
		assert.strictEqual(JSON.parse(texts[0]).accessories[0].services.length, 3);
		assert.deepStrictEqual(new Set(texts).size, 1);
	}));

test("seven of eight sessions hear what the eighth has changed", () =>
	withSessions(SESSIONS, async (writer, ...listeners) => {
		await put(writer, written(false));
		for (const listener of listeners)
			await put(listener, on({ ev: true }));
		await put(writer, written(true));
		for (const listener of listeners)
			assert.deepStrictEqual(await listener.event(), [written(true)]);
	}));

test("a second controller's sessions stand beside the first one's", () =>
	withSessions(SESSIONS / 2, async (...sessions) => {
		const other = newController(pairing, ID);
		const admin = accessory.client(pairing);
		await admin.addPairing(ID, Buffer.from(other.iOSDeviceLTPK, "hex"), false);
		const others = await Promise.all(sessions.map(() => accessory.session(other)));
		for (const session of [...sessions, ...others])
			assert.strictEqual((await session.get("id=1.10")).status, 200);
		for (const session of others)
			await session.close();
		await admin.close();
	}));

test("one session that breaks off in the middle of a frame costs the others nothing", () =>
	withSessions(2, async (broken, other) => {
		broken.send(broken.seal(requestBytes("GET", "/accessories")).subarray(0, 10));
		assert.strictEqual((await other.get("id=1.10")).status, 200);
		await broken.close();
		assert.strictEqual((await other.get("id=1.10")).status, 200);
	}));

test("when there is no room, a session of somebody who has not verified goes first", async () => {
	const strangers = await Promise.all(Array.from({ length: 15 }, () => accessory.connect()));
	await withSessions(1, async (session) => {
		await withSessions(1, async (another) => {
			assert.strictEqual((await another.get("id=1.10")).status, 200);
			assert.strictEqual((await session.get("id=1.10")).status, 200);
		});
	});
	await Promise.any(strangers.map((stranger) => stranger.closed));
	for (const stranger of strangers)
		await stranger.close();
});

/** Reads all that the session was flooded with. */
async function drain(session, asked) {
	session.socket.resume();
	for (let answered = 0; answered < asked; answered++)
		assert.strictEqual((await session.response()).status, 200);
}

test("a subscriber that does not read delays nobody, and gets everything in order when it does", () =>
	withSessions(3, async (slow, writer, listener) => {
		await put(writer, written(false));
		await put(slow, on({ ev: true }));
		await put(listener, on({ ev: true }));
		const asked = await flood(slow);
		for (const value of [true, false, true]) {
			await put(writer, written(value));
			assert.deepStrictEqual(await listener.event(), [written(value)]);
		}
		assert.strictEqual((await writer.request("GET", "/accessories")).status, 200);
		await drain(slow, asked);
		const events = [];
		while (events.length < 3)
			events.push(...(await slow.event()).toReversed());
		assert.deepStrictEqual(events, [true, false, true].map(written));
	}));

test("a subscriber that missed more than is kept gets the newest value", () =>
	withSessions(2, async (slow, writer) => {
		await put(writer, written(false));
		await put(slow, on({ ev: true }));
		const asked = await flood(slow);
		for (let times = 0; times < 50; times++)
			await put(writer, written(times % 2 === 0));
		await put(writer, written(true));
		await drain(slow, asked);
		for (let newest; newest !== true;)
			newest = (await slow.event())[0].value; // before it, what was true while it still took something
	}));
