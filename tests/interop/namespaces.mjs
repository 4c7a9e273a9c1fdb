/** Computers of a test's own: network namespaces of Linux, joined by cables (veth), one of them with avahi. Only root may make them. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const LIMIT_MS = 20_000;
const POLL_MS = 200;
const PROGRAMS = ["ip", "unshare", "nsenter", "mount", "dbus-daemon", "avahi-daemon", "avahi-browse", "avahi-publish", "avahi-resolve"];

/** False, or what is missing here. */
export function whyNot() {
	if (process.platform !== "linux" || process.getuid() !== 0)
		return "network namespaces need Linux, and root";
	const missing = PROGRAMS.filter((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status !== 0);
	if (missing.length > 0)
		return `not installed: ${missing.join(", ")}`;
	const trial = spawnSync("unshare", ["-n", "-m", "sh", "-c", "mount -t tmpfs tmpfs /run && ip link add trial type veth peer name other"]);
	return trial.status !== 0 && "this system allows no network namespaces";
}

/** Polls until `look` answers something. */
export async function until(look, what) {
	for (const limit = Date.now() + LIMIT_MS; Date.now() < limit; await sleep(POLL_MS)) {
		const found = await look();
		if (found)
			return found;
	}
	throw new Error(`never: ${what()}`);
}

/** One computer. */
export class Computer {
	#keeper;
	#children = [];

	static async open() {
		const computer = new Computer();
		computer.#keeper = spawn("unshare", ["-n", "-m", "sh", "-c", "mount -t tmpfs tmpfs /run && echo ready && exec sleep 3600"], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		await once(computer.#keeper.stdout, "data");
		computer.run("ip", "link", "set", "lo", "up");
		return computer;
	}

	get pid() {
		return this.#keeper.pid;
	}

	/** Runs the command behind it in this computer's network. */
	get prefix() {
		return ["nsenter", "-t", String(this.pid), "-n"];
	}

	/** Answers the output. */
	run(program, ...parameters) {
		const { status, stdout, stderr } = spawnSync("nsenter", this.#inside(program, parameters), { encoding: "utf8" });
		if (status !== 0)
			throw new Error(`${program} ${parameters.join(" ")}: ${stderr}`);
		return stdout;
	}

	/** A command that goes on; answers its process, whose `output` grows. */
	start(program, ...parameters) {
		const child = spawn("nsenter", this.#inside(program, parameters), { stdio: ["ignore", "pipe", "pipe"] });
		child.output = "";
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding("utf8").on("data", (text) => child.output += text);
		this.#children.push(child);
		return child;
	}

	#inside(program, parameters) {
		return [
			"-t",
			String(this.pid),
			"-n",
			"-m",
			"env",
			...Object.entries(this.environment ?? {}).map((pair) => pair.join("=")),
			program,
			...parameters,
		];
	}

	async stop(child, signal = "SIGTERM") {
		if (child.exitCode === null && child.signalCode === null && child.kill(signal))
			await once(child, "exit");
	}

	async close() {
		for (const child of [...this.#children.reverse(), this.#keeper])
			await this.stop(child, "SIGKILL");
	}
}

/** A cable between two computers, its ends called `name` on both; addresses are those of `number`: 10.77.number.1 and .2, and of IPv6. */
export function connect(one, two, name, number) {
	one.run("ip", "link", "add", name, "type", "veth", "peer", "name", name, "netns", String(two.pid));
	for (const [computer, last] of [[one, 1], [two, 2]]) {
		computer.run("ip", "address", "add", `10.77.${number}.${last}/24`, "dev", name);
		computer.run("ip", "address", "add", `fd77:${number}::${last}/64`, "dev", name, "nodad");
		computer.run("ip", "link", "set", name, "up");
	}
}

const BUS = (path) =>
	`<busconfig><type>system</type><listen>unix:path=${path}</listen><auth>EXTERNAL</auth><policy context="default">`
	+ '<allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_destination="*"/><allow receive_sender="*"/></policy></busconfig>';
const DAEMON = "[server]\nhost-name=querier\nuse-ipv4=yes\nuse-ipv6=yes\n[publish]\npublish-workstation=no\n";

/** Avahi with a bus of its own; answers what ends it. */
export async function startAvahi(computer) {
	const folder = mkdtempSync(join(tmpdir(), "hap-xs-avahi-"));
	const bus = join(folder, "bus");
	writeFileSync(join(folder, "bus.conf"), BUS(bus));
	writeFileSync(join(folder, "avahi.conf"), DAEMON);
	computer.environment = { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${bus}` };
	const broker = computer.start("dbus-daemon", `--config-file=${join(folder, "bus.conf")}`, "--nofork", "--print-address");
	await until(() => broker.output.includes("unix:path"), () => `dbus-daemon starts: ${broker.output}`);
	computer.run("mkdir", "-p", "/run/avahi-daemon");
	const daemon = computer.start("avahi-daemon", "-f", join(folder, "avahi.conf"), "--no-drop-root", "--no-chroot", "--no-rlimits");
	await until(() => daemon.output.includes("startup complete"), () => `avahi-daemon starts: ${daemon.output}`);
	return () => rmSync(folder, { recursive: true, force: true });
}

const unescaped = (text) => text.replace(/\\(\d{3})/g, (_, code) => String.fromCharCode(Number(code))).replace(/\\(.)/g, "$1");

/** What avahi knows of a type of service now, resolved: interface, protocol, name, hostName, address, port, text. */
export function browse(computer, type) {
	const lines = computer.run("avahi-browse", "-rtp", type).split("\n").filter((line) => line.startsWith("="));
	return lines.map((line) => {
		const [, network, protocol, name, , , hostName, address, port, ...text] = line.split(";");
		const entries = [...text.join(";").matchAll(/"([^"=]*)=([^"]*)"/g)].map(([, key, value]) => [key, value]);
		return {
			interface: network,
			protocol,
			name: unescaped(name),
			hostName,
			address,
			port: Number(port),
			text: Object.fromEntries(entries),
		};
	});
}
