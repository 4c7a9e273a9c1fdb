/** How an accessory becomes free again, and what it says of itself then: the last admin goes, or a person resets it. */

import assert from "node:assert";
import { test } from "node:test";
import { IPDiscovery } from "hap-controller";
import { CODE, isOn, withAccessory } from "./interop/accessory.mjs";
import { MdnsListener } from "./interop/mdns.mjs";
import { newController } from "./interop/session.mjs";

const ID = "5B2E0B52-1C3D-4E5F-8A9B-000000000003";
/** One name for each test: nobody else on loopback has it. */
const nameOf = (what) => `${what} ${process.pid}`;

/** Runs `body` with an accessory and a listener that hears what it says. */
async function withDiscovery(what, body) {
	const name = nameOf(what);
	const listener = await MdnsListener.open(name);
	try {
		await withAccessory((accessory) => body(accessory, listener, name), { name });
	}
	finally {
		listener.close();
	}
}

async function remove(client, pairing) {
	await client.removePairing(Buffer.from(pairing.iOSDevicePairingID, "hex"));
	await client.close();
}

test("it says what HAP asks of a TXT record, and where it listens", () =>
	withDiscovery("describes", async (accessory, listener) => {
		const { sh, ...text } = await listener.status(1);
		const expected = { "c#": "1", ff: "0", id: accessory.deviceId, md: "Switch1,1", pv: "1.1", "s#": "1", sf: "1", ci: "8" };
		assert.deepStrictEqual(text, expected);
		assert.strictEqual(Buffer.from(sh, "base64").length, 4);
		listener.ask();
		const { port } = await listener.next((record) => record.ttl > 0 && record.port !== undefined, "SRV");
		assert.strictEqual(port, accessory.port);
	}));

test("hap-controller finds it, and pairs with what it found", () =>
	withDiscovery("found", async (accessory, _listener, name) => {
		const discovery = new IPDiscovery("127.0.0.1");
		const found = new Promise((resolve) => discovery.on("serviceUp", (service) => service.name === name && resolve(service)));
		discovery.start();
		try {
			const service = await found;
			assert.deepStrictEqual([service.id, service.port, service.availableToPair], [accessory.deviceId, accessory.port, true]);
			const client = accessory.client();
			await client.pairSetup(CODE, await discovery.getPairMethod(service));
			assert.strictEqual(await isOn(client), false);
			await client.close();
		}
		finally {
			discovery.stop();
		}
	}));

test("sf is 1 when it is new, 0 when it is paired, 1 when its last admin has gone; then it pairs again", () =>
	withDiscovery("unpairs", async (accessory, listener) => {
		await listener.status(1);
		const client = await accessory.paired();
		await listener.status(0);
		await remove(client, client.getLongTermData());
		const text = await listener.status(1);
		assert.strictEqual(text.id, accessory.deviceId);
		const again = await accessory.paired();
		await listener.status(0);
		assert.strictEqual(await isOn(again), false);
		await again.close();
	}));

test("when the last admin goes, those that are no admins go too, and so do their sessions", () =>
	withAccessory(async (accessory) => {
		const admin = await accessory.paired();
		const keys = admin.getLongTermData();
		const user = newController(keys, ID);
		await admin.addPairing(ID, Buffer.from(user.iOSDeviceLTPK, "hex"), false);
		const session = await accessory.session(user);
		await remove(admin, keys);
		await session.ended();
		await assert.rejects(accessory.client(user).getCharacteristics(["1.10"]), /M4: Error: 2/);
		const again = await accessory.paired();
		assert.strictEqual(await isOn(again), false);
		await again.close();
	}));

test("another admin keeps it paired", () =>
	withAccessory(async (accessory) => {
		const first = await accessory.paired();
		const keys = first.getLongTermData();
		const second = newController(keys, ID);
		await first.addPairing(ID, Buffer.from(second.iOSDeviceLTPK, "hex"), true);
		await remove(first, keys);
		await assert.rejects(accessory.client().pairSetup(CODE), /M2: Error: 6/);
		const client = accessory.client(second);
		assert.strictEqual(await isOn(client), false);
		await client.close();
	}));

test("a person who resets it (r, y) unpairs it: sessions end, sf is 1, and it pairs again", () =>
	withDiscovery("resets", async (accessory, listener) => {
		const keys = await accessory.pairing();
		const session = await accessory.session(keys);
		await listener.status(0);
		accessory.press("r");
		await accessory.line(/^reset: all pairings are removed/);
		accessory.press("y");
		await session.ended();
		await listener.status(1);
		await assert.rejects(accessory.client(keys).getCharacteristics(["1.10"]), /M4: Error: 2/);
		const again = await accessory.paired();
		await listener.status(0);
		await again.close();
	}));

test("a person who thinks better of it (r, n) resets nothing", () =>
	withAccessory(async (accessory) => {
		const session = await accessory.session(await accessory.pairing());
		accessory.press("r");
		await accessory.line(/^reset: all pairings are removed/);
		accessory.press("n");
		await accessory.line(/^not reset$/);
		assert.strictEqual((await session.get("id=1.10")).status, 200);
		await session.close();
	}));

test("it says goodbye when it is stopped", () =>
	withDiscovery("leaves", async (accessory, listener) => {
		await listener.status(1);
		assert.strictEqual(await accessory.stop(), 0);
		await listener.next((record) => record.ttl === 0, "a goodbye");
	}));
