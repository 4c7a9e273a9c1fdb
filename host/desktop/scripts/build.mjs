/**
 * Builds the desktop host and the JavaScript that it runs: build/host64/hap-xs-host, or host32 with --bits 32.
 * Needs Node, npm, a C compiler and make. libsodium is used when pkg-config knows it. --sanitize, --fuzz and --stress are variants
 * for tests: with sanitizers, with libFuzzer, and one that collects garbage at every Nth allocation.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildJavaScript, filesBelow } from "./javascript.mjs";
import { writeIdentifiers, writeNatives } from "./natives.mjs";
import { BuildError, buildFolder, hostFolder, root, runMain, writeIfChanged } from "./paths.mjs";
import { xsSources } from "./xs-sources.mjs";

/** A heap that no device has: the modules of unit tests are not preloaded. */
const UNIT_MACHINE = ["--heap", "4194304", "--stack", "4096"];

/**
 * The machine of a unit test. Its time leaps over waits, so that what a test sees of it does not depend on how busy the computer is;
 * only the test of timers looks at the clock itself.
 */
export function unitMachine(name) {
	return name.startsWith("timer.") ? UNIT_MACHINE : [...UNIT_MACHINE, "--clock", "leaping"];
}

export const compiler = process.env.CC ?? "cc";

function answers(command, parameters, options = {}) {
	const run = spawnSync(command, parameters, { encoding: "utf8", ...options });
	return !run.error && run.status === 0 ? run.stdout : undefined;
}

/** A program of that size which does nothing, or undefined when the compiler makes none here. */
function compileProbe(bits) {
	const flags = bits === 32 ? ["-m32"] : [];
	const source = "#include <stdio.h>\n#include <errno.h>\nint main(void) { return 0; }\n";
	const probe = join(buildFolder, `probe${bits}`);
	mkdirSync(buildFolder, { recursive: true });
	return answers(compiler, [...flags, "-x", "c", "-", "-o", probe], { input: source }) === undefined ? undefined : probe;
}

/** What runs programs of that size: nothing in front of them, or an emulator where the kernel takes no 32-bit ones. */
function runnerFor(bits) {
	const probe = compileProbe(bits);
	if (probe === undefined)
		throw new BuildError(
			`${compiler} cannot make ${bits}-bit programs here${bits === 32 ? " (Debian: apt-get install gcc-multilib)" : ""}`,
		);
	const runners = bits === 32 ? [[], ["qemu-i386"]] : [[]];
	const runner = runners.find(([first = probe]) => answers(first, first === probe ? [] : [probe]) !== undefined);
	if (runner === undefined)
		throw new BuildError(`this system does not run ${bits}-bit programs (Debian: apt-get install qemu-user)`);
	return runner;
}

/** Whether programs of that size can be made and run here. */
export function canRun(bits) {
	try {
		runnerFor(bits);
		return true;
	}
	catch {
		return false;
	}
}

function requireTools() {
	if (answers(compiler, ["--version"]) === undefined)
		throw new BuildError(
			`no C compiler: ${compiler} does not run (Debian: apt-get install build-essential, macOS: xcode-select --install)`,
		);
	if (!answers("make", ["--version"])?.includes("GNU Make"))
		throw new BuildError("GNU make is missing (Debian: apt-get install build-essential, macOS: xcode-select --install)");
}

/** Whether programs with address and undefined-behaviour sanitizers can be made and run here. */
export function canSanitize() {
	const source = "#include <stdint.h>\nint main(void) { return 0; }\n";
	const probe = join(buildFolder, "probe-sanitize");
	mkdirSync(buildFolder, { recursive: true });
	const flags = ["-fsanitize=address,undefined", "-x", "c", "-", "-o", probe];
	return answers(compiler, flags, { input: source }) !== undefined && answers(probe, []) !== undefined;
}

/** The archive of clang's libFuzzer without its main, or undefined where there is none; its counters of our own are for Linux. */
export function fuzzerRuntime() {
	if (process.platform !== "linux")
		return undefined;
	const name = `libclang_rt.fuzzer_no_main-${process.arch === "arm64" ? "aarch64" : "x86_64"}.a`;
	for (const wanted of [name, "libclang_rt.fuzzer_no_main.a"]) {
		const path = answers("clang", [`-print-file-name=${wanted}`])?.trim();
		if (path && isAbsolute(path))
			return path;
	}
	return undefined;
}

/** Flags for libsodium, or undefined where it is not installed for that size. */
export function sodium(bits) {
	if (process.env.HAP_XS_CRYPTO === "portable")
		return undefined;
	const environment = { ...process.env };
	if (bits === 32 && process.platform === "linux")
		environment.PKG_CONFIG_LIBDIR = "/usr/lib/i386-linux-gnu/pkgconfig:/usr/lib32/pkgconfig";
	const options = { env: environment };
	if (answers("pkg-config", ["--exists", "libsodium"], options) === undefined)
		return undefined;
	return {
		flags: answers("pkg-config", ["--cflags", "libsodium"], options).trim(),
		libraries: answers("pkg-config", ["--libs", "libsodium"], options).trim(),
	};
}

function make(bits, xs, out, natives, library, variant) {
	const sources = filesBelow(join(root, "modules"), ".c").filter((path) => library || !path.endsWith("crypto/native.c"));
	const variables = {
		BITS: bits,
		XS: xs,
		OUT: out,
		NATIVES: natives,
		MODULES_C: sources.join(" "),
		SODIUM_FLAGS: library?.flags ?? "",
		SODIUM_LIBS: library?.libraries ?? "",
		CC: variant === "fuzz" ? "clang" : compiler,
		VARIANT: variant,
		FUZZER: variant === "fuzz" ? fuzzerRuntime() : "",
	};
	const jobs = `-j${availableParallelism()}`;
	const parameters = ["--no-print-directory", jobs, "-f", join(hostFolder, "makefile")];
	const assignments = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
	writeIfChanged(join(out, "variables.txt"), [...assignments, ...filesBelow(join(root, "host"), ".c"), ""].join("\n"));
	const run = spawnSync("make", [...parameters, ...assignments], {
		cwd: root,
		encoding: "utf8",
		stdio: ["ignore", "pipe", "pipe"],
	});
	if (run.status !== 0)
		throw new BuildError(`the host does not compile\n${run.stdout}${run.stderr}`);
	if (run.stderr)
		process.stderr.write(run.stderr);
}

/**
 * Answers { command, modules, provider, main }: the words that start the host, its module list, which crypto it has, the module to run
 * when it is not the switch. `variant` is nothing, "sanitize", "fuzz", "profile" or "stress"; `folder` has the manifest of another
 * accessory; `status`: with the status page.
 */
export function build({ bits = 64, variant = "", folder, status = false, log = () => {} } = {}) {
	requireTools();
	const runner = runnerFor(bits);
	const xs = xsSources();
	const library = sodium(bits);
	const provider = library ? "native" : "portable";
	const { path, modules, main } = buildJavaScript(xs, provider, { variant, folder, status });
	const out = join(buildFolder, `host${bits}${library ? "" : "-portable"}${variant && `-${variant}`}`);
	mkdirSync(out, { recursive: true });
	writeIdentifiers(out, [...filesBelow(join(xs, "modules/data"), ".c"), ...filesBelow(join(root, "modules"), ".c")]);
	log(`building the ${bits}-bit host, ${provider} crypto${variant && `, to ${variant}`} …`);
	make(bits, xs, out, writeNatives(out, modules), library, variant);
	return { command: [...runner, join(out, "hap-xs-host")], modules: path, provider, main };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	await runMain(() => {
		const at = process.argv.indexOf("--bits");
		const bits = at < 0 ? 64 : Number(process.argv[at + 1]);
		if (bits !== 32 && bits !== 64)
			throw new BuildError("--bits is 32 or 64");
		const variant = ["sanitize", "fuzz", "profile", "stress"].find((name) => process.argv.includes(`--${name}`));
		if (variant === "fuzz" && !fuzzerRuntime())
			throw new BuildError("clang's libFuzzer is not installed (Debian: apt-get install clang libclang-rt-14-dev)");
		const { command, provider } = build({ bits, variant });
		process.stdout.write(`${command.join(" ")} (${provider} crypto)\n`);
	});
