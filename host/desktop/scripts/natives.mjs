/** The table of natives by name, and the identifiers that the SDK's own C asks of its generated header. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BuildError, writeIfChanged } from "./paths.mjs";

export function writeNatives(folder, modules) {
	const names = new Set();
	for (const { file, isPreloaded } of modules) {
		if (!existsSync(file))
			throw new BuildError(`${file} is missing`);
		if (isPreloaded) {
			for (const [, name] of readFileSync(file, "utf8").matchAll(/@ "(\w+)"/g))
				names.add(name);
		}
	}
	const sorted = [...names].sort();
	const text = [
		'#include "machine.h"',
		...sorted.map((name) => `extern void ${name}();`),
		"const NativeEntry nativeEntries[] = {",
		...sorted.map((name) => `\t{ "${name}", (txCallback)${name} },`),
		"};",
		`const int nativeEntriesCount = ${sorted.length};`,
		"",
	].join("\n");
	const path = join(folder, "natives.c");
	writeIfChanged(path, text);
	return path;
}

/** Looked up once: a name keeps its number. */
const defineOnce = (name) => `(__extension__({ static __typeof__(fxID(the, "")) id; if (!id) id = fxID(the, "${name}"); id; }))`;

export function writeIdentifiers(folder, sources, define = defineOnce) {
	const names = new Set();
	for (const source of sources)
		for (const [, name] of readFileSync(source, "utf8").matchAll(/xsID_(\w+)/g))
			names.add(name);
	const lines = [...names].sort().map((name, at) => `#define xsID_${name} ${define(name, at)}\n`);
	writeIfChanged(join(folder, "mc.xs.h"), lines.join(""));
}
