/** What npm pack takes: what another project needs, all of it and nothing else. */

import assert from "node:assert";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../host/desktop/scripts/paths.mjs";

const about = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json"], { cwd: root, encoding: "utf8" });
const files = JSON.parse(stdout)[0].files.map(({ path }) => path);

/** Folders and endings that another project has a use for. */
const BELONGS =
	/^(node_modules\/(tweetnacl|@moddable\/typings)\/.+|package\.json|manifest\.json|tsconfig(\.accessory)?\.json|README\.md|CHANGELOG\.md|LICENSE|(modules|host|targets|status|examples|scripts)\/.+\.(ts|mjs|js|c|h|json|md|txt|png|sh|defaults|release)|host\/desktop\/makefile)$/;

test("nothing but sources, manifests and words", () => {
	assert.deepStrictEqual(files.filter((path) => !BELONGS.test(path)), []);
});

test("the library is in it, with its licence", () => {
	for (const path of ["LICENSE", "README.md", "manifest.json", "modules/manifest.json", "modules/hap.ts", "targets/esp32/manifest.json"])
		assert.ok(files.includes(path), path);
});

test("what its manifests and its tsconfig name outside it comes with it: nothing looks up where npm has put a dependency", () => {
	for (const path of ["tweetnacl/nacl-fast.js", "tweetnacl/LICENSE", "@moddable/typings/xs.d.ts"])
		assert.ok(files.includes(`node_modules/${path}`), path);
});

test("what package.json points at is there", () => {
	const paths = [
		about.types,
		...Object.values(about.bin),
		...Object.values(about.exports).flatMap((value) => (typeof value === "string" ? value : Object.values(value))),
	];
	for (const path of paths)
		assert.ok(existsSync(join(root, path.replace(/\/\*$/, ""))), path);
});

test("it is not published by accident", () => {
	assert.strictEqual(about.private, true);
});
