/** docs/limits.md: every bound of its tables has tests on both sides, which are there, and so is the file that sets it. */

import assert from "node:assert";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../host/desktop/scripts/paths.mjs";
import { cellsOf, hasTest, read, references, testFile } from "./host/named-tests.mjs";

/** Rows of the table of that section. */
function rowsOf(section) {
	const text = read("docs/limits.md").split("\n## ").find((part) => part.startsWith(`${section}\n`));
	return text.split("\n").map(cellsOf).filter((cells) => cells && cells[0] !== "what");
}

const bounds = [...rowsOf("Bytes and numbers"), ...rowsOf("Time")];
const tests = new Map(rowsOf("Tests").map(([what, ...sides]) => [what, sides]));

for (const [what, , , source = ""] of bounds) {
	test(`${what}: both sides are tested`, () => {
		const sides = tests.get(what);
		assert.strictEqual(sides?.length, 2, "no row among the tests");
		for (const side of sides.map(references)) {
			assert.ok(side.length > 0, "no test is named");
			for (const [file, name] of side)
				assert.ok(testFile(file) && hasTest(testFile(file), name), `${file} has no test "${name}"`);
		}
	});

	test(`${what}: what sets it is there`, () => {
		for (const [path] of references(source).filter(([text]) => text.includes("/")))
			assert.ok(["modules", "host", "host/desktop"].some((folder) => existsSync(join(root, folder, path))), path);
	});
}

test("no test is named for what is no bound", () => assert.deepStrictEqual([...tests.keys()], bounds.map(([what]) => what)));
