/** GET /characteristics. HAP R2 "Reading Characteristics", */

import { accessoriesJson } from "hap/model/accessories-json";
import { readCharacteristics } from "hap/model/read-request";
import { HapStatus } from "hap/model/types";
import { atOnce, Kind, Kinds, KindsSession, SECOND, textOf } from "tests/fakes/all-kinds";
import { equal, ok, same, test } from "tests/harness";
import { parseQuery } from "hap/wire/query";

class Reader {
	readonly kinds = new Kinds();
	readonly session = new KindsSession();

	read(query: string): { httpStatus: number; characteristics: unknown; } {
		const { httpStatus, body } = atOnce(readCharacteristics(this.kinds.database, parseQuery(query), this.session));
		return { httpStatus, characteristics: JSON.parse(textOf(body)).characteristics };
	}
}

const OK = HapStatus.Success;

test("one value, and no status where all is well", () => {
	same(new Reader().read(`id=1.${Kind.Bool}`), { httpStatus: 200, characteristics: [{ aid: 1, iid: Kind.Bool, value: false }] });
});

test("values of every kind, in the order in which they were asked for", () => {
	const reader = new Reader();
	same(reader.read(`id=1.${Kind.String},${SECOND}.${Kind.Bool},1.${Kind.Float},1.${Kind.Tlv8},1.${Kind.Press},1.${Kind.UInt8}`), {
		httpStatus: 200,
		characteristics: [
			{ aid: 1, iid: Kind.String, value: 'say "é"' },
			{ aid: SECOND, iid: Kind.Bool, value: false },
			{ aid: 1, iid: Kind.Float, value: 20 },
			{ aid: 1, iid: Kind.Tlv8, value: "AQEA" },
			{ aid: 1, iid: Kind.Press, value: null },
			{ aid: 1, iid: Kind.UInt8, value: 0 },
		],
	});
});

/** Nobody is asked for these; see tests/fakes/all-kinds. */
const KEPT = [Kind.Model, Kind.Hidden, Kind.Choice];
const VALUES = new Map<number, unknown>([[Kind.Model, "Kinds1,1"], [Kind.Hidden, false], [Kind.Choice, 0], [Kind.Bool, false]]);

for (const count of [1, 2, 3, 8, 9, 20, 100])
	test(`${count} values that the database keeps: nobody is asked for them`, () => {
		const reader = new Reader();
		for (const iid of KEPT)
			reader.kinds.behaviour.failing.add(iid);
		const iids = Array.from({ length: count }, (_, i) => KEPT[i % KEPT.length]);
		same(reader.read(`id=${iids.map((iid) => `1.${iid}`)}`), {
			httpStatus: 200,
			characteristics: iids.map((iid) => ({ aid: 1, iid, value: VALUES.get(iid) })),
		});
		same(reader.kinds.faults, []);
	});

for (let place = 0; place < 10; place++)
	test(`one that is asked for, and none that is unknown, as number ${place} among those that are kept`, () => {
		const iids: number[] = Array.from({ length: 10 }, (_, i) => KEPT[i % KEPT.length]);
		iids[place] = Kind.Bool;
		const entries = iids.map((iid) => ({ aid: 1, iid, value: VALUES.get(iid) }));
		const reader = new Reader();
		same(reader.read(`id=${iids.map((iid) => `1.${iid}`)}`), { httpStatus: 200, characteristics: entries });
		iids[place] = 999;
		const characteristics = entries.map((entry, at) => at === place ? { aid: 1, iid: 999, status: -70409 } : { ...entry, status: OK });
		same(reader.read(`id=${iids.map((iid) => `1.${iid}`)}`), { httpStatus: 207, characteristics });
	});

test("a value that is kept is the one that was written, or reported, last", () => {
	const reader = new Reader();
	const { database } = reader.kinds;
	equal(database.write(1, reader.kinds.find(Kind.Choice), 2, reader.session), OK);
	const read = () => (reader.read(`id=1.${Kind.Choice}`).characteristics as { value: unknown; }[])[0].value;
	equal(read(), 2);
	database.update(1, Kind.Choice, 3);
	equal(read(), 3);
});

for (const iid of [0, 1, 19, 40, 63, 999, 2 ** 32, 2 ** 53 - 1])
	test(`no characteristic has iid ${iid}: -70409`, () =>
		same(new Reader().read(`id=1.${iid}`), { httpStatus: 207, characteristics: [{ aid: 1, iid, status: -70409 }] }));

test("what is asked for twice is answered twice", () => {
	const { characteristics } = new Reader().read(`id=1.${Kind.Bool},1.${Kind.Bool}`);
	equal((characteristics as unknown[]).length, 2);
});

for (
	const [what, id, status] of [
		["an unknown instance", "1.999", HapStatus.NoSuchResource],
		["an unknown accessory", `7.${Kind.Bool}`, HapStatus.NoSuchResource],
		["a service's instance", "1.20", HapStatus.NoSuchResource],
		["a write-only characteristic", `1.${Kind.WriteOnly}`, HapStatus.WriteOnly],
	] as const
)
	test(`${what} is ${status}, and the others have a status too`, () => {
		const [aid, iid] = id.split(".").map(Number);
		same(new Reader().read(`id=1.${Kind.Bool},${id}`), {
			httpStatus: 207,
			characteristics: [{ aid: 1, iid: Kind.Bool, value: false, status: OK }, { aid, iid, status }],
		});
	});

test("a reading that throws is -70402, and spoils none of the others", () => {
	const reader = new Reader();
	reader.kinds.behaviour.failing.add(Kind.Float);
	same(reader.read(`id=1.${Kind.Float},1.${Kind.Bool}`), {
		httpStatus: 207,
		characteristics: [
			{ aid: 1, iid: Kind.Float, status: HapStatus.CannotCommunicate },
			{ aid: 1, iid: Kind.Bool, value: false, status: OK },
		],
	});
	equal(reader.kinds.faults.length, 1);
});

test("meta adds format, unit and bounds", () => {
	same(new Reader().read(`id=1.${Kind.Float}&meta=1`).characteristics, [
		{ aid: 1, iid: Kind.Float, format: "float", unit: "celsius", minValue: 10, maxValue: 38, minStep: 0.1, value: 20 },
	]);
});

test("perms, type and ev add theirs", () => {
	const reader = new Reader();
	reader.session.enableEventNotifications(1, Kind.ReadOnly);
	same(reader.read(`id=1.${Kind.ReadOnly},1.${Kind.Bool}&perms=1&type=1&ev=1`).characteristics, [
		{ aid: 1, iid: Kind.ReadOnly, type: "26", perms: ["pr", "ev"], ev: true, value: true },
		{ aid: 1, iid: Kind.Bool, type: "25", perms: ["pr", "pw", "ev"], ev: false, value: false },
	]);
});

test("of an unknown one there is nothing to add", () => {
	same(new Reader().read("id=1.999&meta=1&perms=1&type=1&ev=1").characteristics, [
		{ aid: 1, iid: 999, status: HapStatus.NoSuchResource },
	]);
});

test("what is for admins is read by admins only; so is what GET /accessories shows of it", () => {
	const reader = new Reader();
	same(reader.read(`id=1.${Kind.AdminOnly}`), {
		httpStatus: 207,
		characteristics: [{ aid: 1, iid: Kind.AdminOnly, status: HapStatus.InsufficientPrivileges }],
	});
	reader.kinds.behaviour.admin = reader.session;
	same(reader.read(`id=1.${Kind.AdminOnly}`), { httpStatus: 200, characteristics: [{ aid: 1, iid: Kind.AdminOnly, value: false }] });
	const [{ services }] = JSON.parse(textOf(accessoriesJson(reader.kinds.database))).accessories;
	const [shown] = services[3].characteristics.filter(({ iid }: { iid: number; }) => iid === Kind.AdminOnly);
	ok(!("value" in shown));
});
