/** Bystanders and crowds as processes of their own, each kept to a core where the system can do that: times are then the accessory's. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../../host/desktop/scripts/paths.mjs";

const CORES = availableParallelism();
const canPin = CORES > 1 && spawnSync("taskset", ["-c", "0", "true"]).status === 0;

/** The accessory has the first core, the bystander the second; a crowd has the others, or what the bystander leaves of the second. */
function prefixOf(core) {
	return canPin ? ["taskset", "-c", core] : [];
}

export const ACCESSORY_PREFIX = prefixOf("0");
const BYSTANDER_PREFIX = prefixOf("1");
const CROWD_PREFIX = CORES > 2 ? prefixOf(`2-${CORES - 1}`) : [...prefixOf("1"), "nice", "-n", "15"];

class Helper {
	#child;
	#lines;
	#exited;

	constructor(prefix, file, parameters, pairing) {
		const [program, ...rest] = [...prefix, process.execPath, join(root, "tests/interop", file), ...parameters.map(String)];
		this.#child = spawn(program, rest, { stdio: ["pipe", "pipe", "inherit"] });
		this.#exited = once(this.#child, "exit");
		this.#lines = createInterface({ input: this.#child.stdout });
		this.say(JSON.stringify(pairing));
	}

	say(line) {
		this.#child.stdin.write(`${line}\n`);
	}

	/** The next line, which is JSON. */
	async told() {
		const [line] = await Promise.race([once(this.#lines, "line"), this.#exited]);
		if (typeof line !== "string")
			throw new Error(`a helper ended: ${line}`);
		return JSON.parse(line);
	}

	async end() {
		this.#child.stdin.end();
		await this.#exited;
	}

	get input() {
		return this.#child.stdin;
	}
}

/** A session that reads all the time. */
export class Bystander extends Helper {
	constructor(port, pairing) {
		super(BYSTANDER_PREFIX, "bystander.mjs", [port], pairing);
	}

	/** Resolves when it reads, and answers { count, p50, p95, p99, max } of the reads since the last time, in milliseconds. */
	measured() {
		this.say("");
		return this.told();
	}
}

/** Connections of a kind of soak.mjs, or of "all", so many a second. */
export class Crowd extends Helper {
	constructor(port, pairing, kind, perSecond) {
		super(CROWD_PREFIX, "crowd.mjs", [port, kind, perSecond], pairing);
	}

	/** Answers { count, refused, seconds }. */
	async stop() {
		const told = this.told();
		this.input.end();
		return told;
	}
}
