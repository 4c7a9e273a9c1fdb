import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
export const buildFolder = join(root, "build");
export const hostFolder = join(root, "host/desktop");

/** A file that stays as it is keeps its time, and programs that read it meanwhile never see half of it. */
export function writeIfChanged(path, text) {
	if (!existsSync(path) || readFileSync(path, "utf8") !== text)
		writeFileSync(path, text);
}

/** Something the person who builds can mend: shown as one sentence, without a stack. */
export class BuildError extends Error {}

/** Runs `main`; a BuildError is one sentence on standard error and status 1. */
export async function runMain(main) {
	try {
		process.exitCode = (await main()) ?? process.exitCode;
	}
	catch (error) {
		if (!(error instanceof BuildError))
			throw error;
		process.stderr.write(`hap-xs: ${error.message}\n`);
		process.exitCode = 1;
	}
}
