/** Where npm has put what this package needs: below it, or beside it where it is a dependency itself. */

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const { resolve } = createRequire(import.meta.url);

/** Program and first parameter that run the TypeScript compiler; undefined where npm install has brought none. */
function typescriptCompiler() {
	try {
		return [process.execPath, join(dirname(resolve("typescript/package.json")), "bin/tsc")];
	}
	catch {
		return undefined;
	}
}

/** Runs it, else the `tsc` of the path. Answers what spawnSync does. */
export function runTypeScript(parameters, options) {
	const [program, ...first] = typescriptCompiler() ?? ["tsc"];
	return spawnSync(program, [...first, ...parameters], options);
}
