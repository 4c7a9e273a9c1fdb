/** Builds tests/natives: the C of the library and of the host without XS, under address and undefined-behaviour sanitizers. */

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { compiler, sodium } from "./build.mjs";
import { filesBelow } from "./javascript.mjs";
import { writeIdentifiers } from "./natives.mjs";
import { BuildError, buildFolder, root } from "./paths.mjs";

/** file-store.c is part of tests/natives/store.c. */
const HOST_SOURCES = ["host/posix/address.c", "host/posix/last-words.c", "host/desktop/io/ring.c"];
const FOLDERS = ["tests/natives", "host/posix", "host/desktop/io"];

function words(text) {
	return text.split(" ").filter(Boolean);
}

/** Answers the program's path; undefined where libsodium, which most natives bind, is not installed. */
export function buildNativesTest({ isFuzzer = false } = {}) {
	const library = sodium(64);
	if (!library)
		return undefined;
	const program = join(buildFolder, isFuzzer ? "natives-fuzz" : "natives-test");
	const sanitizers = `-fsanitize=${isFuzzer ? "fuzzer," : ""}address,undefined`;
	const flags = ["-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", sanitizers, "-fno-sanitize-recover=all"];
	const modules = filesBelow(join(root, "modules"), ".c");
	const sources = [...filesBelow(join(root, "tests/natives"), ".c"), ...modules, ...HOST_SOURCES];
	const generated = join(buildFolder, "natives");
	mkdirSync(generated, { recursive: true });
	writeIdentifiers(generated, modules, (_name, at) => at);
	const parameters = [
		...flags,
		...(isFuzzer ? ["-DLIBFUZZER"] : []),
		...[...FOLDERS, generated].map((folder) => `-I${folder}`),
		...words(library.flags),
		...sources,
		"-o",
		program,
		...words(library.libraries),
	];
	const run = spawnSync(isFuzzer ? "clang" : compiler, parameters, { cwd: root, encoding: "utf8" });
	if (run.error || run.status !== 0)
		throw new BuildError(`tests/natives does not compile\n${run.stderr}`);
	if (run.stderr)
		process.stderr.write(run.stderr);
	return program;
}
