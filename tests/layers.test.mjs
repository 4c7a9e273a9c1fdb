/** The check of the layer rule finds what it is there to find, and lets pass what may be. */

import assert from "node:assert";
import { test } from "node:test";
import { circles, fileOf, importsOf, upwardImports } from "../scripts/layers.mjs";

const files = (entries) =>
	new Map(
		Object.entries(entries).map(([file, source]) => [
			file,
			importsOf(source).map((each) => ({ ...each, target: fileOf(each.specifier, file) })),
		]),
	);

test("imports of every shape are seen, and which of them are types", () => {
	const source = `import { a } from "hap/a";
import type { B } from "hap/b";
import { type C, type D } from "hap/c";
import {
	e,
	type F,
} from "hap/e";
import "hap/g";
export { h } from "hap/h";
`;
	const seen = importsOf(source).map(({ specifier, isType }) => `${specifier}${isType ? " type" : ""}`);
	assert.deepStrictEqual(seen, ["hap/a", "hap/b type", "hap/c type", "hap/e", "hap/g", "hap/h"]);
});

test("downward and inside a folder is allowed", () => {
	const tree = files({
		"modules/server/router.ts": 'import { a } from "hap/wire/json";\nimport { b } from "hap/server/endpoints/identify";\n',
		"host/main.ts": 'import { serve } from "hap/accessory/serve";\n',
	});
	assert.deepStrictEqual(upwardImports(tree), []);
});

for (
	const [file, source] of [
		["modules/wire/json.ts", 'import { a } from "hap/server/router";\n'],
		["modules/model/value.ts", 'import type { A } from "hap/accessory/target";\n'],
		["modules/model/value.ts", 'import { a } from "hap/pairing/tries";\n'],
		["modules/accessory/serve.ts", 'import main from "host/main";\n'],
	]
)
	test(`refused: ${file} with ${source.trim()}`, () => assert.strictEqual(upwardImports(files({ [file]: source })).length, 1));

test("a circle is refused, whatever its length; one of types is none", () => {
	const circle = {
		"modules/wire/a.ts": 'import { b } from "hap/wire/b";\n',
		"modules/wire/b.ts": 'import { c } from "hap/wire/c";\n',
		"modules/wire/c.ts": 'import { a } from "hap/wire/a";\n',
	};
	assert.strictEqual(circles(files(circle)).length, 1);
	assert.deepStrictEqual(circles(files({ ...circle, "modules/wire/c.ts": 'import type { A } from "hap/wire/a";\n' })), []);
});
