import { Characteristics, Services } from "hap/model/catalogue";
import { AccessoryDatabase } from "hap/model/database";
import { defineAccessories } from "hap/model/define";
import { HapStatus, type Value } from "hap/model/types";
import { ALL_KINDS, DEFINITION, Kind, Kinds, SECOND } from "tests/fakes/all-kinds";
import { equal, ok, same, test, throws } from "tests/harness";

const WRITER = Object.freeze({});

test("a characteristic is found by accessory and instance, and nothing else is", () => {
	const { database } = new Kinds();
	equal(database.find(1, Kind.Bool)?.info.type, "25");
	ok(database.find(1, Kind.Bool) !== database.find(SECOND, Kind.Bool));
	for (const [aid, iid] of [[3, 21], [1, 999], [1, 20], [SECOND, Kind.Press], [0, 0]])
		equal(database.find(aid, iid), undefined, `${aid}.${iid}`);
});

/** Services in any order, near to each other and far apart, and one whose iids are made of its UUID. */
for (
	const [what, ...iids] of [
		["one service", [32]],
		["services apart", [32], [48], [80]],
		["services far apart", [32], [600], [70_000]],
		["services before the accessory's information", [300], [200], [64]],
		["a service after a gap of 255", [32], [288]],
		["a service after a gap of 256", [32], [289]],
		["iids made of UUIDs", [undefined]],
		["nothing of its own"],
	] as const
)
	test(`${what}: each characteristic is found by its iid, and nothing else`, () => {
		const [{ services }] = ALL_KINDS;
		const own = iids.map(([iid]) => ({
			...(iid !== undefined && { iid }),
			type: Services.Switch,
			characteristics: [{ ...(iid !== undefined && { iid: iid + 1 }), info: Characteristics.On }],
		}));
		const definition = defineAccessories([{ aid: 1, services: [...services.slice(0, 2), ...own] }]);
		const database = new AccessoryDatabase(definition, { onChanged() {}, onFault() {} });
		const all = definition.accessories[0].services.flatMap(({ characteristics }) => characteristics);
		for (const characteristic of all)
			ok(database.find(1, characteristic.iid) === characteristic, `${characteristic.iid}`);
		const known = new Set(all.map(({ iid }) => iid));
		for (const { iid } of [...all, ...definition.accessories[0].services])
			for (const other of [iid - 1, iid + 1, iid + 2, iid + 256, 0, 2 ** 32 + iid])
				if (!known.has(other))
					equal(database.find(1, other), undefined, `${other}`);
	});

test("the last value is the first one, then what was written, then what the hardware said", () => {
	const kinds = new Kinds();
	const bool = kinds.find(Kind.Bool);
	equal(kinds.database.lastValue(1, bool), false);
	equal(kinds.database.write(1, bool, 1, WRITER), HapStatus.Success);
	equal(kinds.database.lastValue(1, bool), true);
	kinds.database.update(1, Kind.Bool, false);
	equal(kinds.database.lastValue(1, bool), false);
	equal(kinds.database.lastValue(SECOND, kinds.find(Kind.Bool, SECOND)), false);
});

test("a reading is asked for each time, and no reading is the last value", () => {
	const kinds = new Kinds();
	const float = kinds.find(Kind.Float);
	same(kinds.database.read(1, float), { value: 20 });
	kinds.behaviour.readings.set(Kind.Float, 21.5);
	same(kinds.database.read(1, float), { value: 21.5 });
});

test("what throws while it is read cannot be communicated with, and is reported", () => {
	const kinds = new Kinds();
	kinds.behaviour.failing.add(Kind.Float);
	equal(kinds.database.read(1, kinds.find(Kind.Float)), HapStatus.CannotCommunicate);
	equal((kinds.faults[0] as Error).message, `${Kind.Float} fails`);
});

for (
	const [what, iid, reading] of [
		["above the maximum", Kind.UInt8, 101],
		["that is no number", Kind.Float, Number.NaN],
		["of another kind", Kind.Bool, "on"],
		["of null", Kind.Float, null],
	] as const
)
	test(`a reading ${what} never reaches a controller`, () => {
		const kinds = new Kinds();
		kinds.behaviour.readings.set(iid, reading);
		equal(kinds.database.read(1, kinds.find(iid)), HapStatus.CannotCommunicate);
		equal(kinds.faults.length, 1);
	});

test("a stateless characteristic reads as null", () => {
	const kinds = new Kinds();
	same(kinds.database.read(1, kinds.find(Kind.Press)), { value: null });
	kinds.behaviour.readings.set(Kind.Press, null);
	same(kinds.database.read(1, kinds.find(Kind.Press)), { value: null });
	equal(kinds.faults.length, 0);
});

test("a write reaches the accessory's code as the value that is kept, and the listener with its writer", () => {
	const kinds = new Kinds();
	equal(kinds.database.write(1, kinds.find(Kind.Bool), 1, WRITER), HapStatus.Success);
	same(kinds.behaviour.written, [`1.${Kind.Bool}=true`]);
	same(kinds.changes, [{ aid: 1, iid: Kind.Bool, value: true, originator: WRITER }]);
});

test("the value that it has already is written, and changes nothing", () => {
	const kinds = new Kinds();
	equal(kinds.database.write(1, kinds.find(Kind.Bool), false, WRITER), HapStatus.Success);
	equal(kinds.behaviour.written.length, 1);
	kinds.database.update(1, Kind.Bool, false);
	same(kinds.changes, []);
});

test("a characteristic that does not notify changes in silence", () => {
	const kinds = new Kinds();
	equal(kinds.database.write(1, kinds.find(Kind.Int), -90, WRITER), HapStatus.Success);
	equal(kinds.database.lastValue(1, kinds.find(Kind.Int)), -90);
	same(kinds.changes, []);
});

test("a value that cannot be read is not kept", () => {
	const kinds = new Kinds();
	equal(kinds.database.write(1, kinds.find(Kind.WriteOnly), 7, WRITER), HapStatus.Success);
	same(kinds.behaviour.written, [`1.${Kind.WriteOnly}=7`]);
	equal(kinds.database.lastValue(1, kinds.find(Kind.WriteOnly)), 0);
});

for (
	const [what, iid, value, status] of [
		["a read-only one", Kind.ReadOnly, false, HapStatus.ReadOnly],
		["a read-only one, with a wrong value", Kind.ReadOnly, "no", HapStatus.ReadOnly],
		["a value above the maximum", Kind.UInt8, 101, HapStatus.InvalidValue],
		["null", Kind.Bool, null, HapStatus.InvalidValue],
		["an object", Kind.String, {}, HapStatus.InvalidValue],
	] as const
)
	test(`a write of ${what} is ${status}, and the accessory's code hears nothing of it`, () => {
		const kinds = new Kinds();
		equal(kinds.database.write(1, kinds.find(iid), value, WRITER), status);
		same(kinds.behaviour.written, []);
		same(kinds.changes, []);
	});

test("what the accessory's code refuses is not kept", () => {
	const kinds = new Kinds();
	kinds.behaviour.refusals.set(Kind.Bool, HapStatus.Busy);
	equal(kinds.database.write(1, kinds.find(Kind.Bool), true, WRITER), HapStatus.Busy);
	equal(kinds.database.lastValue(1, kinds.find(Kind.Bool)), false);
	same(kinds.changes, []);
});

test("what throws while it is written is not kept, and is reported", () => {
	const kinds = new Kinds();
	kinds.behaviour.failing.add(Kind.Bool);
	equal(kinds.database.write(1, kinds.find(Kind.Bool), true, WRITER), HapStatus.CannotCommunicate);
	equal(kinds.database.lastValue(1, kinds.find(Kind.Bool)), false);
	equal(kinds.faults.length, 1);
	same(kinds.changes, []);
});

test("every report of a stateless characteristic is told, equal or not, and none is kept", () => {
	const kinds = new Kinds();
	for (const press of [0, 0, 2])
		kinds.database.update(1, Kind.Press, press);
	same(kinds.changes.map(({ value }) => value), [0, 0, 2]);
	equal(kinds.database.lastValue(1, kinds.find(Kind.Press)), null);
});

for (const [iid, value] of [[Kind.UInt8, 101], [Kind.Bool, "on"], [Kind.Float, null], [999, 1], [Kind.Press, 3]] as const)
	test(`the hardware's ${value} for ${iid} is a mistake of ours`, () => {
		const kinds = new Kinds();
		throws(() => kinds.database.update(1, iid, value as Value), RangeError);
		same(kinds.changes, []);
	});

test("without code behind it, a database keeps what is written", () => {
	const database = new AccessoryDatabase(DEFINITION, { onChanged() {}, onFault() {} });
	const bool = database.find(1, Kind.Bool);
	equal(bool && database.write(1, bool, true, WRITER), HapStatus.Success);
	same(bool && database.read(1, bool), { value: true });
});
