/** Starts the accessory as `npm start` does, on loopback, and speaks to it as a person and as controllers. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { HttpClient } from "hap-controller";
import { Connection } from "./connection.mjs";
import { Session } from "./session.mjs";
import { root } from "../../host/desktop/scripts/paths.mjs";
import { starter } from "./starter.mjs";

export const ON = "1.10";
export const CODE = "482-15-936";
const START_MS = 60000;

export class Accessory {
	#child;
	#lines = [];
	#waiting = [];
	#isStopping = false;

	/**
	 * state: a folder of the caller's; code: null to give none; parameters: those of npm start in place of --no-discovery;
	 * starter: what starts another program, as starter.mjs has it; input: "pipe" takes keys, "ignore" is a standard input that has
	 * ended; host: null to serve every interface; prefix: a command that runs the one behind it, elsewhere.
	 */
	constructor(options = {}) {
		this.options = options;
		this.state = options.state ?? mkdtempSync(join(tmpdir(), "hap-xs-"));
		this.output = "";
	}

	/** Resolves when the accessory is ready to pair. */
	async start(extra = []) {
		const {
			code = CODE,
			host = "127.0.0.1",
			input = "pipe",
			name,
			prefix = [],
			parameters: options = name === undefined ? ["--no-discovery"] : ["--name", name],
		} = this.options;
		const fixed = [...(host === null ? [] : ["--host", host]), "--state", this.state, ...(code === null ? [] : ["--code", code])];
		const start = this.options.starter ?? starter;
		const [program, ...parameters] = [...prefix, process.execPath, ...start([...fixed, ...options, ...extra])];
		this.#child = spawn(program, parameters, { cwd: root, stdio: [input, "pipe", "pipe"] });
		this.#isStopping = false;
		this.exited = once(this.#child, "exit");
		for (const stream of [this.#child.stdout, this.#child.stderr])
			this.#collect(stream);
		await (options.includes("--json") ? this.#readJsonLabel() : this.#readLabel());
		return this;
	}

	async #readLabel() {
		const line = await Promise.race([this.line(/^listening on .* port (\d+)/, START_MS), this.ended()]);
		this.port = Number(line.match(/port (\d+)/)[1]);
		const id = await this.line(/^device id /);
		this.deviceId = id.slice("device id ".length);
	}

	async #readJsonLabel() {
		const { label } = JSON.parse(await Promise.race([this.line(/^\{"label":/, START_MS), this.ended()]));
		this.label = label;
		this.port = label.port;
		this.deviceId = label.deviceId;
	}

	#collect(stream) {
		let partial = "";
		stream.setEncoding("utf8").on("data", (text) => {
			this.output += text;
			const lines = (partial + text).split("\n");
			partial = lines.pop();
			for (const line of lines)
				this.#onLine(line);
		});
	}

	#onLine(line) {
		this.#lines.push(line);
		for (const waiting of [...this.#waiting])
			waiting();
	}

	/** The next line that matches; lines before it are dropped. */
	line(pattern, limit = 10000) {
		return new Promise((resolve, reject) => {
			const stop = (settle) => {
				clearTimeout(timer);
				this.#waiting = this.#waiting.filter((waiting) => waiting !== look);
				settle();
			};
			const look = () => {
				const at = this.#lines.findIndex((line) => pattern.test(line));
				if (at >= 0)
					stop(() => resolve(this.#lines.splice(0, at + 1)[at]));
			};
			const timer = setTimeout(() => stop(() => reject(new Error(`no line ${pattern} in\n${this.output}`))), limit);
			timer.unref(); // an accessory that has ended says nothing more
			this.#waiting.push(look);
			look();
		});
	}

	press(key) {
		this.#child.stdin.write(key);
	}

	client(pairing, options = { usePersistentConnections: true, subscriptionsUseSameConnection: true }) {
		return new HttpClient(this.deviceId, "127.0.0.1", this.port, pairing, options);
	}

	/** A controller that has paired itself. */
	async paired() {
		const client = this.client();
		await client.pairSetup(CODE);
		return client;
	}

	/** The keys of a controller that has paired itself, as hap-controller keeps them. */
	async pairing() {
		return (await this.paired()).getLongTermData();
	}

	/** A stranger's connection. */
	connect() {
		return Connection.open(this.port);
	}

	/** A secured session of the controller with these keys. */
	session(pairing) {
		return Session.open(this.port, pairing);
	}

	/** Rejects when the accessory ends by itself: a controller that waits for its answer would wait for ever. */
	async ended() {
		const [status, signal] = await this.exited;
		if (this.#isStopping)
			return new Promise(() => {});
		throw new Error(`the accessory ended: ${signal ?? status}\n${this.output}`);
	}

	/** Whether the process runs. */
	get isRunning() {
		return this.#child?.exitCode === null && this.#child.signalCode === null;
	}

	get pid() {
		return this.#child.pid;
	}

	/** Answers the exit status. */
	async stop(signal = "SIGTERM") {
		this.#isStopping = true;
		this.#child.kill(signal);
		const [status] = await this.exited;
		return status;
	}

	async dispose() {
		if (this.isRunning)
			await this.stop();
		if (!this.options.state)
			rmSync(this.state, { recursive: true, force: true });
	}
}

/** Runs `body` with a fresh accessory, which must outlive it. */
export async function withAccessory(body, options) {
	const accessory = new Accessory(options);
	try {
		await accessory.start();
		await Promise.race([body(accessory), accessory.ended()]);
	}
	finally {
		await accessory.dispose();
	}
}

/** One accessory for all tests of a file: started before them, stopped behind them; `prepare` has it before they do. */
export function sharedAccessory(prepare, options) {
	const accessory = new Accessory(options);
	before(async () => {
		await accessory.start();
		await Promise.race([prepare(accessory), accessory.ended()]);
	});
	after(() => accessory.dispose());
	return accessory;
}

/** The next event of a client, as { aid.iid: value }. */
export function nextEvent(client, limit = 5000) {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => {
			client.off("event", onEvent);
			reject(new Error("no event came"));
		}, limit);
		const onEvent = (event) => {
			clearTimeout(timer);
			resolve(Object.fromEntries(event.characteristics.map(({ aid, iid, value }) => [`${aid}.${iid}`, value])));
		};
		client.once("event", onEvent);
	});
}

export async function isOn(client) {
	const { characteristics } = await client.getCharacteristics([ON]);
	return Boolean(characteristics[0].value);
}
