/**
 * npm run size -- <target> [--example NAME]: the flash that the JavaScript of an image takes, read from what the SDK's linker wrote for it, and the memory
 * that it takes once it serves, read from the desktop host of the same word size. Needs the SDK; needs no ESP-IDF.
 */

import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { canRun } from "../host/desktop/scripts/build.mjs";
import { BuildError, buildFolder, root, runMain } from "../host/desktop/scripts/paths.mjs";
import { mcconfig, platformOf, projectOf, sdkEnvironment } from "./sdk.mjs";

const SLOT_BYTES = 16;
const POINTER_BYTES = 4;
const HOST_FUNCTION_BYTES = 8; // address, length, name
const SCRIPT_BYTES = 40;
const SERVES_AFTER_MS = 3000;

/** The linker's rule waits for ESP-IDF's configuration; without ESP-IDF, an empty one does for it. */
function withoutIdf(environment) {
	if (environment.IDF_PATH)
		return environment;
	const folder = join(buildFolder, "no-idf");
	mkdirSync(folder, { recursive: true });
	const program = join(folder, "idf.py");
	const script = `#!/bin/sh
for word; do case "$word" in SDKCONFIG_HEADER=*) file="\${word#*=}"; mkdir -p "$(dirname "$file")"; : > "$file";; esac; done
`;
	writeFileSync(program, script);
	chmodSync(program, 0o755);
	return { ...environment, IDF_PATH: folder, PATH: [folder, environment.PATH].join(delimiter) };
}

/** The C file in which the linker puts the whole JavaScript of a release image. */
function link(platform, project) {
	const out = join(buildFolder, "size", basename(project));
	rmSync(out, { recursive: true, force: true }); // modules of sources that are gone would be linked still
	mkdirSync(out, { recursive: true });
	const file = join(out, "tmp", platform, "release", basename(project), "mc.xs.c");
	mcconfig(["-m", "-p", platform, "-o", out, "-t", file], { project, environment: withoutIdf(sdkEnvironment()) });
	if (!existsSync(file))
		throw new BuildError(`mcconfig wrote no ${file}`);
	return readFileSync(file, "utf8");
}

function defined(source, name) {
	return Number(source.match(new RegExp(`#define ${name} (\\d+)`))?.[1] ?? 0);
}

/** Characters of the literals of one line, which are "\\x0c" or "a"; each value ends in a zero. */
function literalBytes(line) {
	const literals = line.match(/"(?:\\.|[^"\\])*"/g) ?? [];
	const characters = literals.map((literal) => literal.slice(1, -1).replace(/\\x[0-9a-f]{2}|\\./g, ".").length);
	return literals.length ? characters.reduce((sum, count) => sum + count, 1) : 0;
}

function measure(source) {
	const heap = source.slice(source.indexOf("gxHeap[mxHeapCount] = {"), source.indexOf("gxStack[mxStackCount] = {"));
	let code = 0, data = 0;
	for (const line of heap.split("\n")) {
		if (line.includes("XS_CODE_X_KIND"))
			code += literalBytes(line);
		else
			data += literalBytes(line.replace(/\/\*.*?\*\//g, ""));
	}
	const scripts = source.matchAll(/^static const txU1 gxCode\d+\[(\d+)\];/gm);
	const hosts = source.matchAll(/^static const xsHostBuilder gxBuilders\d*\[(\d+)\]/gm);
	const sum = (matches) => [...matches].reduce((total, [, count]) => total + Number(count), 0);
	const tables = defined(source, "mxKeysCount") + defined(source, "mxNamesCount") + defined(source, "mxSymbolsCount");
	return {
		"read-only slots": (defined(source, "mxHeapCount") + defined(source, "mxStackCount")) * SLOT_BYTES,
		"byte code": code + sum(scripts),
		"names and strings": data + defined(source, "mxBigIntCount") * 4,
		tables: tables * POINTER_BYTES + sum(hosts) * HOST_FUNCTION_BYTES + defined(source, "mxScriptsCount") * SCRIPT_BYTES,
	};
}

/** Live bytes of a 32-bit machine that serves, unpaired, after a collection. Undefined where no 32-bit program runs. */
async function memory(example) {
	if (!canRun(32))
		return undefined;
	const state = mkdtempSync(join(tmpdir(), "hap-xs-size-"));
	const parameters = [
		"host/desktop/scripts/start.mjs",
		"--bits",
		"32",
		"--host",
		"127.0.0.1",
		"--state",
		state,
		...(example === undefined ? [] : ["--example", example]),
	];
	const child = spawn(process.execPath, parameters, { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
	let output = "";
	child.stdout.setEncoding("utf8").on("data", (text) => {
		if (!output.includes("\nready") && (output + text).includes("\nready"))
			setTimeout(() => child.stdin.write("sq"), SERVES_AFTER_MS);
		output += text;
	});
	await new Promise((done) => child.on("close", done));
	rmSync(state, { recursive: true });
	return output.match(/^heap: .*$/m)?.[0].slice("heap: ".length);
}

await runMain(async () => {
	const at = process.argv.indexOf("--example");
	const example = at < 0 ? undefined : process.argv[at + 1] ?? "";
	const target = process.argv[2] ?? "";
	const platform = platformOf(target);
	if (platform === "sim")
		throw new BuildError("the simulator's image is a shared library of the computer's: its size says nothing about a chip");
	const parts = measure(link(platform, projectOf(example)));
	const total = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);
	const lines = [...Object.entries(parts), ["flash in all", total]];
	process.stdout.write(
		`${
			[example, target].filter(Boolean).join(" on ")
		}, release image, JavaScript with the SDK's modules and the engine's built-in objects:\n`,
	);
	for (const [name, bytes] of lines)
		process.stdout.write(`  ${name.padEnd(18)}${String(bytes).padStart(8)} bytes\n`);
	process.stdout.write(`memory, 32 bits, serving and not paired: ${(await memory(example)) ?? "no 32-bit program runs here"}\n`);
});
