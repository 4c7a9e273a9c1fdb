/** As npm start, with a bridge in the place of the switch: --accessory names its module. */

import { build } from "../../host/desktop/scripts/build.mjs";
import { COMMON_OPTIONS, readOptions, runProgram } from "../../host/desktop/scripts/options.mjs";
import { runMain } from "../../host/desktop/scripts/paths.mjs";

const OPTIONS = {
	...COMMON_OPTIONS,
	accessory: { type: "string", default: "host/this-accessory" },
	heap: { type: "string", default: "32768" },
	bits: { type: "string", default: "32" },
};

await runMain(() => {
	const { accessory, bits, heap, port, host, state, code } = readOptions(OPTIONS, "start-bridge.mjs");
	const { command, modules } = build({ bits: Number(bits) });
	const alias = ["--alias", `host/this-accessory=${accessory}`];
	return runProgram([...command, modules, "--heap", heap, ...alias, "--", port, host, state, code, "", "off", "off"]);
});
