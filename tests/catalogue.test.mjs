/** The catalogue is the table's, row by row, and its rows read back as what the table says. */

import assert from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "../host/desktop/scripts/build.mjs";
import { buildFolder } from "../host/desktop/scripts/paths.mjs";
import { catalogueSource, readTable, TARGET } from "../scripts/catalogue.mjs";

build();

const { infoOf, serviceOf } = await import(join(buildFolder, "js/modules/model/rows.js"));
const source = readFileSync(TARGET, "utf8");
const { characteristics, services } = readTable();
const FORMATS = ["bool", "uint8", "uint16", "uint32", "uint64", "int", "float", "string", "tlv8", "data"];
const PERMS = { pr: 1, pw: 2, ev: 4, aa: 8, tw: 16, hd: 32, wr: 64 };

/** The value of an enumeration's member. */
function memberOf(enumeration, name) {
	const body = source.match(new RegExp(`enum ${enumeration} \\{\\n([^}]*)\\}`))[1];
	return body.match(new RegExp(`\\b${name} = "([^"]*)"`))[1];
}

test("modules/model/catalogue.ts is what npm run catalogue makes of the table", () => {
	assert.strictEqual(source, catalogueSource({ characteristics, services }));
});

test("it is types and constants only: the module has no code", () => {
	assert.strictEqual(
		readFileSync(join(buildFolder, "js/modules/model/catalogue.js"), "utf8").replace(/^\/\/.*$/gm, "").trim(),
		"export {};",
	);
});

for (const [what, list] of [["characteristics", characteristics], ["services", services]])
	test(`${what} have a name and a UUID of their own`, () => {
		for (const key of ["name", "type"])
			assert.strictEqual(new Set(list.map((one) => one[key])).size, list.length, key);
	});

for (const { name, type, text } of characteristics)
	test(`${name} reads back as ${text}`, () => {
		const [format, perms, ...details] = text.split(" ");
		const { minValue, maxValue, minStep, unit, isStateless, ...info } = infoOf(memberOf("Characteristics", name));
		assert.deepStrictEqual(info, {
			type,
			format: FORMATS.indexOf(format),
			perms: perms.split(",").reduce((sum, one) => sum + PERMS[one], 0),
		});
		const bounds = minValue === undefined ? [] : [`${minValue}..${maxValue ?? "-"}${minStep === undefined ? "" : `/${minStep}`}`];
		assert.deepStrictEqual([...(unit ? [unit] : []), ...bounds, ...(isStateless ? ["stateless"] : [])], details);
	});

for (const { name, type, required } of services)
	test(`${name} needs ${required.join(", ")}`, () => {
		const uuids = required.map((one) => characteristics.find((characteristic) => characteristic.name === one).type);
		assert.deepStrictEqual(serviceOf(memberOf("Services", name)), { type, required: uuids });
	});
