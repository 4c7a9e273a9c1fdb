/** A real controller pairs with the accessory that npm start runs: pair-setup, pair-verify, pairings. */

import assert from "node:assert";
import { test } from "node:test";
import { isOn, withAccessory } from "./interop/accessory.mjs";

test("a controller pairs, lists the database and is known", () =>
	withAccessory(async (accessory) => {
		const client = await accessory.paired();
		const { accessories } = await client.getAccessories();
		const types = accessories[0].services.map(({ type }) => type.replace(/^0+([0-9A-F]+)-0000-1000-8000-0026BB765291$/, "$1"));
		assert.deepStrictEqual(types, ["3E", "A2", "49"]);
		assert.strictEqual(await isOn(client), false);
		await client.close();
	}));
