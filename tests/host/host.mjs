/** Runs modules of this folder in the host and looks at the process. */

import assert from "node:assert";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { build } from "../../host/desktop/scripts/build.mjs";
import { root } from "../../host/desktop/scripts/paths.mjs";

const built = new Map();

function builtFor(bits) {
	if (!built.has(bits))
		built.set(bits, build({ bits }));
	return built.get(bits);
}

/** Program and parameters that run a module. */
export function words(module, { bits = 64, options = [], parameters = [] } = {}) {
	const { command, modules } = builtFor(bits);
	return [...command, modules, ...options, "--run", module, "--", ...parameters];
}

/** Runs it to its end: { status, stdout, stderr }. */
export function runHost(module, settings = {}) {
	return runWords(words(module, settings), settings.input);
}

/** Runs the host with the parameters that are made from its module list. */
export function runProgram(parameters) {
	const { command, modules } = builtFor(64);
	return runWords([...command, ...parameters(modules)]);
}

function runWords([program, ...parameters], input = "") {
	return spawnSync(program, parameters, { cwd: root, encoding: "utf8", timeout: 60000, input });
}

/** The same with no more than so many descriptors. */
function limited(program, descriptors) {
	return descriptors === undefined ? program : ["sh", "-c", 'ulimit -n "$0"; exec "$@"', String(descriptors), ...program];
}

/** A host that runs on, and the lines of its output. */
export class Host {
	#lines = [];
	#waiting = () => {};
	stderr = "";

	constructor(module, settings = {}) {
		const [program, ...parameters] = limited(words(module, settings), settings.descriptors);
		this.child = spawn(program, parameters, { cwd: root, stdio: ["pipe", "pipe", "pipe"] });
		this.exited = once(this.child, "exit").then(([status]) => status);
		let partial = "";
		this.child.stdout.setEncoding("utf8").on("data", (text) => {
			const lines = (partial + text).split("\n");
			partial = lines.pop();
			this.#lines.push(...lines);
			this.#waiting();
		});
		this.child.stderr.setEncoding("utf8").on("data", (text) => {
			this.stderr += text;
		});
	}

	get pid() {
		return this.child.pid;
	}

	/** The next line that matches; an end without it is a failure. */
	async line(pattern) {
		for (;;) {
			const at = this.#lines.findIndex((line) => pattern.test(line));
			if (at >= 0)
				return this.#lines.splice(0, at + 1)[at];
			const status = await Promise.race([
				this.exited,
				new Promise((resolve) => {
					this.#waiting = () => resolve("line");
				}),
			]);
			assert.ok(status === "line" || this.#lines.some((line) => pattern.test(line)), `no ${pattern}; status ${status} ${this.stderr}`);
		}
	}

	/** What has been said since the last line that was asked for. */
	takeLines() {
		return this.#lines.splice(0);
	}

	/** Not by a signal that the module may have taken for itself. */
	async stop() {
		this.child.kill("SIGKILL");
		await this.exited;
	}
}

export async function withHost(module, settings, body) {
	const host = new Host(module, settings);
	try {
		return await body(host);
	}
	finally {
		await host.stop();
	}
}
