/** Builds the image for mcsim with the Moddable SDK: build/sim, a library that mcsim loads. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { basename, delimiter, join, resolve } from "node:path";
import { BuildError, buildFolder, root } from "../../../host/desktop/scripts/paths.mjs";

const out = join(buildFolder, "sim");

function answers(program, parameters) {
	return spawnSync(program, parameters, { stdio: "ignore" }).status === 0;
}

/** Why there is no simulator here, or undefined. */
export function whyNoSimulator() {
	if (process.platform !== "linux")
		return "the simulator's natives are for Linux";
	if (!process.env.MODDABLE)
		return "MODDABLE is not set: install the Moddable SDK (https://www.moddable.com), 8.2 or later";
	if (!existsSync(tool("mcsim")) || !existsSync(tool("mcconfig")))
		return `the SDK in ${process.env.MODDABLE} is not built (make in build/makefiles/lin)`;
	return undefined;
}

/** Why no simulator can run without a display, or undefined. */
export function whyNotHeadless() {
	return answers("Xvfb", ["-version"]) || answers("which", ["Xvfb"]) ? undefined : "Xvfb is missing (Debian: apt-get install xvfb)";
}

function tool(name) {
	return join(process.env.MODDABLE, "build/bin/lin/release", name);
}

function environment() {
	const path = [join(root, "node_modules/.bin"), process.env.PATH, join(process.env.MODDABLE, "build/bin/lin/release")];
	const crypto = process.env.HAP_XS_CRYPTO ?? (answers("pkg-config", ["--exists", "libsodium"]) ? "native" : "portable");
	return { ...process.env, PATH: path.join(delimiter), HAP_XS_CRYPTO: crypto };
}

/** Answers the command that shows it. With HAP_XS_SIM_BUILT it is taken as it is: many tests in a row need it looked at once. */
export function buildSimulator({ isDebug = false, log = () => {} } = {}) {
	const reason = whyNoSimulator();
	if (reason)
		throw new BuildError(reason);
	const library = join(out, "bin/lin/mc", isDebug ? "debug" : "release", basename(resolve(root)), "mc.so");
	const command = [tool("mcsim"), join(root, "targets/sim/simulator"), library];
	if (process.env.HAP_XS_SIM_BUILT)
		return command;
	mkdirSync(out, { recursive: true });
	log("building the image for mcsim …");
	const flags = isDebug ? ["-d", "-m"] : ["-m"];
	const run = spawnSync(tool("mcconfig"), [...flags, "-p", "sim", "-t", "build", "-o", out], {
		cwd: root,
		env: environment(),
		encoding: "utf8",
		maxBuffer: 1 << 26,
	});
	if (run.status !== 0)
		throw new BuildError(`the image does not build\n${run.stdout ?? ""}${run.stderr ?? run.error.message}`);
	for (const line of run.stderr.split("\n").filter((line) => /warning|error/i.test(line)))
		log(line);
	return command;
}
