#!/usr/bin/env node
/** npm start, and the command hap-xs where this is a dependency: builds what has changed, then runs the accessory. */

import { join } from "node:path";
import { build } from "./build.mjs";
import { checkCommon, COMMON_OPTIONS, folderOf, pathOf, readOptions, runProgram } from "./options.mjs";
import { BuildError, runMain } from "./paths.mjs";
import { examples } from "../../../scripts/sdk.mjs";

const HELP = `npm start -- [options]        a HomeKit switch on this computer

  --port PORT        TCP port; 0 (default): a free one, the same again at the next start
  --host ADDRESS     serve this address only, discovery too (127.0.0.1: nothing leaves this computer)
  --state DIR        where identity and pairings are kept (default: .state)
  --code 123-45-678  the setup code (default: a random one, made once and kept)
  --name NAME        the name that controllers show (default: hap-xs Switch)
  --power-on STATE   what the switch is after a start: off, on or last (default: last)
  --heap BYTES       the memory of the XS machine (default: 65536, with --bits 32: 32768; half as much more without libsodium)
  --bits 64|32       size of the machine: 32 is the size of an ESP32's
  --example NAME     another accessory instead of the switch: ${examples().join(", ")}
  --accessory DIR    an accessory of your own: the folder with its manifest.json (state: its .state)
  --no-discovery     no mDNS: the controller must know address and port
  --status PORT      a page for a browser on this computer, or at --host's address: label, state, sessions, memory, log
  --json             one JSON object a line, for programs
  --help

Keys: space presses the button, r resets (asks first), s shows sessions and memory, q quits.
`;

const OPTIONS = {
	...COMMON_OPTIONS,
	heap: { type: "string" },
	bits: { type: "string", default: "64" },
	json: { type: "boolean", default: false },
	status: { type: "string" },
};

const MIN_HEAP = 16384;
/** Tweetnacl's field arithmetic has some sixty locals at the end of a deep chain of calls, and numbers of eight bytes. */
const PORTABLE_STACK = ["--stack", "640"];
const PORTABLE_HEAP = { 64: "98304", 32: "49152" };

/** Colours on a terminal only, and not where a person asked for none (https://no-color.org). */
function look({ json }) {
	if (json)
		return "json";
	return process.stdout.isTTY && !process.env.NO_COLOR ? "color" : "plain";
}

function stateFolder({ example, accessory }) {
	return accessory === undefined ? join(".state", example ?? "") : join(accessory, ".state");
}

function check(options) {
	checkCommon(options);
	if (options.bits !== "32" && options.bits !== "64")
		throw new BuildError(`--bits ${options.bits} is neither 32 nor 64`);
	if (options.status !== undefined && !(/^\d+$/.test(options.status) && Number(options.status) <= 65535))
		throw new BuildError(`--status ${options.status} is no port number (0 to 65535)`);
	if (options.heap !== undefined && !/^\d+$/.test(options.heap))
		throw new BuildError(`--heap ${options.heap} is no number of bytes`);
	if (options.heap !== undefined && Number(options.heap) < MIN_HEAP)
		throw new BuildError(`--heap ${options.heap} is too little: at least ${MIN_HEAP} bytes`);
}

await runMain(async () => {
	const options = readOptions(OPTIONS, "npm start");
	if (options.help) {
		process.stdout.write(HELP);
		return 0;
	}
	check(options);
	const { command, modules, provider, main } = build({
		bits: Number(options.bits),
		folder: folderOf(options),
		status: options.status !== undefined,
		log: (line) => options.json || process.stdout.write(`${line}\n`),
	});
	const isPortable = provider === "portable";
	const bytes = options.heap ?? (isPortable ? PORTABLE_HEAP[options.bits] : undefined);
	const heap = bytes === undefined ? [] : ["--heap", bytes];
	const stack = isPortable ? PORTABLE_STACK : [];
	const discovery = options["no-discovery"] ? "off" : "on";
	return runProgram([
		...command,
		modules,
		...heap,
		...stack,
		...(main === undefined ? [] : ["--run", main]),
		"--",
		options.port,
		options.host,
		pathOf(options.state || stateFolder(options)),
		options.code,
		options.name,
		discovery,
		options["power-on"],
		look(options),
		String(process.stdout.columns ?? ""),
		options.status ?? "",
	]);
});
