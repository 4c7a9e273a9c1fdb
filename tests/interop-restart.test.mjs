/** What outlives a restart: who it is, whom it is paired with, where it listens. */

import assert from "node:assert";
import { test } from "node:test";
import { CODE, isOn, withAccessory } from "./interop/accessory.mjs";
import { MdnsListener } from "./interop/mdns.mjs";

/** Ends it as `signal` does, and starts it from the same folder. */
async function restart(accessory, signal) {
	await accessory.stop(signal);
	await accessory.start();
}

for (const signal of ["SIGTERM", "SIGINT"])
	test(`${signal} ends it with status 0, and device id, port and pairings are those of before`, () =>
		withAccessory(async (accessory) => {
			const keys = await accessory.pairing();
			const { deviceId, port } = accessory;
			assert.strictEqual(await accessory.stop(signal), 0);
			await accessory.start();
			assert.deepStrictEqual([accessory.deviceId, accessory.port], [deviceId, port]);
			await accessory.line(/^paired with 1 controller$/);
			const client = accessory.client(keys);
			await client.setCharacteristics({ "1.10": true });
			assert.strictEqual(await isOn(client), true);
			await client.close();
		}));

test("a restart changes neither c# nor sh, and sf is 0 from the start", async () => {
	const name = `restarts ${process.pid}`;
	const listener = await MdnsListener.open(name);
	try {
		await withAccessory(async (accessory) => {
			const before = await listener.status(1);
			await accessory.paired();
			await listener.status(0);
			await accessory.stop();
			await listener.next((record) => record.ttl === 0, "a goodbye");
			await accessory.start();
			const after = await listener.status(0);
			assert.deepStrictEqual(after, { ...before, sf: "0" });
		}, { name });
	}
	finally {
		listener.close();
	}
});

test("a pairing that was removed is not back after a restart", () =>
	withAccessory(async (accessory) => {
		const client = await accessory.paired();
		const keys = client.getLongTermData();
		await client.removePairing(Buffer.from(keys.iOSDevicePairingID, "hex"));
		await client.close();
		await restart(accessory);
		await assert.rejects(accessory.client(keys).getCharacteristics(["1.10"]), /M4: Error: 2/);
		await accessory.client().pairSetup(CODE);
	}));
