/** Builds the image for mcsim with the Moddable SDK: build/sim, a library that mcsim loads. */

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

function build(folder, isDebug) {
	const sdk = sdkEnvironment();
	const environment = { ...sdk, PATH: [join(root, "node_modules/.bin"), sdk.PATH].join(delimiter) };
	const manifest = join(folder, "manifest.json");
	mkdirSync(out, { recursive: true });
	mcconfig([...(isDebug ? ["-d"] : []), "-m", "-p", "sim", "-t", "build", "-o", out, manifest], { environment, isShown: false });
}

/** Answers the command that shows the image of a folder with a manifest. With HAP_XS_SIM_BUILT the image is taken as it is. */
export function buildSimulator({ folder = root, isDebug = false, log = () => {} } = {}) {
	if (!process.env.HAP_XS_SIM_BUILT) {
		log("building the image for mcsim …");
		build(folder, isDebug);
	}
	const library = join(out, "bin/lin/mc", isDebug ? "debug" : "release", basename(resolve(folder)), "mc.so");
	return [simulator(), join(root, "targets/sim/simulator"), library];
}
