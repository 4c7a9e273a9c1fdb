/** GET /accessories. HAP R2 "Accessory Attribute Database", "Characteristic Objects". */

import { accessoriesJson } from "hap/model/accessories-json";
import { constantJson, metaJson, permsJson } from "hap/model/characteristic-json";
import { Format, Perms, type Value } from "hap/model/types";
import { DEFINITION, Kind, Kinds } from "tests/fakes/all-kinds";
import { equal, ok, same, test } from "tests/harness";

interface ShownService {
	iid: number;
	type: string;
	characteristics: { iid: number; value?: Value; }[];
}

interface Shown {
	accessories: { aid: number; services: ShownService[]; }[];
}

function piecesOf(kinds: Kinds): string[] {
	const pieces: string[] = [];
	const body = accessoriesJson(kinds.database);
	for (let next = body.next(); !next.done; next = body.next())
		pieces.push(next.value);
	return pieces;
}

function textOf(kinds: Kinds): string {
	return piecesOf(kinds).join("");
}

function shownBy(kinds: Kinds): Shown {
	return JSON.parse(textOf(kinds));
}

function valuesOf(kinds: Kinds): Map<number, Value | undefined> {
	const [first] = shownBy(kinds).accessories;
	return new Map(first.services.flatMap(({ characteristics }) => characteristics.map(({ iid, value }) => [iid, value])));
}

test("the database is there whole, in the definition's order", () => {
	const { accessories } = shownBy(new Kinds());
	same(
		accessories.map((
			{ aid, services },
		) => [aid, ...services.map(({ iid, characteristics }) => [iid, ...characteristics.map((c) => c.iid)])]),
		DEFINITION.accessories.map((
			{ aid, services },
		) => [aid, ...services.map(({ iid, characteristics }) => [iid, ...characteristics.map((c) => c.iid)])]),
	);
});

test("a service tells whether it is primary or hidden, and what it is linked to", () => {
	const [{ services: [information, , primary, hidden] }] = shownBy(new Kinds()).accessories;
	same(Object.keys(information), ["iid", "type", "characteristics"]);
	same({ ...primary, characteristics: [] }, { iid: 20, type: "43", primary: true, linked: [40], characteristics: [] });
	same({ ...hidden, characteristics: [] }, { iid: 40, type: "F0", hidden: true, characteristics: [] });
});

test("every characteristic that can be read has its value, and the others none", () => {
	const values = valuesOf(new Kinds());
	equal(values.get(Kind.String), 'say "é"');
	equal(values.get(Kind.UInt8), 0);
	equal(values.get(Kind.Data), "");
	equal(values.get(Kind.Press), null);
	equal(values.get(Kind.WriteOnly), undefined);
	equal(values.get(Kind.Identify), undefined);
});

test("readings are asked for, and one that fails shows the last value", () => {
	const kinds = new Kinds();
	kinds.behaviour.readings.set(Kind.Float, 21.5);
	kinds.behaviour.failing.add(Kind.Bool);
	kinds.database.update(1, Kind.Bool, true);
	const values = valuesOf(kinds);
	equal(values.get(Kind.Float), 21.5);
	equal(values.get(Kind.Bool), true);
	ok(kinds.faults.length > 0);
});

test("no piece is longer than one characteristic is", () => {
	for (const piece of piecesOf(new Kinds()))
		ok(piece.length < 256, piece);
});

test("a characteristic with all that it may have", () => {
	const characteristic = {
		iid: 9,
		info: {
			type: "35",
			format: Format.Float,
			perms: Perms.PairedRead | Perms.PairedWrite,
			unit: "celsius",
			minValue: -10.5,
			maxValue: 38,
			minStep: 0.5,
			validValues: [1, 2],
		} as const,
		description: 'the "inside"',
		eventIndex: -1,
	};
	same(JSON.parse(`${constantJson(characteristic)}}`), {
		iid: 9,
		type: "35",
		perms: ["pr", "pw"],
		format: "float",
		unit: "celsius",
		minValue: -10.5,
		maxValue: 38,
		minStep: 0.5,
		"valid-values": [1, 2],
		description: 'the "inside"',
	});
});

test("limits of text have their names", () => {
	same(JSON.parse(`{${metaJson({ type: "1", format: Format.String, perms: 0, maxLen: 16 })}}`), { format: "string", maxLen: 16 });
	same(JSON.parse(`{${metaJson({ type: "1", format: Format.Data, perms: 0, maxDataLen: 6 })}}`), { format: "data", maxDataLen: 6 });
});

for (
	const [format, name] of [
		[Format.Bool, "bool"],
		[Format.UInt8, "uint8"],
		[Format.UInt16, "uint16"],
		[Format.UInt32, "uint32"],
		[Format.UInt64, "uint64"],
		[Format.Int, "int"],
		[Format.Float, "float"],
		[Format.String, "string"],
		[Format.Tlv8, "tlv8"],
		[Format.Data, "data"],
	] as const
)
	test(`the format ${name}`, () => equal(metaJson({ type: "1", format, perms: 0 }), `"format":"${name}"`));

for (
	const [perms, names] of [
		[0, []],
		[Perms.PairedRead, ["pr"]],
		[Perms.PairedWrite, ["pw"]],
		[Perms.Notify, ["ev"]],
		[Perms.AdditionalAuthorization, ["aa"]],
		[Perms.TimedWrite, ["tw"]],
		[Perms.Hidden, ["hd"]],
		[Perms.WriteResponse, ["wr"]],
		[127, ["pr", "pw", "ev", "aa", "tw", "hd", "wr"]],
	] as const
)
	test(`the permissions ${perms}`, () => same(JSON.parse(`{${permsJson(perms)}}`), { perms: names }));
