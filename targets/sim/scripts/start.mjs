/** npm run sim: builds what has changed, then runs the accessory in mcsim. Options and keys are those of npm start. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { BuildError, root, runMain } from "../../../host/desktop/scripts/paths.mjs";
import { buildSimulator } from "./build.mjs";
import { openDisplay } from "./display.mjs";

const HELP = `npm run sim -- [options]      a HomeKit switch in the Moddable SDK's simulator

  --port PORT        TCP port; 0 (default): a free one, the same again at the next start
  --host ADDRESS     serve this address only, discovery too (127.0.0.1: nothing leaves this computer)
  --state DIR        where identity and pairings are kept (default: ~/.hap-xs-sim)
  --code 123-45-678  the setup code (default: a random one, made once and kept)
  --name NAME        the name that controllers show (default: hap-xs Switch)
  --power-on STATE   what the switch is after a start: off, on or last (default: last)
  --no-discovery     no mDNS: the controller must know address and port
  --headless         in a display of its own that nobody sees (needs Xvfb)
  --debug            the image with the SDK's debugging
  --help

Keys on standard input, where that is no terminal: space presses the button, r resets (asks first), q quits.
`;

const OPTIONS = {
	port: { type: "string", default: "" },
	host: { type: "string", default: "" },
	state: { type: "string", default: "" },
	code: { type: "string", default: "" },
	name: { type: "string", default: "" },
	"power-on": { type: "string", default: "last" },
	"no-discovery": { type: "boolean", default: false },
	headless: { type: "boolean", default: false },
	debug: { type: "boolean", default: false },
	help: { type: "boolean", default: false },
};

function readOptions() {
	try {
		return parseArgs({ options: OPTIONS, strict: true, allowPositionals: false }).values;
	}
	catch (error) {
		throw new BuildError(`${error.message.split(". ")[0]}. Try npm run sim -- --help`);
	}
}

function check(options) {
	if (!/^\d*$/.test(options.port) || Number(options.port) > 65535)
		throw new BuildError(`--port ${options.port} is no port number (0 to 65535)`);
	if (!["off", "on", "last"].includes(options["power-on"]))
		throw new BuildError(`--power-on ${options["power-on"]} is none of off, on, last`);
}

/** What targets/sim/target.ts reads. */
function settings(options) {
	return {
		HAP_XS_PORT: options.port,
		HAP_XS_HOST: options.host,
		HAP_XS_STATE: options.state && resolve(process.env.INIT_CWD ?? root, options.state),
		HAP_XS_CODE: options.code,
		HAP_XS_NAME: options.name,
		HAP_XS_POWER_ON: options["power-on"],
		HAP_XS_HEADLESS: options.headless ? "1" : "",
		HAP_XS_DISCOVERY: options["no-discovery"] ? "off" : "",
	};
}

async function run([program, ...parameters], environment) {
	const child = spawn(program, parameters, { env: { ...process.env, ...environment }, stdio: "inherit" });
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
		process.on(signal, () => (signal === "SIGINT" && process.stdin.isTTY) || child.kill(signal));
	const [status, signal] = await once(child, "exit");
	return signal ? 1 : status;
}

await runMain(async () => {
	const options = readOptions();
	if (options.help) {
		process.stdout.write(HELP);
		return 0;
	}
	check(options);
	const command = buildSimulator({ isDebug: options.debug, log: (line) => process.stdout.write(`${line}\n`) });
	const display = options.headless ? await openDisplay() : undefined;
	try {
		return await run(command, { ...settings(options), ...display?.environment });
	}
	finally {
		display?.close();
	}
});
