/** Nothing is left of connections and requests; `npm run soak` does the same with many more of them. */

import assert from "node:assert";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { withAccessory } from "./interop/accessory.mjs";
import { Bystander, Crowd } from "./interop/processes.mjs";
import { connections, counters, events, requests, settled } from "./interop/soak.mjs";

const WARM_UP = 200;
const CONNECTIONS = 800;
const REQUESTS = 1000;
const READS = 100;
/** Of the whole accessory, at rest. */
const TIMERS = 4;

/** Its session goes on reading; how fast is for `npm run soak` to say. */
async function bystand(port, pairing) {
	const bystander = new Bystander(port, pairing);
	await bystander.measured();
	const crowd = new Crowd(port, pairing, "all", 200);
	for (let reads = 0; reads < READS; reads += (await bystander.measured()).count)
		await sleep(100);
	assert.ok((await crowd.stop()).count > 0);
	await bystander.end();
}

test(`${CONNECTIONS} connections of every kind and ${REQUESTS} requests leave heap, descriptors and timers as they were`, () =>
	withAccessory(async (accessory) => {
		const pairing = await accessory.pairing();
		const session = await accessory.session(pairing);
		await events(accessory.port, pairing);
		await connections(accessory.port, pairing, WARM_UP);
		await requests([session], WARM_UP);
		await settled(accessory);
		const before = await counters(accessory);
		assert.ok(before.timers <= TIMERS, `${before.timers} timers`);
		await connections(accessory.port, pairing, CONNECTIONS);
		await bystand(accessory.port, pairing);
		await requests([session], REQUESTS);
		assert.deepStrictEqual(await settled(accessory, before), before);
		assert.doesNotMatch(accessory.output, /^fault:/m);
	}));
