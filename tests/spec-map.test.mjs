/** docs/spec-map.md: every file, symbol and test that it names is there; and rules of it that only the sources show. */

import assert from "node:assert";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../host/desktop/scripts/paths.mjs";
import { cellsOf, hasTest, read, references, testFile } from "./host/named-tests.mjs";

const COLUMNS = 4;

/** Cells of the rows of all tables: { line, section, rule, code, tests }, the last two lists of [file, name]. */
function rows() {
	const all = [];
	for (const [index, text] of read("docs/spec-map.md").split("\n").entries()) {
		const cells = cellsOf(text);
		if (!cells || cells[0] === "section")
			continue;
		assert.strictEqual(cells.length, COLUMNS, `line ${index + 1} has ${cells.length} cells`);
		const [section, rule, code, tests] = cells;
		all.push({ line: index + 1, section, rule, code: references(code), tests: references(tests) });
	}
	return all;
}

function codeFile(file) {
	return [join("modules", file), file].find((path) => existsSync(join(root, path)));
}

/** Whether the file says it outside of comments. */
function hasSymbol(file, symbol) {
	const source = read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
	return new RegExp(`(?<![\\w$])${symbol}(?![\\w$])`).test(source);
}

for (const { line, section, rule, code, tests } of rows())
	test(`line ${line}: ${section}: ${rule}`, () => {
		assert.ok(code.length > 0, "no code is named");
		assert.ok(tests.length > 0, "no test is named");
		for (const [file, symbol] of code) {
			const path = codeFile(file);
			assert.ok(path, `${file} is not there`);
			assert.ok(symbol !== "" && hasSymbol(path, symbol), `${path} has no ${symbol}`);
		}
		for (const [file, name] of tests) {
			const path = testFile(file);
			assert.ok(path, `${file} is no test`);
			assert.ok(name !== "" && hasTest(path, name), `${path} has no test "${name}"`);
		}
	});

/* Rules that no answer shows */

/** What goes into an image, and what runs beside it on a desktop. */
const SOURCES = ["modules", "host", "targets"].flatMap((folder) =>
	readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, file)).filter((file) => /\.(ts|c|h)$/.test(file))
);

test("sockets of sessions have Nagle's delay off, and none sends keepalives", () => {
	assert.match(read("modules/server/socket.ts"), /^\t+nodelay: true,$/m);
	for (const file of SOURCES)
		assert.doesNotMatch(read(file), /SO_KEEPALIVE|TCP_KEEP|SOF_KEEPALIVE|keepalive:/, file);
});

/** Those that HomeKit refuses, and the example of what one looks like. */
const HARMLESS = new Set(["123-45-678", "876-54-321", "482-15-936"]);

test("no setup code is written into an image", () => {
	assert.ok(SOURCES.length > 100);
	for (const file of SOURCES)
		for (const [code] of read(file).matchAll(/\b\d{3}-\d{2}-\d{3}\b/g))
			assert.ok(HARMLESS.has(code), `${file}: ${code}`);
});
