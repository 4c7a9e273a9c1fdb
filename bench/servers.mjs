/**
 * What is measured: any program that serves HAP on a port of loopback. A server is { name, command }, the command a line for the
 * shell with {port} {state} {code} {accessories} in it, see README.md.
 */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BuildError, root } from "../host/desktop/scripts/paths.mjs";
import { build } from "../host/desktop/scripts/build.mjs";

const folder = dirname(fileURLToPath(import.meta.url));
const CODE = "482-15-936";
const START_MS = 20_000;
const HEAP_LINE = /^heap: (\d+) bytes live \((\d+) slots of (\d+)/;
const quote = (words) => words.map((word) => (/^[\w./:=-]+$/.test(word) ? word : `'${word}'`)).join(" ");

/** 40 KiB of an ESP32's, where slots have half the size: what sixteen sessions need. */
const HEAP = ["--heap", "81920"];

/** This project's, as `npm start` runs it. "s" on its standard input shows its heap. */
export function ours({ log }) {
	const { command, modules, provider } = build({ log });
	const alias = ["--alias", "host/this-accessory=tests/bench/bridge"];
	const start = (options) => `${quote([...command, modules, ...options])} -- {port} 127.0.0.1 {state} {code} "" off`;
	return { name: "hap-xs", about: `${provider} crypto`, command: start(HEAP), bridge: start([...alias, ...HEAP]), heapKey: "s" };
}

function installPeers(log) {
	if (existsSync(join(folder, "node_modules/@homebridge/hap-nodejs")))
		return;
	log("installing HAP-NodeJS into bench/node_modules …");
	const run = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, encoding: "utf8" });
	if (run.error || run.status !== 0)
		throw new BuildError(`npm cannot install HAP-NodeJS for the comparison: ${run.error?.message ?? run.stderr.trim()}`);
}

export function hapNodeJS({ log }) {
	installPeers(log);
	const { version } = JSON.parse(readFileSync(join(folder, "node_modules/@homebridge/hap-nodejs/package.json"), "utf8"));
	const command = `${quote([process.execPath, join(folder, "peers/hap-nodejs.mjs")])} {port} {state} {code} {accessories}`;
	return { name: "HAP-NodeJS", about: `${version}, Node ${process.versions.node}`, command, bridge: command };
}

/** `name=command`, or the name of a JSON file with a list of { name, command, bridge, code }. */
export function otherServers(text) {
	if (existsSync(text))
		return JSON.parse(readFileSync(text, "utf8"));
	const [, name, command] = text.match(/^([^=]+)=(.+)$/s) ?? [];
	if (!command)
		throw new BuildError(`--server ${text} is neither name=command nor a file`);
	return [{ name, command, bridge: command.includes("{accessories}") ? command : undefined }];
}

async function freePort() {
	const probe = createServer().listen(0, "127.0.0.1");
	await once(probe, "listening");
	const { port } = probe.address();
	probe.close();
	await once(probe, "close");
	return port;
}

function answers(port) {
	return new Promise((resolve) => {
		const socket = connect(port, "127.0.0.1");
		const settle = (isOpen) => {
			socket.destroy();
			resolve(isOpen);
		};
		socket.once("connect", () => settle(true)).once("error", () => settle(false));
	});
}

/** Servers have one processor, the load program another, where taskset can say so. */
export const isPinned = availableParallelism() > 1 && spawnSync("taskset", ["-V"]).status === 0;

export function pinSelf() {
	if (isPinned)
		spawnSync("taskset", ["-a", "-cp", "1", String(process.pid)]);
}

/** A process of a server. */
export class Instance {
	/** What it prints, in a file: a pipe would wake the load program for each line. */
	#log;

	static async start(server, accessories = 1) {
		const instance = new Instance();
		instance.server = server;
		instance.code = server.code ?? CODE;
		instance.state = mkdtempSync(join(tmpdir(), "hap-bench-"));
		instance.#log = join(instance.state, "bench.log");
		instance.port = await freePort();
		await instance.#spawn(accessories);
		return instance;
	}

	async #spawn(accessories) {
		const { server, port, state, code } = this;
		const values = { port, state, code, accessories };
		const line = (accessories > 1 ? server.bridge : server.command).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
		const pin = isPinned ? "taskset -c 0 " : "";
		const log = openSync(this.#log, "a");
		this.child = spawn("sh", ["-c", `exec ${pin}${line}`], { cwd: root, stdio: ["pipe", log, log] });
		closeSync(log);
		this.child.stdin.on("error", () => {}); // a server that reads none
		const end = Date.now() + START_MS;
		while (!await answers(port)) {
			if (this.child.exitCode !== null || Date.now() > end)
				throw new BuildError(`${server.name} does not start:\n${this.#output()}`);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}

	#output() {
		return readFileSync(this.#log, "utf8");
	}

	get pid() {
		return this.child.pid;
	}

	/** Live bytes of the script engine's heap; undefined when the server does not tell. */
	async heap() {
		if (!this.server.heapKey)
			return undefined;
		const seen = this.#output().length;
		this.child.stdin.write(this.server.heapKey);
		for (let tries = 0; tries < 100; tries++) {
			const line = this.#output().slice(seen).split("\n").find((text) => HEAP_LINE.test(text));
			if (line)
				return Number(line.match(HEAP_LINE)[1]);
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		return undefined;
	}

	async stop() {
		if (this.child.exitCode === null && this.child.signalCode === null) {
			this.child.kill("SIGTERM");
			const timer = setTimeout(() => this.child.kill("SIGKILL"), 3000);
			await once(this.child, "exit");
			clearTimeout(timer);
		}
		rmSync(this.state, { recursive: true, force: true });
	}
}
