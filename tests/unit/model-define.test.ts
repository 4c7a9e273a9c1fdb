import { Characteristics, Services, type ValueOf } from "hap/model/catalogue";
import { type AccessoryDescription, type CharacteristicDescription, defineAccessories, DefinitionError } from "hap/model/define";
import { Format, Perms } from "hap/model/types";
import { ALL_KINDS, Kind } from "tests/fakes/all-kinds";
import { equal, ok, same, test, throws } from "tests/harness";

const [FIRST, OTHER] = ALL_KINDS;
const SWITCH = { type: "25", format: Format.Bool, perms: Perms.PairedRead | Perms.Notify };

function withServices(...services: AccessoryDescription["services"]): AccessoryDescription {
	return { aid: FIRST.aid, services: [...FIRST.services, ...services] };
}

function characteristics(count: number, from = 1000): CharacteristicDescription[] {
	return Array.from({ length: count }, (_, i) => ({ iid: from + i, info: SWITCH }));
}

function withValue(value: boolean | number | string, info: CharacteristicDescription["info"]): AccessoryDescription {
	return withServices({ iid: 900, type: "49", characteristics: [{ iid: 901, info, value }] });
}

function without(row: Characteristics): AccessoryDescription {
	return {
		aid: 1,
		services: FIRST.services.map((service) => ({
			...service,
			characteristics: service.characteristics.filter(({ info }) => info !== row),
		})),
	};
}

function bridge(count: number): AccessoryDescription[] {
	return Array.from({ length: count }, (_, i) => ({ aid: i + 1, services: [OTHER.services[0]] }));
}

test("a definition keeps every accessory, service and characteristic in its order", () => {
	const { accessories } = defineAccessories(ALL_KINDS);
	same(accessories.map(({ aid }) => aid), [1, 2]);
	same(accessories[0].services.map(({ iid }) => iid), [1, 10, 20, 40]);
	same(accessories[0].services[0].characteristics.map(({ iid }) => iid), [2, 3, 4, 5, 6, 7]);
});

test("characteristics that notify are numbered, the others have -1", () => {
	const { accessories, notifying } = defineAccessories(ALL_KINDS);
	const all = accessories.flatMap(({ aid, services }) =>
		services.flatMap((service) => service.characteristics.map((characteristic) => ({ aid, characteristic })))
	);
	for (const { characteristic } of all)
		equal(characteristic.eventIndex >= 0, (characteristic.info.perms & Perms.Notify) !== 0, `iid ${characteristic.iid}`);
	notifying.forEach(({ aid, characteristic }, index) => {
		equal(characteristic.eventIndex, index);
		ok(all.some((other) => other.aid === aid && other.characteristic === characteristic));
	});
	equal(notifying.length, all.filter(({ characteristic }) => characteristic.eventIndex >= 0).length);
});

test("a definition cannot be changed", () => {
	const { accessories } = defineAccessories(ALL_KINDS);
	throws(() => {
		(accessories[0].services[2].characteristics[0] as { iid: number; }).iid = 5;
	}, TypeError);
});

test("the most that there may be is taken", () => {
	equal(defineAccessories(bridge(150)).accessories.length, 150);
	defineAccessories([withServices({ iid: 900, type: "49", characteristics: characteristics(100) })]);
	const services = Array.from({ length: 96 }, (_, i) => ({ iid: 1000 + i, type: "49", characteristics: [] }));
	defineAccessories([withServices(...services)]);
	defineAccessories([withValue("a".repeat(256), { type: "1", format: Format.String, perms: Perms.PairedRead, maxLen: 256 })]);
});

/** HAP R2 "Accessory Objects", and the limits of hap.md section 3. */
for (
	const [what, make] of [
		["no accessory", () => []],
		["no accessory 1", () => [OTHER]],
		["an aid twice", () => [FIRST, FIRST]],
		["an aid of 0", () => [FIRST, { ...OTHER, aid: 0 }]],
		["an aid that is no integer", () => [FIRST, { ...OTHER, aid: 2.5 }]],
		["151 accessories", () => bridge(151)],
		["101 services", () => [withServices(...Array.from({ length: 97 }, (_, i) => ({ iid: 1000 + i, type: "49", characteristics: [] })))]],
		["101 characteristics of a service", () => [withServices({ iid: 900, type: "49", characteristics: characteristics(101) })]],
		["an iid of 0", () => [withServices({ iid: 0, type: "49", characteristics: [] })]],
		["an iid twice in a service", () => [withServices({ iid: 900, type: "49", characteristics: [{ iid: 900, info: SWITCH }] })]],
		["an iid twice in an accessory", () => [withServices({ iid: Kind.Bool, type: "49", characteristics: [] })]],
		["strings longer than 256", () => [withValue("", { type: "1", format: Format.String, perms: Perms.PairedRead, maxLen: 257 })]],
		["a value longer than 256", () => [withValue("a".repeat(257), { type: "1", format: Format.String, perms: Perms.PairedRead })]],
		["a first value above the maximum", () => [withValue(11, { type: "1", format: Format.Int, perms: Perms.PairedRead, maxValue: 10 })]],
		["a first value of another kind", () => [withValue(5, SWITCH)]],
	] as const
)
	test(`${what} is no definition`, () => throws(() => defineAccessories(make() as AccessoryDescription[]), DefinitionError));

for (
	const [name, row] of [
		["Identify", Characteristics.Identify],
		["Manufacturer", Characteristics.Manufacturer],
		["Model", Characteristics.Model],
		["Name", Characteristics.Name],
		["SerialNumber", Characteristics.SerialNumber],
		["FirmwareRevision", Characteristics.FirmwareRevision],
	] as const
)
	test(`an accessory without ${name} is no definition`, () => throws(() => defineAccessories([without(row)]), DefinitionError));

function lightbulb(...rows: Characteristics[]): AccessoryDescription {
	const characteristics = rows.map((info, at) => ({ iid: 901 + at, info }));
	return withServices({ iid: 900, type: Services.Lightbulb, characteristics });
}

test("a service of the catalogue needs the characteristics that the catalogue says", () => {
	defineAccessories([lightbulb(Characteristics.On)]);
	defineAccessories([lightbulb(Characteristics.Brightness, Characteristics.On)]);
	throws(() => defineAccessories([lightbulb(Characteristics.Brightness)]), DefinitionError);
});

test("rows of the catalogue become what the table says, once for all who have it", () => {
	const [first, second] = defineAccessories([lightbulb(Characteristics.On, Characteristics.Brightness), OTHER]).accessories;
	const [{ type, characteristics: [on, brightness] }] = first.services.slice(-1);
	equal(type, "43");
	const perms = Perms.PairedRead | Perms.PairedWrite | Perms.Notify;
	same(on.info, { type: "25", format: Format.Bool, perms });
	same(brightness.info, { type: "8", format: Format.Int, perms, unit: "percentage", minValue: 0, maxValue: 100, minStep: 1 });
	equal(second.services[1].characteristics[0].info, on.info);
});

test("an accessory may have a characteristic otherwise than the catalogue", () => {
	const props = { minValue: 10, perms: Perms.PairedRead };
	const characteristics = [{ iid: 901, info: Characteristics.On }, { iid: 902, info: Characteristics.Brightness, props }];
	const { accessories: [{ services }] } = defineAccessories([withServices({ iid: 900, type: Services.Lightbulb, characteristics })]);
	const { info, eventIndex } = services[services.length - 1].characteristics[1];
	same(info, { type: "8", format: Format.Int, perms: Perms.PairedRead, unit: "percentage", minValue: 10, maxValue: 100, minStep: 1 });
	equal(eventIndex, -1);
});

/** Fails to compile when the types say anything else. */
test("the catalogue's types know what values a characteristic has", () => {
	const values: [ValueOf<Characteristics.On>, ValueOf<Characteristics.Brightness>, ValueOf<Characteristics.Name>] = [true, 50, "Lamp"];
	same(values.map((value) => typeof value), ["boolean", "number", "string"]);
});
