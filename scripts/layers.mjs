/**
 * The layer rule: a file imports from its own folder or from a lower layer, and no two files need each other to load. Types count for
 * the first half; they are gone when modules load, so they do not for the second. Part of npm run lint.
 */

import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { filesBelow } from "../host/desktop/scripts/javascript.mjs";
import { BuildError, root, runMain } from "../host/desktop/scripts/paths.mjs";

/** Folders whose files are of one layer, the lowest layer first. A file finds its folder by the longest that fits. */
const LAYERS = [
	["modules/bytes"],
	["modules/crypto"],
	["modules/wire", "modules/storage"],
	["modules/pairing", "modules/model"],
	["modules/timer"],
	["modules/discovery", "modules/gpio"],
	["modules/server"],
	["modules/accessory"],
	["modules/lockdown"],
	["modules"],
	["host", "examples", "status"],
];

/** What stands for a target: the composition calls it by this name, and the manifest says which one it is. */
const TARGET = "target/target";
const SOURCES = ["modules", "host", "targets", "examples", "status"];

const IMPORT = /^(import|export)\s+(type\s+)?(?:([^"';]*?)\s+from\s+)?"([^"]+)";/gm;

/** `{ type A, type B }` leaves nothing to import. */
function isTypesOnly(typeWord, names) {
	const braces = names?.match(/^\{([^}]*)\}$/);
	return Boolean(typeWord) || Boolean(braces?.[1].split(",").every((name) => name.trim() === "" || name.trim().startsWith("type ")));
}

/** [{ specifier, isType }] of a source. */
export function importsOf(source) {
	return [...source.matchAll(IMPORT)].map(([, , type, names, specifier]) => ({ specifier, isType: isTypesOnly(type, names) }));
}

/** The file of a specifier, below the root; undefined: not one of ours. */
export function fileOf(specifier, from) {
	if (specifier === "hap")
		return "modules/hap.ts";
	if (specifier.startsWith("./"))
		return join(from, "..", `${specifier.slice(2)}.ts`);
	const [first, ...rest] = specifier.split("/");
	const folder = { hap: "modules", host: "host", status: "status" }[first];
	return folder && `${[folder, ...rest].join("/")}.ts`;
}

/** Answers the layer's number and its folder; undefined for what stands beside the layers. */
export function placeOf(file) {
	const found = LAYERS.flatMap((folders, layer) => folders.map((folder) => ({ layer, folder }))).filter(({ folder }) =>
		file.startsWith(`${folder}/`)
	);
	return found.sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** One line for each import that points upward, or beside its folder in the same layer. */
export function upwardImports(files) {
	return [...files].flatMap(([file, imports]) => {
		const from = placeOf(file);
		return imports.filter(({ target }) => {
			const to = target && placeOf(target);
			return from && to && from.folder !== to.folder && to.layer >= from.layer;
		}).map(({ target }) => `${file} imports ${target}, which is not of a lower layer`);
	});
}

/** One line for each circle, as a path of files that ends where it began. */
export function circles(files) {
	const done = new Set(), found = [];
	const visit = (file, path) => {
		const at = path.indexOf(file);
		if (at >= 0) {
			found.push(`${[...path.slice(at), file].join(" needs ")}: a circle`);
			return;
		}
		if (done.has(file))
			return;
		for (const { target, isType } of files.get(file) ?? [])
			if (target && !isType)
				visit(target, [...path, file]);
		done.add(file);
	};
	for (const file of files.keys())
		visit(file, []);
	return found;
}

function readTree() {
	const paths = SOURCES.flatMap((folder) => filesBelow(join(root, folder), ".ts"));
	return new Map(
		paths.map((path) => relative(root, path)).filter((file) => !file.endsWith(".d.ts")).map((file) => [
			file,
			importsOf(readFileSync(join(root, file), "utf8")).map((each) => ({ ...each, target: fileOf(each.specifier, file) })),
		]),
	);
}

/** Only the composition knows that there is a target. */
function strayTargets(files) {
	return [...files].flatMap(([file, imports]) =>
		file.startsWith("modules/") && file !== "modules/accessory/serve.ts" && imports.some(({ specifier }) => specifier === TARGET)
			? [`${file} imports ${TARGET}, which is for modules/accessory/serve.ts`]
			: []
	);
}

if (process.argv[1] === join(root, "scripts/layers.mjs"))
	await runMain(() => {
		const files = readTree();
		const faults = [...upwardImports(files), ...circles(files), ...strayTargets(files)];
		if (faults.length)
			throw new BuildError(`layers\n${faults.join("\n")}`);
	});
