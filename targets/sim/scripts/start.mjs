/** npm run sim: builds what has changed, then runs the accessory in mcsim. Options and keys are those of npm start. */

import { homedir } from "node:os";
import { join } from "node:path";
import { checkCommon, COMMON_OPTIONS, folderOf, pathOf, readOptions, runProgram } from "../../../host/desktop/scripts/options.mjs";
import { runMain } from "../../../host/desktop/scripts/paths.mjs";
import { examples } from "../../../scripts/sdk.mjs";
import { buildSimulator } from "./build.mjs";
import { openDisplay } from "./display.mjs";

const HELP = `npm run sim -- [options]      a HomeKit switch in the Moddable SDK's simulator

  --port PORT        TCP port; 0 (default): a free one, the same again at the next start
  --host ADDRESS     serve this address only, discovery too (127.0.0.1: nothing leaves this computer)
  --state DIR        where identity and pairings are kept (default: ~/.hap-xs-sim)
  --code 123-45-678  the setup code (default: a random one, made once and kept)
  --name NAME        the name that controllers show (default: hap-xs Switch)
  --example NAME     another accessory instead of the switch: ${examples().join(", ")} (state: ~/.hap-xs-sim-NAME)
  --accessory DIR    an accessory of your own: the folder with its manifest.json (state: its .state)
  --power-on STATE   what the switch is after a start: off, on or last (default: last)
  --no-discovery     no mDNS: the controller must know address and port
  --headless         in a display of its own that nobody sees (needs Xvfb)
  --debug            the image with the SDK's debugging
  --help

Keys on standard input, where that is no terminal: space presses the button, r resets (asks first), q quits.
`;

const OPTIONS = {
	...COMMON_OPTIONS,
	headless: { type: "boolean", default: false },
	debug: { type: "boolean", default: false },
};

/** Undefined: that of targets/sim/target.ts. */
function stateFolder({ state, example, accessory }) {
	if (state || accessory !== undefined)
		return pathOf(state || join(accessory, ".state"));
	return example && join(homedir(), `.hap-xs-sim-${example}`);
}

/** What targets/sim/target.ts reads. */
function settings(options) {
	return {
		HAP_XS_PORT: options.port,
		HAP_XS_HOST: options.host,
		HAP_XS_STATE: stateFolder(options),
		HAP_XS_CODE: options.code,
		HAP_XS_NAME: options.name,
		HAP_XS_POWER_ON: options["power-on"],
		HAP_XS_HEADLESS: options.headless ? "1" : "",
		HAP_XS_DISCOVERY: options["no-discovery"] ? "off" : "",
	};
}

await runMain(async () => {
	const options = readOptions(OPTIONS, "npm run sim");
	if (options.help) {
		process.stdout.write(HELP);
		return 0;
	}
	checkCommon(options);
	const command = buildSimulator({ folder: folderOf(options), isDebug: options.debug, log: (line) => process.stdout.write(`${line}\n`) });
	const display = options.headless ? await openDisplay() : undefined;
	try {
		return await runProgram(command, { ...settings(options), ...display?.environment });
	}
	finally {
		display?.close();
	}
});
