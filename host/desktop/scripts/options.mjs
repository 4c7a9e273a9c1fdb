/** What the commands that run an accessory share: reading their options, and handing signals on to it. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { BuildError } from "./paths.mjs";
import { projectOf } from "../../../scripts/sdk.mjs";

/** Those of every accessory that runs on a computer, as node:util's parseArgs has them. */
export const COMMON_OPTIONS = {
	port: { type: "string", default: "" },
	host: { type: "string", default: "" },
	state: { type: "string", default: "" },
	code: { type: "string", default: "" },
	name: { type: "string", default: "" },
	"power-on": { type: "string", default: "last" },
	"no-discovery": { type: "boolean", default: false },
	example: { type: "string" },
	accessory: { type: "string" },
	help: { type: "boolean", default: false },
};

/** BuildError names the option that is not known, and `command` that knows them all. */
export function readOptions(options, command) {
	let values;
	try {
		({ values } = parseArgs({ options, strict: true, allowPositionals: false }));
	}
	catch (error) {
		throw new BuildError(`${error.message.split(/\.\s/)[0]}. Try ${command} -- --help`);
	}
	return values;
}

const MAX_NAME_BYTES = 63; // a label of DNS: RFC 1035 section 2.3.4

export function checkCommon(options) {
	if (options.example !== undefined && options.accessory !== undefined)
		throw new BuildError("--example and --accessory: one of them");
	folderOf(options);
	if (Buffer.byteLength(options.name) > MAX_NAME_BYTES)
		throw new BuildError(`--name ${options.name} has more than ${MAX_NAME_BYTES} bytes, which is what names on the network may have`);
	if (!/^\d*$/.test(options.port) || Number(options.port) > 65535)
		throw new BuildError(`--port ${options.port} is no port number (0 to 65535)`);
	if (!["off", "on", "last"].includes(options["power-on"]))
		throw new BuildError(`--power-on ${options["power-on"]} is none of off, on, last`);
}

/** Relative paths are of the folder where the person stands: npm start changes into this one. */
export function pathOf(text) {
	return resolve(process.env.INIT_CWD ?? ".", text);
}

/** The folder of what runs; undefined: the switch. */
export function folderOf({ example, accessory }) {
	if (accessory !== undefined)
		return pathOf(accessory);
	return example === undefined ? undefined : projectOf(example);
}

/** Answers the status to end with. A terminal sends its SIGINT to the program itself. */
export async function runProgram([program, ...parameters], environment = {}) {
	const child = spawn(program, parameters, { env: { ...process.env, ...environment }, stdio: "inherit" });
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
		process.on(signal, () => (signal === "SIGINT" && process.stdin.isTTY) || child.kill(signal));
	const [status, signal] = await once(child, "exit");
	return signal ? 1 : status;
}
