/** Builds the image for mcsim with the Moddable SDK: build/sim, a library that mcsim loads. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { basename, delimiter, join, resolve } from "node:path";
import { buildFolder, root } from "../../../host/desktop/scripts/paths.mjs";
import { mcconfig, sdkEnvironment } from "../../../scripts/sdk.mjs";

const out = join(buildFolder, "sim");

function simulator() {
	return join(process.env.MODDABLE, "build/bin/lin/release/mcsim");
}

/** Why there is no simulator here, or undefined. */
export function whyNoSimulator() {
	if (process.platform !== "linux")
		return "the simulator's natives are for Linux";
	if (!process.env.MODDABLE)
		return "MODDABLE is not set: the Moddable SDK is needed";
	if (!existsSync(simulator()))
		return "the SDK's simulator is not built (make in $MODDABLE/build/makefiles/lin)";
	return undefined;
}

/** Why no simulator can run without a display, or undefined. */
export function whyNotHeadless() {
	const { error } = spawnSync("Xvfb", ["-version"], { stdio: "ignore" });
	return error && "Xvfb is missing (Debian: apt-get install xvfb)";
}

/** Answers the command that shows it. With HAP_XS_SIM_BUILT it is taken as it is: many tests in a row need it looked at once. */
export function buildSimulator({ isDebug = false, log = () => {} } = {}) {
	const sdk = sdkEnvironment();
	const library = join(out, "bin/lin/mc", isDebug ? "debug" : "release", basename(resolve(root)), "mc.so");
	const command = [simulator(), join(root, "targets/sim/simulator"), library];
	if (process.env.HAP_XS_SIM_BUILT)
		return command;
	mkdirSync(out, { recursive: true });
	log("building the image for mcsim …");
	const environment = { ...sdk, PATH: [join(root, "node_modules/.bin"), sdk.PATH].join(delimiter) };
	mcconfig([...(isDebug ? ["-d"] : []), "-m", "-p", "sim", "-t", "build", "-o", out], { environment, isShown: false });
	return command;
}
