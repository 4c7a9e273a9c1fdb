/** The SDK's manifests equal the tree: every module that yields code is mapped and preloaded by name, and nothing else. No SDK needed. */

import assert from "node:assert";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { test } from "node:test";
import { build } from "../host/desktop/scripts/build.mjs";
import { filesBelow } from "../host/desktop/scripts/javascript.mjs";
import { buildFolder, root } from "../host/desktop/scripts/paths.mjs";

build();

const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
const list = (value) => (value === undefined ? [] : [value].flat());

/** Specifiers of TypeScript modules that a manifest maps, with their files below the root. */
function mapped(path) {
	const folder = dirname(join(root, path));
	const found = new Map();
	const add = (specifier, file) => existsSync(`${file}.ts`) && found.set(specifier, relative(root, `${file}.ts`));
	for (const [key, sources] of Object.entries(read(path).modules ?? {}))
		for (const source of list(sources).filter((text) => text.startsWith("."))) {
			const file = join(folder, source);
			const names = source.endsWith("/*")
				? readdirSync(dirname(file)).filter((name) => /(?<!\.d)\.ts$/.test(name)).map((name) => name.slice(0, -3))
				: [basename(source)];
			for (const name of names)
				add(key.replace("*", name), join(dirname(file), name));
		}
	return found;
}

/** Types only: what is left of the file is an empty module, which nobody imports. */
function yieldsCode(file) {
	const code = readFileSync(join(buildFolder, "js", file.replace(/\.ts$/, ".js")), "utf8");
	return code.replace(/^\/\/.*$/gm, "").replace("export {};", "").trim() !== "";
}

function modulesBelow(folder) {
	return filesBelow(join(root, folder), ".ts")
		.filter((path) => !path.endsWith(".d.ts"))
		.map((path) => relative(root, path));
}

const TARGETS = filesBelow(join(root, "targets"), ".json").map((path) => relative(root, path));

/** Manifests that have a folder's modules, whatever is chosen. */
const PARTS = [
	{
		folder: "modules",
		manifests: ["modules/manifest.json", "modules/crypto/manifest-native.json", "modules/crypto/manifest-portable.json"],
	},
	{ folder: "host", manifests: ["manifest.json"] },
	{ folder: "targets/sim", manifests: ["targets/sim/manifest.json"] },
	{ folder: "targets/esp32", manifests: TARGETS },
	{ folder: "targets/qemu-esp32c3", manifests: TARGETS },
];

for (const { folder, manifests } of PARTS)
	test(`every module of ${folder} that yields code is in a manifest, and nothing else`, () => {
		const files = new Set(manifests.flatMap((path) => [...mapped(path).values()]));
		assert.deepStrictEqual(
			modulesBelow(folder).filter((file) => yieldsCode(file) && !files.has(file)),
			[],
		);
	});

const ALL = new Set(PARTS.flatMap(({ manifests }) => manifests));

for (const path of ALL)
	test(`${path} preloads what it maps, by name`, () => {
		const specifiers = [...mapped(path)].filter(([, file]) => yieldsCode(file)).map(([specifier]) => specifier);
		const sources = Object.entries(read(path).modules ?? {}).flatMap(([key, value]) => list(value).map((source) => [key, source]));
		const others = sources.map(([key, source]) => key.replace("*", basename(source)));
		const preloaded = list(read(path).preload);
		assert.deepStrictEqual(specifiers.filter((specifier) => !preloaded.includes(specifier)), [], "mapped, not preloaded");
		assert.deepStrictEqual(preloaded.filter((name) => !specifiers.includes(name) && !others.includes(name)), [], "preloaded, not there");
		assert.strictEqual(new Set(preloaded).size, preloaded.length, "preloaded twice");
	});

for (const folders of [["modules", "targets/esp32", "targets/qemu-esp32c3"], ["modules", "host/posix", "targets/sim"]])
	test(`C files of ${folders.join(", ")} are named once: in an image their objects share a folder`, () => {
		const names = folders.flatMap((folder) => filesBelow(join(root, folder), ".c")).map((path) => basename(path));
		assert.deepStrictEqual(names.filter((name, at) => names.indexOf(name) !== at), []);
	});

test("no field is a #private one: it would take a slot in each function that uses it, and TypeScript's private takes none", () => {
	const files = ["modules", "host", "targets"].flatMap(modulesBelow);
	assert.deepStrictEqual(files.filter((file) => /(\.|^\t[a-z ]*)#\w/m.test(readFileSync(join(root, file), "utf8"))), []);
});

test("tsconfig.json has the manifest's options and paths", () => {
	const { compilerOptions } = read("tsconfig.json");
	const { types: _, ...options } = read("modules/manifest.json").typescript.tsconfig.compilerOptions;
	for (const [name, value] of Object.entries(options))
		assert.strictEqual(compilerOptions[name], value, name);
	const resolve = (specifier) => {
		const { paths } = compilerOptions;
		const key = specifier in paths
			? specifier
			: Object.keys(paths).find((key) => key.endsWith("/*") && specifier.startsWith(key.slice(0, -1)));
		return key && paths[key][0].replace("*", specifier.slice(key.length - 1)).replace(/^\.\/|\.ts$/g, "");
	};
	const manifests = ["modules/manifest.json", "modules/crypto/manifest-native.json", "manifest.json"];
	for (const [specifier, file] of manifests.flatMap((path) => [...mapped(path)]))
		assert.strictEqual(resolve(specifier), file.slice(0, -3), specifier);
});
