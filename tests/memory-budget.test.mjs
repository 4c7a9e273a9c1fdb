/**
 * The budgets of memory, in live bytes after a collection. Of a 32-bit machine, whose slots have 16 bytes as a chip's have; where no
 * program of 32 bits runs, of a 64-bit machine's slots at 16 bytes each.
 */

import assert from "node:assert";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { build, canRun } from "../host/desktop/scripts/build.mjs";
import { ON, withAccessory } from "./interop/accessory.mjs";
import { newController } from "./interop/session.mjs";

const SESSIONS = 8;
const PAIRINGS = 16;
const SLOT_BYTES = 16;

/** Paired and idle, before the first connection of a run and behind the last. */
const IDLE_BYTES = 6144;
const SESSION_BYTES = 1024;
const ALL_BYTES = 16384;
const BLOCK_BYTES = { 32: 32768, 64: 65536 };

/** Until the name is claimed and announced. */
const QUIET_MS = 4000;

const bits = canRun(32) ? 32 : 64;
const isPortable = build({ bits }).provider === "portable";

async function live(accessory) {
	accessory.press("s");
	const heap = await accessory.line(/^heap: /);
	const [slots, chunks] = heap.match(/\((\d+) slots of \d+, chunks (\d+)\)/).slice(1).map(Number);
	const [block] = heap.match(/\d+$/).map(Number);
	return { bytes: slots * SLOT_BYTES + chunks, block, heap };
}

async function addPairings(accessory) {
	const admin = await accessory.paired();
	const keys = admin.getLongTermData();
	for (let number = 2; number <= PAIRINGS; number++) {
		const id = `5B2E0B52-1C3D-4E5F-8A9B-${String(number).padStart(12, "0")}`;
		await admin.addPairing(id, Buffer.from(newController(keys, id).iOSDeviceLTPK, "hex"), false);
	}
	await admin.close();
	return keys;
}

test(
	`${PAIRINGS} pairings and ${SESSIONS} sessions keep to their budgets on a ${bits}-bit machine`,
	{ skip: isPortable },
	(t) =>
		withAccessory(async (accessory) => {
			const pairing = await addPairings(accessory);
			await accessory.stop();
			await accessory.start();
			await sleep(QUIET_MS);
			const idle = await live(accessory);
			assert.ok(idle.bytes <= IDLE_BYTES, `idle and paired: ${idle.heap}`);
			assert.strictEqual(idle.block, BLOCK_BYTES[bits]);

			const sessions = [];
			let last;
			for (let count = 1; count <= SESSIONS; count++) {
				const session = await accessory.session(pairing);
				sessions.push(session);
				assert.strictEqual((await session.put({ aid: 1, iid: Number(ON.split(".")[1]), ev: true })).status, 204);
				assert.strictEqual((await session.request("GET", "/accessories")).status, 200);
				const now = await live(accessory);
				t.diagnostic(`${count} sessions: ${now.heap}`);
				if (last)
					assert.ok(now.bytes - last.bytes <= SESSION_BYTES, `session ${count}: ${now.heap}`);
				last = now;
			}
			assert.ok(last.bytes <= ALL_BYTES, last.heap);
			accessory.press("s");
			for (let number = 0; number < SESSIONS; number++)
				t.diagnostic(await accessory.line(/^session \d+: /));
			await accessory.line(/^heap: /);

			for (const session of sessions)
				await session.close();
			await sleep(QUIET_MS / 2);
			const served = await live(accessory);
			t.diagnostic(`idle: ${idle.heap}`);
			t.diagnostic(`idle again: ${served.heap}`);
			assert.ok(served.bytes <= IDLE_BYTES, `idle again: ${served.heap}`);
		}, { parameters: ["--bits", String(bits)] }),
);
