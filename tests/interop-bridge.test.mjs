/** A bridge of 150 accessories, in the memory that one switch has, and its slow readings. */

import assert from "node:assert";
import { test } from "node:test";
import { build, canRun } from "../host/desktop/scripts/build.mjs";
import { withAccessory } from "./interop/accessory.mjs";
import { requestBytes } from "./interop/connection.mjs";

const BITS = canRun(32) ? 32 : 64;
const { provider } = build({ bits: BITS });
/** An ESP32's; tweetnacl takes half as much again. */
const BLOCK = (BITS === 32 ? 32768 : 65536) * (provider === "native" ? 1 : 1.5);
/** Slots of 64-bit machines have twice the size. */
const MOST_MORE = BITS === 32 ? 1024 : 2048;
const SESSIONS = 40;
const SLOT_BYTES = BITS / 2;
const SWITCH = "host/this-accessory";
const ALIKE = "tests/bridge/alike";
const THERMOMETER = 150;
const ON = 34;
const TEMPERATURE = 33;
const ACTIVE = 34;

function withBridge(accessory, body) {
	const parameters = ["--accessory", accessory, "--bits", String(BITS), "--heap", String(BLOCK)];
	return withAccessory(body, { starter: (fixed) => ["tests/interop/start-bridge.mjs", ...fixed], parameters });
}

const JSON_OF = ({ body }) => JSON.parse(body.toString());

/** Bytes of the block that were used at most, when a session has been served the whole database; without pair-setup, which takes more. */
async function peakOf(accessory, count) {
	let peak;
	await withBridge(accessory, async (running) => {
		const pairing = await running.pairing();
		await running.stop();
		await running.start();
		const session = await running.session(pairing);
		const answer = await session.request("GET", "/accessories");
		assert.strictEqual(answer.status, 200);
		assert.strictEqual(JSON_OF(answer).accessories.length, count);
		running.press("s");
		const heap = await running.line(/^heap: /);
		peak = BLOCK - Number(heap.match(/never used (\d+)/)[1]);
	});
	return peak;
}

for (const [what, bridge] of [["148 of which are declared once", ALIKE], ["each declared by itself", "tests/bench/bridge"]])
	test(`a bridge of 150 accessories, ${what}, is served in at most ${MOST_MORE} bytes more than a switch`, async (t) => {
		const [ofSwitch, ofBridge] = [await peakOf(SWITCH, 1), await peakOf(bridge, 150)];
		t.diagnostic(`the switch ${ofSwitch} bytes at most, the bridge ${ofBridge}`);
		assert.ok(ofBridge - ofSwitch <= MOST_MORE, `${ofBridge} bytes, where a switch takes ${ofSwitch}`);
	});

test("accessories alike are switched, subscribed to and shown one by one", () =>
	withBridge(ALIKE, async (accessory) => {
		const pairing = await accessory.pairing();
		const [one, other] = [await accessory.session(pairing), await accessory.session(pairing)];
		assert.strictEqual((await other.put(...[76, 77].map((aid) => ({ aid, iid: ON, ev: true })))).status, 204);
		assert.strictEqual((await one.put({ aid: 77, iid: ON, value: true })).status, 204);
		assert.deepStrictEqual(await other.event(), [{ aid: 77, iid: ON, value: true }]);
		const { accessories } = JSON_OF(await one.request("GET", "/accessories"));
		const valuesOf = (iid) =>
			accessories.slice(1, -1).map(({ services }) =>
				services.flatMap(({ characteristics }) => characteristics).find((characteristic) => characteristic.iid === iid).value
			);
		assert.deepStrictEqual(valuesOf(ON), Array.from({ length: 148 }, (_, at) => at + 2 === 77));
		assert.deepStrictEqual(valuesOf(5), Array.from({ length: 148 }, (_, at) => `Switch ${at + 1}`));
	}));

test("a reading that takes its time is waited for; one that never comes is -70408; the others are served meanwhile", () =>
	withBridge(ALIKE, async (accessory) => {
		const pairing = await accessory.pairing();
		const [one, other] = [await accessory.session(pairing), await accessory.session(pairing)];
		const id = (iid) => `${THERMOMETER}.${iid}`;
		const entry = (iid, more) => ({ aid: THERMOMETER, iid, ...more });
		const quick = JSON_OF(await one.request("GET", `/characteristics?id=${id(TEMPERATURE)}`));
		assert.deepStrictEqual(quick, { characteristics: [entry(TEMPERATURE, { value: 21.5 })] });
		const slow = one.request("GET", `/characteristics?id=${id(TEMPERATURE)},${id(ACTIVE)}`);
		const first = await Promise.race([slow, other.request("GET", `/characteristics?id=2.${ON}`)]);
		assert.deepStrictEqual(JSON_OF(first), { characteristics: [{ aid: 2, iid: ON, value: false }] });
		const answer = await slow;
		assert.strictEqual(answer.status, 207);
		const expected = [entry(TEMPERATURE, { value: 21.5, status: 0 }), entry(ACTIVE, { status: -70408 })];
		assert.deepStrictEqual(JSON_OF(answer), { characteristics: expected });
		assert.strictEqual((await one.request("GET", `/characteristics?id=2.${ON}`)).status, 200);
	}));

test("sessions that close while they wait leave nothing behind", () =>
	withBridge(ALIKE, async (accessory) => {
		const pairing = await accessory.pairing();
		const liveAfter = async (rounds) => {
			for (let round = 0; round < rounds; round++) {
				const session = await accessory.session(pairing);
				const number = (await accessory.line(/^verified: /)).match(/session \d+$/)[0];
				session.send(session.seal(requestBytes("GET", `/characteristics?id=${THERMOMETER}.${ACTIVE}`)));
				session.socket.resetAndDestroy(); // who only writes no more would be waited for
				await accessory.line(new RegExp(`^closed: ${number}$`));
			}
			accessory.press("s");
			return Number((await accessory.line(/^heap: /)).match(/^heap: (\d+) bytes live/)[1]);
		};
		const before = await liveAfter(20);
		const after = await liveAfter(SESSIONS);
		assert.ok(after - before < SESSIONS * SLOT_BYTES, `${before} bytes live, then ${after}`); // less than a slot for each
	}));
