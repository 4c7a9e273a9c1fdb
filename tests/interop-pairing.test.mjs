/** A real controller pairs with the accessory that npm start runs: pair-setup, pair-verify, identify. */

import assert from "node:assert";
import { test } from "node:test";
import { CODE, isOn, withAccessory } from "./interop/accessory.mjs";
import { encodeTlv, pairingAnswer, PairingError, Tlv } from "./interop/tlv.mjs";

const WRONG_CODE = "482-15-937";
const PAIR_SETUP_M1 = encodeTlv([[Tlv.State, 1], [Tlv.Method, 0]]);
/** hap-controller writes the short types of HAP out. */
const longType = (short) => `${short.padStart(8, "0")}-0000-1000-8000-0026BB765291`;

test("a controller pairs, lists the database and is known", () =>
	withAccessory(async (accessory) => {
		const client = await accessory.paired();
		const { accessories } = await client.getAccessories();
		assert.deepStrictEqual(accessories.map(({ aid }) => aid), [1]);
		const types = accessories[0].services.map(({ type }) => type).sort();
		assert.deepStrictEqual(types, ["3E", "49", "A2"].map(longType).sort());
		assert.strictEqual(await isOn(client), false);
		await client.close();
	}));

test("pair-setup without authentication (method 0) pairs too", () =>
	withAccessory(async (accessory) => {
		const client = accessory.client();
		await client.pairSetup(CODE, 0);
		assert.strictEqual(await isOn(client), false);
		await client.close();
	}));

test("a wrong code is refused, and the right one works after it", () =>
	withAccessory(async (accessory) => {
		const client = accessory.client();
		await assert.rejects(client.pairSetup(WRONG_CODE), { message: `M4: Error: ${PairingError.Authentication}` });
		await client.pairSetup(CODE);
		assert.strictEqual(await isOn(client), false);
		await client.close();
	}));

test("a paired accessory is unavailable to another controller", () =>
	withAccessory(async (accessory) => {
		const first = await accessory.paired();
		await assert.rejects(accessory.client().pairSetup(CODE), { message: `M2: Error: ${PairingError.Unavailable}` });
		assert.strictEqual(await isOn(first), false);
		await first.close();
	}));

test("of two controllers that pair at once the second is told Busy, and the first goes on", () =>
	withAccessory(async (accessory) => {
		const [first, second] = [accessory.client(), accessory.client()];
		const begun = await first.startPairing();
		await assert.rejects(second.startPairing(), { message: `M2: Error: ${PairingError.Busy}` });
		await first.finishPairing(begun, CODE);
		assert.strictEqual(await isOn(first), false);
		await first.close();
	}));

test("a controller that hangs up in the middle of pair-setup leaves it free", () =>
	withAccessory(async (accessory) => {
		const first = await accessory.connect();
		assert.deepStrictEqual(pairingAnswer(await first.pairing("/pair-setup", PAIR_SETUP_M1)), { state: 2, error: undefined });
		await first.close();
		await accessory.line(/^closed: session/);
		const client = await accessory.paired();
		assert.strictEqual(await isOn(client), false);
		await client.close();
	}));

test("the one who pairs may begin again on the same connection", () =>
	withAccessory(async (accessory) => {
		const connection = await accessory.connect();
		for (let times = 0; times < 3; times++)
			assert.deepStrictEqual(pairingAnswer(await connection.pairing("/pair-setup", PAIR_SETUP_M1)), { state: 2, error: undefined });
		await connection.close();
	}));

test("a controller pairs while four other connections are open, one of them in the middle of a request", () =>
	withAccessory(async (accessory) => {
		const others = await Promise.all([0, 1, 2, 3].map(() => accessory.connect()));
		others[0].send(Buffer.from("POST /pair-setup HTTP/1.1\r\nContent-Length: 6\r\n\r\n\0"));
		const client = await accessory.paired();
		assert.strictEqual(await isOn(client), false);
		for (const other of others)
			assert.strictEqual((await (other === others[0] ? finish(other) : other.request("GET", "/accessories"))).status, 470);
		await client.close();
	}));

/** The rest of that request, whose bytes are no pairing message, then one that a stranger may not make. */
async function finish(connection) {
	connection.send(Buffer.alloc(5));
	assert.strictEqual((await connection.next()).status, 400);
	return connection.request("GET", "/accessories");
}

test("identify is for strangers while the accessory is not paired", () =>
	withAccessory(async (accessory) => {
		const stranger = await accessory.connect();
		assert.strictEqual((await stranger.request("POST", "/identify")).status, 204);
		await accessory.line(/^identify$/);
		const client = await accessory.paired();
		const refused = await stranger.request("POST", "/identify");
		assert.strictEqual(refused.status, 400);
		assert.deepStrictEqual(JSON.parse(refused.body), { status: -70401 });
		await assert.rejects(accessory.client().identify(), { message: "Identify failed with status 400" });
		await client.close();
	}));
