/** What declares accessories leaves flash whole: a function that is forgotten keeps all that it calls in every image. No SDK needed. */

import assert from "node:assert";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { test } from "node:test";
import { importsOf } from "../scripts/layers.mjs";
import { filesBelow } from "../host/desktop/scripts/javascript.mjs";
import { root } from "../host/desktop/scripts/paths.mjs";

const LEAVE = /^\t\[(.*)\] = gone;$/m;
const leaving = filesBelow(`${root}/modules`, ".ts")
	.map((path) => ({ path: relative(root, path), source: readFileSync(path, "utf8") }))
	.filter(({ source }) => LEAVE.test(source));

for (const { path, source } of leaving)
	test(`every function that ${path} exports leaves`, () => {
		const exported = [...source.matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
		assert.deepStrictEqual(source.match(LEAVE)[1].split(", ").sort(), exported.sort());
	});

test("lockdown/declarations asks each of them to leave", () => {
	const imports = importsOf(readFileSync(`${root}/modules/lockdown/declarations.ts`, "utf8"));
	const paths = imports.map(({ specifier }) => `${specifier.replace(/^hap/, "modules")}.ts`);
	assert.deepStrictEqual(paths.sort(), leaving.map(({ path }) => path).sort());
	assert.notStrictEqual(leaving.length, 0);
});
