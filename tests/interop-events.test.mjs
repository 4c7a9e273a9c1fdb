/** Events: who hears of a change, who does not, when, and in which order. HAP R2 "Notifications"; EventedHTTPServer. */

import assert from "node:assert";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { nextEvent, ON, sharedAccessory } from "./interop/accessory.mjs";

/** A machine that stalls for longer than a window closes it; so often in a row none does. */
const ROUNDS = 5;
const QUIET_MS = 300;

let pairing;
const accessory = sharedAccessory(async (started) => {
	pairing = await started.pairing();
});

const on = (more) => ({ aid: 1, iid: 10, ...more });
const written = (value) => on({ value });

async function put(session, ...entries) {
	assert.strictEqual((await session.put(...entries)).status, 204);
}

/** Sessions that are subscribed to the switch, which is off. */
async function subscribed(count, body) {
	const sessions = [];
	try {
		for (let index = 0; index < count; index++)
			sessions.push(await accessory.session(pairing));
		await put(sessions[0], written(false));
		for (const session of sessions)
			await put(session, on({ ev: true }));
		await body(...sessions);
	}
	finally {
		for (const session of sessions)
			await session.close();
	}
}

/** A read brings a session no event; whatever was sent before its answer comes before it. */
async function eventsSoFar(session) {
	const { status } = await session.get("id=1.10");
	assert.strictEqual(status, 200);
	const events = [];
	while (session.hasEvent)
		events.push(await session.event());
	return events;
}

test("a change by one controller is heard by another", async () => {
	const [writer, listener] = [accessory.client(pairing), accessory.client(pairing)];
	await writer.setCharacteristics({ [ON]: false });
	await listener.subscribeCharacteristics([ON]);
	const event = nextEvent(listener);
	await writer.setCharacteristics({ [ON]: true });
	assert.deepStrictEqual(await event, { [ON]: true });
	await writer.close();
	await listener.close();
});

test("whoever made a change is not told of it", () =>
	subscribed(2, async (originator, other) => {
		await put(originator, written(true));
		assert.deepStrictEqual(await other.event(), [written(true)]);
		await put(other, written(false));
		assert.deepStrictEqual(await originator.event(), [written(false)]);
	}));

test("subscribing brings no event", () =>
	subscribed(1, async (session) => {
		await put(session, written(true));
		await put(session, on({ ev: false }));
		await put(session, on({ ev: true }));
		assert.deepStrictEqual(await eventsSoFar(session), []);
	}));

test("a write that changes nothing brings no event", () =>
	subscribed(2, async (writer, listener) => {
		await put(writer, written(false));
		await put(writer, written(true));
		assert.deepStrictEqual(await listener.event(), [written(true)]);
	}));

test("a session that never subscribed hears nothing", () =>
	subscribed(2, async (writer, listener) => {
		const silent = await accessory.session(pairing);
		await put(writer, written(true));
		assert.deepStrictEqual(await listener.event(), [written(true)]);
		assert.deepStrictEqual(await eventsSoFar(silent), []);
		await silent.close();
	}));

test("after an unsubscribe no event comes, not even one that was waiting", () =>
	subscribed(3, async (writer, leaver, listener) => {
		await put(writer, written(true));
		assert.deepStrictEqual(await leaver.event(), [written(true)]);
		assert.deepStrictEqual(await listener.event(), [written(true)]);
		await put(writer, written(false)); // waits for the end of the window
		await put(leaver, on({ ev: false }));
		await eventsSoFar(leaver); // a window may have ended before
		assert.deepStrictEqual(await listener.event(), [written(false)]);
		assert.deepStrictEqual(await eventsSoFar(leaver), []);
	}));

test("changes within a window come together, newest first, and none of them is lost", () =>
	subscribed(2, async (writer, listener) => {
		const shapes = [];
		for (let round = 0; round < ROUNDS; round++) {
			for (const value of [true, false, true, false])
				await put(writer, written(value));
			const events = [];
			while (events.flat().length < 4)
				events.push(await listener.event());
			const inOrder = events.flatMap((event) => event.toReversed()).map(({ value }) => value);
			assert.deepStrictEqual(inOrder, [true, false, true, false]);
			shapes.push(events.map((event) => event.length).join());
		}
		assert.ok(shapes.some((shape) => shape !== "1,1,1,1"), `each in a message of its own: ${shapes}`);
	}));

test("the first change after a quiet window does not wait for those that follow", () =>
	subscribed(2, async (writer, listener) => {
		const firsts = [];
		for (let round = 0; round < ROUNDS; round++) {
			for (const value of [true, false])
				await put(writer, written(value));
			const first = await listener.event();
			firsts.push(first.length);
			if (first.length === 1)
				await listener.event();
			await quietWindow(writer, listener);
		}
		assert.ok(firsts.includes(1), `every first event waited: ${firsts}`);
	}));

/** Longer than the window that the last event opened. */
async function quietWindow(writer, listener) {
	await sleep(QUIET_MS);
	assert.deepStrictEqual(await eventsSoFar(listener), []);
	assert.deepStrictEqual(await eventsSoFar(writer), []);
}

test("a press of the button is heard by every subscriber", () =>
	subscribed(2, async (one, other) => {
		accessory.press(" ");
		assert.deepStrictEqual(await one.event(), [written(true)]);
		assert.deepStrictEqual(await other.event(), [written(true)]);
		await accessory.line(/^switched on by hand$/);
	}));

test("a press of the button is heard by two of hap-controller's clients", async () => {
	const clients = [accessory.client(pairing), accessory.client(pairing)];
	await clients[0].setCharacteristics({ [ON]: false });
	for (const client of clients)
		await client.subscribeCharacteristics([ON]);
	const events = clients.map((client) => nextEvent(client));
	accessory.press(" ");
	for (const event of events)
		assert.deepStrictEqual(await event, { [ON]: true });
	for (const client of clients)
		await client.close();
});

test("an event is EVENT/1.0 200 OK with a length and HAP's JSON", () =>
	subscribed(2, async (writer, listener) => {
		await put(writer, written(true));
		const { protocol, status, headers } = await listener.next();
		assert.deepStrictEqual([protocol, status, headers["content-type"]], ["EVENT", 200, "application/hap+json"]);
		assert.ok(Number(headers["content-length"]) > 0);
	}));
