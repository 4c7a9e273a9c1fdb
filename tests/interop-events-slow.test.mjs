/** Events for subscribers that read slowly, or not at all: HAP R2 "Notifications"; */

import assert from "node:assert";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sharedAccessory } from "./interop/accessory.mjs";
import { flood } from "./interop/flood.mjs";

const DEAF = 4;
/** More than the ring of changes keeps. */
const CHANGES = 40;

let pairing;
const accessory = sharedAccessory(async (started) => {
	pairing = await started.pairing();
});

const on = (more) => ({ aid: 1, iid: 10, ...more });

async function put(session, ...entries) {
	assert.strictEqual((await session.put(...entries)).status, 204);
}

/** Runs `body` with a writer, a listener that reads at once, and `count` sessions more; all but the writer are subscribed to the switch, which is off. */
async function withSubscribers(count, body) {
	const sessions = [];
	try {
		for (let index = 0; index < count + 2; index++)
			sessions.push(await accessory.session(pairing));
		const [writer, ...subscribers] = sessions;
		await put(writer, on({ value: false }));
		for (const subscriber of subscribers)
			await put(subscriber, on({ ev: true }));
		await body(writer, ...subscribers);
	}
	finally {
		for (const session of sessions)
			await session.close();
	}
	assert.doesNotMatch(accessory.output, /^fault:/m);
}

/** Writes `value`, which the listener hears at last, although others do not read. */
async function change(writer, listener, value) {
	await put(writer, on({ value }));
	await hears(listener, value);
}

/** What it is told in the end; before that it may be told what was true for a while. */
async function hears(session, value) {
	for (let heard; heard !== value;)
		heard = (await session.event())[0].value;
}

/** The values of an event's list as they came to be, oldest first. */
const valuesOf = ({ body }) => JSON.parse(body).characteristics.map(({ value }) => value).toReversed();

test("a subscriber that reads little by little finds no event inside an answer, and the newest value at the end", () =>
	withSubscribers(1, async (writer, listener, slow) => {
		const asked = await flood(slow);
		const messages = [];
		let answered = 0;
		let isOn = false;
		for (let reads = 0; answered < asked; reads++) {
			slow.socket.resume();
			await sleep(1);
			slow.socket.pause();
			isOn = reads % 2 === 0;
			await put(writer, on({ value: isOn }));
			while (slow.waiting.length > 0) {
				messages.push(await slow.next()); // which throws on bytes that are no whole message
				answered += messages.at(-1).protocol === "HTTP" ? 1 : 0;
			}
		}
		slow.socket.resume();
		const events = messages.filter(({ protocol }) => protocol === "EVENT");
		while (events.length === 0 || valuesOf(events.at(-1)).at(-1) !== isOn)
			events.push(await slow.next());
		const answers = messages.filter(({ protocol }) => protocol === "HTTP");
		assert.ok(answers.every(({ status, body }) => status === 200 && JSON.parse(body).accessories.length === 1));
		assert.ok(events.every((event) => valuesOf(event).length > 0), "no event is empty");
		assert.strictEqual(listener.isClosed, false);
	}));

test("subscribers that read nothing at all delay nobody, and get the newest value when they read", () =>
	withSubscribers(DEAF, async (writer, listener, ...deaf) => {
		const asked = [];
		for (const session of deaf)
			asked.push(await flood(session));
		for (let number = 1; number <= CHANGES; number++)
			await put(writer, on({ value: number % 2 === 1 }));
		await change(writer, listener, true);
		for (const [index, session] of deaf.entries()) {
			session.socket.resume();
			for (let answered = 0; answered < asked[index]; answered++)
				assert.strictEqual((await session.response()).status, 200);
			await hears(session, true);
		}
	}));

test("a subscriber that unsubscribes and reads nothing is told nothing of what changed before its request was answered", () =>
	withSubscribers(1, async (writer, listener, deaf) => {
		const asked = await flood(deaf);
		await change(writer, listener, true);
		deaf.send(
			deaf.seal(
				Buffer.from(
					`PUT /characteristics HTTP/1.1\r\nContent-Length: 51\r\n\r\n${JSON.stringify({ characteristics: [on({ ev: false })] })}`,
				),
			),
		);
		deaf.socket.resume();
		for (let answered = 0; answered < asked; answered++)
			assert.strictEqual((await deaf.response()).status, 200);
		assert.strictEqual((await deaf.response()).status, 204);
		await change(writer, listener, false);
		assert.strictEqual((await deaf.get("id=1.10")).status, 200);
		assert.strictEqual(deaf.hasEvent, false);
	}));

test("a subscriber that reads nothing and leaves is missed by nobody", () =>
	withSubscribers(1, async (writer, listener, deaf) => {
		await flood(deaf);
		await change(writer, listener, true);
		deaf.socket.resetAndDestroy();
		await accessory.line(/^closed: session/);
		await change(writer, listener, false);
	}));
