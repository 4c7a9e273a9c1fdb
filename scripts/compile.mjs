/**
 * The TypeScript compiler of images, called by mcconfig in place of tsc (manifest.json): tsc, and in release images what shrink.mjs does
 * beyond it.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../host/desktop/scripts/paths.mjs";
import { runTypeScript } from "../host/desktop/scripts/tools.mjs";
import { shrink } from "./shrink.mjs";

const parameters = process.argv.slice(2);
const run = runTypeScript(parameters, { stdio: "inherit" });
if (run.error)
	process.stderr.write(`there is no tsc: npm install in ${root} brings one\n`);
if (run.status !== 0)
	process.exit(run.status ?? 1);

if (!process.env.HAP_XS_DEBUG) {
	const { compilerOptions: { rootDir, outDir }, files } = JSON.parse(readFileSync(parameters[parameters.indexOf("-p") + 1], "utf8"));
	for (const file of files) {
		const path = join(outDir, relative(rootDir, file).replace(/\.ts$/, ".js"));
		writeFileSync(path, await shrink(readFileSync(path, "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, "")));
	}
}
