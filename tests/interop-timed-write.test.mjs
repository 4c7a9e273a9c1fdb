/** PUT /prepare and the write that it announces. HAP R2 "Timed Write Procedures". */

import assert from "node:assert";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sharedAccessory } from "./interop/accessory.mjs";

const LONG_MS = 60000;
let pairing;
let session;
const accessory = sharedAccessory(async (started) => {
	pairing = await started.pairing();
	session = await started.session(pairing);
});

function prepare(body) {
	return session.request("PUT", "/prepare", JSON.stringify(body));
}

/** Answers the status of the write: 0 when it was done. */
async function writeOn(value, pid, by = session) {
	const { status, body } = await by.request(
		"PUT",
		"/characteristics",
		JSON.stringify({ characteristics: [{ aid: 1, iid: 10, value }], pid }),
	);
	return status === 204 ? 0 : JSON.parse(body).characteristics[0].status;
}

async function isOn() {
	const { body } = await session.get("id=1.10");
	return JSON.parse(body).characteristics[0].value;
}

async function prepared(pid, ttl) {
	const { status, body } = await prepare({ ttl, pid });
	assert.strictEqual(status, 200);
	assert.deepStrictEqual(JSON.parse(body), { status: 0 });
}

test("a prepared write in time is done", async () => {
	await prepared(11, LONG_MS);
	assert.strictEqual(await writeOn(true, 11), 0);
	assert.strictEqual(await isOn(), true);
	assert.strictEqual(await writeOn(false), 0);
});

test("a prepared write that comes too late is -70410, and nothing is written", async () => {
	await prepared(12, 1);
	await sleep(100); // the time to live is over
	assert.strictEqual(await writeOn(true, 12), -70410);
	assert.strictEqual(await isOn(), false);
});

test("a pid is good for one write", async () => {
	await prepared(13, LONG_MS);
	assert.strictEqual(await writeOn(false, 13), 0);
	assert.strictEqual(await writeOn(true, 13), -70410);
	assert.strictEqual(await isOn(), false);
});

test("a pid that was never prepared is -70410", async () => {
	assert.strictEqual(await writeOn(true, 14), -70410);
	await prepared(15, LONG_MS);
	assert.strictEqual(await writeOn(true, 16), -70410);
	assert.strictEqual(await isOn(), false);
});

test("a pid is the session's that prepared it", async () => {
	const other = await accessory.session(pairing);
	await prepared(17, LONG_MS);
	assert.strictEqual(await writeOn(true, 17, other), -70410);
	assert.strictEqual(await writeOn(true, 17), 0);
	assert.strictEqual(await writeOn(false), 0);
	await other.close();
});

test("the pid of a 64-bit controller is taken", async () => {
	const pid = Number.MAX_SAFE_INTEGER;
	await prepared(pid, LONG_MS);
	assert.strictEqual(await writeOn(false, pid), 0);
});

for (
	const [name, body] of [["ttl 0", { ttl: 0, pid: 1 }], ["no ttl", { pid: 1 }], ["no pid", { ttl: 1000 }], ["a text", {
		ttl: "1000",
		pid: 1,
	}], ["a list", [1, 2]]]
)
	test(`prepare with ${name} is 400`, async () => {
		assert.strictEqual((await prepare(body)).status, 400);
	});
