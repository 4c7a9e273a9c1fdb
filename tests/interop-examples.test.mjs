/** Each folder of examples/ does with a controller what its first line says. */

import assert from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "../host/desktop/scripts/paths.mjs";
import { nextEvent, withAccessory } from "./interop/accessory.mjs";

const FOLDER = join(root, "examples");
const MAX_LINES = 60;
const EVENT_MS = 20_000;
/** In which a kettle takes a watt hour. */
const METER_MS = 2000;

/** HAP R2's short UUIDs, and Eve's. */
const Type = {
	Brightness: "8",
	ContactSensorState: "6A",
	CurrentRelativeHumidity: "10",
	CurrentTemperature: "11",
	Name: "23",
	On: "25",
	OutletInUse: "26",
	ProgrammableSwitchEvent: "73",
	Watts: "E863F10D-079E-48FF-8F27-9C2605A29F52",
	KilowattHours: "E863F10C-079E-48FF-8F27-9C2605A29F52",
};

/** hap-controller shows short UUIDs in full. */
const isOfType = (type) => (characteristic) =>
	characteristic.type === (type.length > 8 ? type : `${type.padStart(8, "0")}-0000-1000-8000-0026BB765291`);

/**
 * A paired controller and the accessories that it sees. It writes over another connection than the one that it hears events on:
 * hap-controller 0.10.2 loses an answer that comes in one piece with an event.
 */
class Home {
	constructor(accessory, client, accessories) {
		const writer = accessory.client(client.getLongTermData());
		Object.assign(this, { accessory, client, accessories, writer });
	}

	async close() {
		await this.writer.close();
		await this.client.close();
	}

	/** aid.iid of the one characteristic of a type, in an accessory. */
	idOf(type, aid = 1) {
		const { services } = this.accessories.find((candidate) => candidate.aid === aid);
		const found = services.flatMap(({ characteristics }) => characteristics).filter(isOfType(type));
		assert.ok(found.length > 0, `no characteristic ${type}`);
		return `${aid}.${found.at(-1).iid}`;
	}

	async value(type, aid) {
		const { characteristics } = await this.client.getCharacteristics([this.idOf(type, aid)]);
		return characteristics[0].value;
	}

	write(type, value, aid) {
		return this.writer.setCharacteristics({ [this.idOf(type, aid)]: value });
	}

	/** What the first event after `act` says of a type. */
	async event(type, act, aid) {
		const event = this.#next(this.idOf(type, aid));
		await act();
		return event;
	}

	/** Others may come before it. */
	async #next(id) {
		for (;;) {
			const values = await nextEvent(this.client, EVENT_MS);
			if (id in values)
				return values[id];
		}
	}

	press() {
		return this.accessory.press(" ");
	}
}

/** aid.iid of everything that notifies. */
function notifyingOf(accessories) {
	return accessories.flatMap(({ aid, services }) =>
		services.flatMap(({ characteristics }) => characteristics)
			.filter(({ perms }) => perms.includes("ev"))
			.map(({ iid }) => `${aid}.${iid}`)
	);
}

function withExample(name, body) {
	return withAccessory(async (accessory) => {
		const client = await accessory.paired();
		const { accessories } = await client.getAccessories();
		await client.subscribeCharacteristics(notifyingOf(accessories));
		const home = new Home(accessory, client, accessories);
		try {
			await body(home);
		}
		finally {
			await home.close();
		}
	}, { parameters: ["--no-discovery", "--example", name] });
}

const TESTS = {
	switch: async (home) => {
		await home.write(Type.On, true);
		assert.strictEqual(Boolean(await home.value(Type.On)), true);
		assert.strictEqual(Boolean(await home.event(Type.On, () => home.press())), false);
	},

	outlet: async (home) => {
		assert.strictEqual(await home.value(Type.Watts), 0);
		assert.strictEqual(Boolean(await home.value(Type.OutletInUse)), true);
		assert.strictEqual(await home.event(Type.Watts, () => home.write(Type.On, true)), 2000);
		await sleep(METER_MS);
		await home.write(Type.On, false);
		assert.strictEqual(await home.value(Type.Watts), 0);
		const used = await home.value(Type.KilowattHours);
		assert.ok(used > 0, `${used} kWh`);
	},

	lamp: async (home) => {
		await home.write(Type.On, true);
		await home.accessory.line(/^pin 2: █+ 100 %$/);
		await home.write(Type.Brightness, 50);
		await home.accessory.line(/^pin 2: █+░+ 25 %$/);
		await home.write(Type.On, false);
		await home.accessory.line(/^pin 2: ░+ 0 %$/);
		assert.strictEqual(await home.value(Type.Brightness), 50);
		const refused = await home.write(Type.Brightness, 101);
		assert.strictEqual(refused.characteristics[0].status, -70410); // HAP R2: invalid value
	},

	climate: async (home) => {
		assert.strictEqual(await home.value(Type.CurrentTemperature), 21);
		assert.strictEqual(await home.value(Type.CurrentRelativeHumidity), 45);
		assert.strictEqual(await home.event(Type.CurrentTemperature, () => home.press()), 23);
		assert.strictEqual(await home.value(Type.CurrentRelativeHumidity), 65);
	},

	contact: async (home) => {
		assert.strictEqual(await home.value(Type.ContactSensorState), 1);
		assert.strictEqual(await home.event(Type.ContactSensorState, () => home.press()), 0);
	},

	doorbell: async (home) => {
		assert.strictEqual(await home.value(Type.ProgrammableSwitchEvent), null);
		assert.strictEqual(await home.event(Type.ProgrammableSwitchEvent, () => home.press()), 0);
		assert.strictEqual(await home.event(Type.ProgrammableSwitchEvent, () => home.press()), 0);
	},

	bridge: async (home) => {
		const names = await Promise.all([1, 2, 3, 4].map((aid) => home.value(Type.Name, aid)));
		assert.deepStrictEqual(names, ["Cellar", "Pump", "Fan", "Cellar Door"]);
		await home.write(Type.On, true, 2);
		assert.strictEqual(Boolean(await home.value(Type.On, 2)), true);
		assert.strictEqual(Boolean(await home.value(Type.On, 3)), false);
		assert.strictEqual(await home.event(Type.ContactSensorState, () => home.press(), 4), 1);
	},
};

const EXAMPLES = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

for (const name of EXAMPLES) {
	test(`${name} with a controller`, { timeout: 60_000 }, () => withExample(name, TESTS[name]));

	test(`${name} is one page`, () => {
		const lines = readFileSync(join(FOLDER, name, "main.ts"), "utf8").trimEnd().split("\n");
		assert.ok(lines.length < MAX_LINES, `${lines.length} lines`);
		assert.deepStrictEqual(readdirSync(join(FOLDER, name)).sort(), ["main.ts", "manifest.json"]);
	});
}
