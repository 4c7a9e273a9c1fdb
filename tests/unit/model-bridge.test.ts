/** A bridge of 150 accessories, most of which are alike: declared once, each with its aid, its values and its events. */

import { accessoriesJson } from "hap/model/accessories-json";
import { Characteristics, Services } from "hap/model/catalogue";
import { AccessoryDatabase, type Behaviour } from "hap/model/database";
import { type AccessoryDescription, defineAccessories } from "hap/model/define";
import { accessoryOf, aidAt, aidOf, characteristicAt, placeIn } from "hap/model/places";
import { type CharacteristicDefinition, HapStatus, type Value } from "hap/model/types";
import { textOf } from "tests/fakes/all-kinds";
import { equal, ok, same, test, throws } from "tests/harness";

const ALIKE = 140;
const FIRST_SINGLE = 500;

const INFORMATION = {
	type: Services.AccessoryInformation,
	characteristics: [
		{ info: Characteristics.Identify },
		{ info: Characteristics.Manufacturer, value: "hap-xs" },
		{ info: Characteristics.Model, value: "Bridge1,1" },
		{ info: Characteristics.Name, value: "Lamp" },
		{ info: Characteristics.SerialNumber, value: "1" },
		{ info: Characteristics.FirmwareRevision, value: "1.0.0" },
	],
};
const PROTOCOL = { type: Services.ProtocolInformation, characteristics: [{ info: Characteristics.Version, value: "1.1.0" }] };
const LAMP = {
	type: Services.Lightbulb,
	characteristics: [{ iid: 10, info: Characteristics.On }, { iid: 11, info: Characteristics.Brightness, value: 40 }],
};
const MOTION = { type: Services.MotionSensor, characteristics: [{ iid: 10, info: Characteristics.MotionDetected }] };

const BRIDGE: readonly AccessoryDescription[] = [
	{ aid: 1, services: [INFORMATION, PROTOCOL] },
	{ aid: 2, count: ALIKE, services: [INFORMATION, LAMP] },
	...Array.from({ length: 9 }, (_, i) => ({ aid: FIRST_SINGLE + i, services: [INFORMATION, MOTION] })),
];
const DEFINITION = defineAccessories(BRIDGE);

/** Lamps have their aid in their name. */
class Lamps implements Behaviour {
	readonly heard: string[] = [];

	read(aid: number, { info, value }: CharacteristicDefinition): Value | undefined {
		return info.type === "23" && value === "Lamp" ? `Lamp ${aid}` : undefined;
	}

	write(): HapStatus {
		return HapStatus.Success;
	}

	onChanged(aid: number, { iid }: CharacteristicDefinition, value: Value): void {
		this.heard.push(`${aid}.${iid}=${value}`);
	}

	onFault(error: unknown): void {
		throw error;
	}
}

function make(): { lamps: Lamps; database: AccessoryDatabase; } {
	const lamps = new Lamps();
	return { lamps, database: new AccessoryDatabase(DEFINITION, lamps) };
}

test("accessories alike are found by any of their aids, and only by those", () => {
	for (const aid of [2, 3, 100, 2 + ALIKE - 1])
		equal(accessoryOf(DEFINITION, aid)?.aid, 2, `aid ${aid}`);
	equal(accessoryOf(DEFINITION, FIRST_SINGLE + 8)?.aid, FIRST_SINGLE + 8);
	for (const aid of [0, 2 + ALIKE, FIRST_SINGLE - 1, FIRST_SINGLE + 9])
		equal(accessoryOf(DEFINITION, aid), undefined, `aid ${aid}`);
});

test("each value has a place of its own, those that notify first", () => {
	const places = new Set<number>();
	for (const accessory of DEFINITION.accessories)
		for (let { aid } = accessory; aid < accessory.aid + accessory.count; aid++)
			for (const { characteristics } of accessory.services)
				for (const characteristic of characteristics) {
					const place = placeIn(accessory, aid, characteristic, DEFINITION);
					equal(place < DEFINITION.events, characteristic.eventIndex >= 0);
					places.add(place);
				}
	equal(places.size, DEFINITION.events + DEFINITION.silents);
	equal(Math.max(...places), places.size - 1);
});

test("an event's number leads back to its accessory and its characteristic", () => {
	const { database } = make();
	equal(DEFINITION.events, 2 * ALIKE + 9);
	for (let index = 0; index < DEFINITION.events; index++) {
		const [aid, { iid }] = [aidAt(DEFINITION, index), characteristicAt(DEFINITION, index)];
		equal(database.eventIndex(aid, iid), index);
	}
	throws(() => characteristicAt(DEFINITION, DEFINITION.events), TypeError);
});

test("whose a characteristic is: of those alike, the first one's", () => {
	const [bridge, lamps, motion] = DEFINITION.accessories;
	for (const accessory of [bridge, lamps, motion])
		for (const { characteristics } of accessory.services)
			for (const characteristic of characteristics)
				equal(aidOf(DEFINITION, characteristic), accessory.aid);
});

test("accessories alike have values of their own", () => {
	const { lamps, database } = make();
	const on = database.find(50, 10)!;
	equal(database.write(50, on, true, {}), HapStatus.Success);
	database.update(51, 11, 70);
	same([49, 50, 51].map((aid) => database.lastValue(aid, on)), [false, true, false]);
	same([49, 50, 51].map((aid) => database.lastValue(aid, database.find(aid, 11)!)), [40, 40, 70]);
	same(lamps.heard, ["50.10=true", "51.11=70"]);
});

test("what does not notify has values of its own too", () => {
	const { database } = make();
	const name = DEFINITION.accessories[1].services[0].characteristics[4];
	database.update(60, name.iid, "A");
	same([59, 60, 61].map((aid) => database.lastValue(aid, name)), ["1", "A", "1"]);
});

test("GET /accessories shows every one of the 150, in the order of their aids, with what is its own", () => {
	const { database } = make();
	database.update(141, 10, true);
	const shown = JSON.parse(textOf(accessoriesJson(database))).accessories as {
		aid: number;
		services: { characteristics: { iid: number; value?: Value; }[]; }[];
	}[];
	equal(shown.length, 150);
	same(shown.map(({ aid }) => aid), BRIDGE.flatMap(({ aid, count = 1 }) => Array.from({ length: count }, (_, i) => aid + i)));
	same(shown[0].services.length, 2);
	for (const { aid, services: [information, lamp] } of shown.slice(1, 1 + ALIKE)) {
		equal(information.characteristics[3].value, `Lamp ${aid}`);
		equal(lamp.characteristics[0].value, aid === 141);
	}
});

test("150 accessories of which none is like another are as good", () => {
	const single = BRIDGE[2];
	const definition = defineAccessories([BRIDGE[0], ...Array.from({ length: 149 }, (_, i) => ({ ...single, aid: 1000 - i }))]);
	equal(definition.events, 149);
	for (let aid = 1000 - 148; aid <= 1000; aid++)
		equal(accessoryOf(definition, aid)?.aid, aid);
	ok(definition.accessories.every(({ aid }, at) => at === 0 || aid > definition.accessories[at - 1].aid));
});
