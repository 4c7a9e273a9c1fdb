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

const INFORMATION = OTHER.services[0];

/** The first of them is the bridge. */
function bridge(count: number): AccessoryDescription[] {
	return [FIRST, ...Array.from({ length: count - 1 }, (_, i) => ({ aid: i + 2, services: [INFORMATION] }))];
}

/** The message of the DefinitionError. */
function refusal(accessories: readonly AccessoryDescription[]): string {
	try {
		defineAccessories(accessories);
	}
	catch (error) {
		ok(error instanceof DefinitionError, String(error));
		return (error as Error).message;
	}
	throw new Error("not refused");
}

test("a definition keeps every accessory, service and characteristic in its order", () => {
	const { accessories } = defineAccessories(ALL_KINDS);
	same(accessories.map(({ aid }) => aid), [1, 2]);
	same(accessories[0].services.map(({ iid }) => iid), [1, 10, 20, 40]);
	same(accessories[0].services[0].characteristics.map(({ iid }) => iid), [2, 3, 4, 5, 6, 7]);
});

test("characteristics that notify are numbered from 0 on, the others from -1 down", () => {
	const { accessories, events, silents } = defineAccessories(ALL_KINDS);
	const all = accessories.flatMap(({ services }) => services.flatMap(({ characteristics }) => characteristics));
	const [notifying, others] = [true, false].map((is) => all.filter(({ info }) => ((info.perms & Perms.Notify) !== 0) === is));
	same(notifying.map(({ eventIndex }) => eventIndex), Array.from({ length: events }, (_, i) => i));
	same(others.map(({ eventIndex }) => eventIndex), Array.from({ length: silents }, (_, i) => -1 - i));
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
	equal(defineAccessories([FIRST, { ...OTHER, count: 149 }]).accessories.length, 2);
	defineAccessories([withValue("a".repeat(256), { type: "1", format: Format.String, perms: Perms.PairedRead, maxLen: 256 })]);
});

const SERVICE = "service 49 of accessory 1";
const PairedRead = Perms.PairedRead, PairedWrite = Perms.PairedWrite, Notify = Perms.Notify;

/** HAP R2 "Accessory Objects", and the limits of */
for (
	const [what, make, message] of [
		["no accessory", () => [], "accessory 1: is missing"],
		["no accessory 1", () => [OTHER], "accessory 1: is missing"],
		["no protocol information", () => [{ aid: 1, services: [INFORMATION] }], "accessory 1: its Protocol Information (A2) is missing"],
		["no information", () => [FIRST, { aid: 2, services: [] }], "accessory 2: its Accessory Information (3E) is missing"],
		["an information whose iid is not 1", () => [FIRST, { aid: 2, services: [{ ...INFORMATION, iid: 99 }] }], "accessory 2: its Accessory"],
		["an aid twice", () => [FIRST, FIRST], "accessory 1: its aid comes twice"],
		["an aid of accessories alike", () => [FIRST, { ...OTHER, count: 5 }, { ...OTHER, aid: 6 }], "accessory 6: its aid comes twice"],
		["an aid of 0", () => [FIRST, { ...OTHER, aid: 0 }], "accessory 0: "],
		["an aid that is no integer", () => [FIRST, { ...OTHER, aid: 2.5 }], "accessory 2.5: "],
		["a count of 0", () => [FIRST, { ...OTHER, count: 0 }], "accessory 2: "],
		["151 accessories", () => bridge(151), "151 accessories: 150 at most"],
		["151 accessories alike", () => [FIRST, { ...OTHER, count: 150 }], "151 accessories: 150 at most"],
		[
			"101 services",
			() => [withServices(...Array.from({ length: 97 }, (_, i) => ({ iid: 1000 + i, type: "49", characteristics: [] })))],
			"accessory 1: 101 services, 100 at most",
		],
		[
			"101 characteristics of a service",
			() => [withServices({ iid: 900, type: "49", characteristics: characteristics(101) })],
			`${SERVICE}: 101 characteristics, 100 at most`,
		],
		["an iid of 0", () => [withServices({ iid: 0, type: "49", characteristics: [] })], `${SERVICE}: iid 0 `],
		[
			"an iid twice in a service",
			() => [withServices({ iid: 900, type: "49", characteristics: [{ iid: 900, info: SWITCH }] })],
			`characteristic 25 of ${SERVICE}: iid 900 is somebody else's`,
		],
		[
			"an iid twice in an accessory",
			() => [withServices({ iid: Kind.Bool, type: "49", characteristics: [] })],
			`${SERVICE}: iid ${Kind.Bool} is somebody else's`,
		],
		["a service whose UUID is none", () => [withServices({ type: "XY", characteristics: [] })], "service XY of accessory 1: no UUID"],
		[
			"two primary services",
			() => [withServices({ iid: 900, type: "49", isPrimary: true, characteristics: [] })],
			"accessory 1: more than",
		],
		[
			"a link to no service",
			() => [withServices({ iid: 900, type: "49", linked: [901], characteristics: [] })],
			`${SERVICE}: linked to 901`,
		],
		["a link to itself", () => [withServices({ iid: 900, type: "49", linked: [900], characteristics: [] })], `${SERVICE}: linked to 900`],
	] as const
)
	test(`${what} is no definition`, () => {
		const text = refusal(make() as AccessoryDescription[]);
		ok(text.startsWith(message), text);
	});

const NUMBER = { type: "1", format: Format.UInt8, perms: PairedRead };
const TEXT = { type: "1", format: Format.String, perms: PairedRead };

/** HAP R2 "Characteristic Objects". */
for (
	const [what, info, value, message] of [
		["a UUID that is none", { ...NUMBER, type: "12345678-1234" }, 0, "no UUID"],
		["strings longer than 256", { ...TEXT, maxLen: 257 }, "", "strings of more than 256 characters"],
		["a value longer than 64", TEXT, "a".repeat(65), 'takes no "aaa'],
		["a value longer than its maxLen", { ...TEXT, maxLen: 3 }, "aaaa", 'takes no "aaaa"'],
		["a value above the maximum", { ...NUMBER, maxValue: 10 }, 11, "takes no 11"],
		["a value of another kind", SWITCH, 5, "takes no 5"],
		["data that is no base64", { ...TEXT, format: Format.Data }, "-", 'takes no "-"'],
		["a maximum outside its format", { ...NUMBER, maxValue: 256 }, 0, "256 is outside its format"],
		["a valid value outside its format", { ...NUMBER, validValues: [0.5] }, 0, "0.5 is outside its format"],
		["a minimum above the maximum", { ...NUMBER, minValue: 3, maxValue: 2 }, 3, "its minimum is above its maximum"],
		["a step of 0", { ...NUMBER, minStep: 0 }, 0, "its step is not above 0"],
		["no permission", { ...NUMBER, perms: 0 }, 0, "can be neither read nor written"],
		["events of what cannot be read", { ...NUMBER, perms: PairedWrite | Notify }, 0, "notifies (ev)"],
		["a timed write of what is read-only", { ...NUMBER, perms: PairedRead | Perms.TimedWrite }, 0, "has permissions of writing"],
		["a write response of what is read-only", { ...NUMBER, perms: PairedRead | Perms.WriteResponse }, 0, "has permissions of writing"],
		["authorized writes of what is read-only", { ...NUMBER, perms: PairedRead | Perms.AdditionalAuthorization }, 0, "has permissions of"],
	] as const
)
	test(`a characteristic with ${what} is no definition`, () => {
		const text = refusal([withValue(value, info)]);
		ok(text.startsWith(`characteristic ${info.type} of ${SERVICE}: ${message}`), text);
	});

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
	ok(eventIndex < 0);
});

/** Fails to compile when the types say anything else. */
test("the catalogue's types know what values a characteristic has", () => {
	const values: [ValueOf<Characteristics.On>, ValueOf<Characteristics.Brightness>, ValueOf<Characteristics.Name>] = [true, 50, "Lamp"];
	same(values.map((value) => typeof value), ["boolean", "number", "string"]);
});

for (
	const [given, kept] of [
		["49", "49"],
		["f0", "F0"],
		["00000049", "49"],
		["00000049-0000-1000-8000-0026bb765291", "49"],
		["e863f10a-079e-48ff-8f27-9c2605a29f52", "E863F10A-079E-48FF-8F27-9C2605A29F52"],
	] as const
)
	test(`the UUID ${given} is ${kept}: Apple's are short, others long, all in capitals`, () => {
		const info = { type: given, format: Format.Bool, perms: PairedRead };
		const { accessories: [{ services }] } = defineAccessories([
			withServices({ iid: 900, type: given, characteristics: [{ iid: 901, info }] }),
		]);
		const [service] = services.slice(-1);
		same([service.type, service.characteristics[0].info.type], [kept, kept]);
	});

const ON = { info: Characteristics.On };
const BRIGHTNESS = { info: Characteristics.Brightness };

/** iids by type, of services and what is in them. */
function iidsOf(...services: AccessoryDescription["services"]): Record<string, number> {
	const { accessories: [first] } = defineAccessories([withServices(...services)]);
	const own = first.services.slice(FIRST.services.length);
	return Object.fromEntries(own.flatMap(({ iid, type, characteristics }) => [
		[type, iid],
		...characteristics.map((characteristic) => [`${type}.${characteristic.info.type}`, characteristic.iid]),
	]));
}

test("iids that are not given stay as they are, whatever comes, goes or moves beside them", () => {
	const lamp = { type: Services.Lightbulb, characteristics: [ON] };
	const outlet = { type: Services.Outlet, characteristics: [ON, { info: Characteristics.OutletInUse }] };
	const one = iidsOf(lamp, outlet);
	const other = iidsOf({ ...outlet, characteristics: [...outlet.characteristics].reverse() }, {
		...lamp,
		characteristics: [BRIGHTNESS, ON],
	});
	for (const [name, iid] of Object.entries(one))
		equal(other[name], iid, name);
	ok(Object.values(one).every((iid) => iid < 65536));
});

test("services of one type need an id or an iid each", () => {
	const lamp = { type: Services.Lightbulb, characteristics: [ON] };
	ok(refusal([withServices(lamp, lamp)]).includes("give it another, or the service an id"));
	defineAccessories([withServices(lamp, { ...lamp, id: 1 }, { ...lamp, id: 2 })]);
});

test("the information has iid 1 when none is given", () => {
	const characteristics = INFORMATION.characteristics.map(({ iid: _, ...rest }) => rest);
	const { accessories } = defineAccessories([FIRST, { aid: 2, services: [{ type: Services.AccessoryInformation, characteristics }] }]);
	equal(accessories[1].services[0].iid, 1);
});

test("a first value is kept as a write of it would be", () => {
	const { accessories: [{ services }] } = defineAccessories([withValue(1, SWITCH)]);
	equal(services[services.length - 1].characteristics[0].value, true);
});

test("what the accessory's own code adds to a characteristic stays with it", () => {
	const read = () => true;
	const { accessories: [{ services }] } = defineAccessories([
		withServices({ iid: 900, type: "49", characteristics: [{ ...ON, iid: 901, read } as CharacteristicDescription] }),
	]);
	equal((services[services.length - 1].characteristics[0] as unknown as { read: unknown; }).read, read);
});

test("accessories are in the order of their aids", () => {
	same(defineAccessories([{ ...OTHER, aid: 7 }, { ...OTHER, aid: 3 }, FIRST]).accessories.map(({ aid }) => aid), [1, 3, 7]);
});
