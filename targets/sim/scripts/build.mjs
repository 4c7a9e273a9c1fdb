/** Builds the image for mcsim with the Moddable SDK: below build/sim, a library that mcsim loads. */

import { existsSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { nameOf } from "../../../host/desktop/scripts/accessory-folder.mjs";
import { buildFolder, root } from "../../../host/desktop/scripts/paths.mjs";
import { mcconfig, sdkEnvironment } from "../../../scripts/sdk.mjs";

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

function build(folder, out, isDebug) {
	mkdirSync(out, { recursive: true });
	const parameters = [...(isDebug ? ["-d"] : []), "-m", "-p", "sim", "-t", "build", "-o", out, join(folder, "manifest.json")];
	mcconfig(parameters, { environment: sdkEnvironment(), isShown: false });
}

/** Answers the command that shows the image of a folder with a manifest. With HAP_XS_SIM_BUILT the image is taken as it is. */
export function buildSimulator({ folder = root, isDebug = false, log = () => {} } = {}) {
	const out = join(buildFolder, "sim", nameOf(folder));
	if (!process.env.HAP_XS_SIM_BUILT) {
		log("building the image for mcsim …");
		build(folder, out, isDebug);
	}
	const library = join(out, "bin/lin/mc", isDebug ? "debug" : "release", basename(folder), "mc.so");
	return [simulator(), join(root, "targets/sim/simulator"), library];
}
