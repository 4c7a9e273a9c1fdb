/** The host's sockets, records, descriptors and idleness, seen from outside of its process. */

import assert from "node:assert";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { runHost, withHost, words } from "./host/host.mjs";

const isLinux = process.platform === "linux";
const NETWORK = "tests/host/network";
const FAREWELL_BYTES = 16 * 4096;
const FEW_DESCRIPTORS = 16;
const LINGERING = 16;
const BACKLOG = 1024;

async function withNetwork(body, settings = {}) {
	await withHost(NETWORK, settings, async (host) => {
		const line = await host.line(/^port \d+$/);
		await body(Number(line.slice(5)), host);
	});
}

async function withFolder(body) {
	const folder = mkdtempSync(join(tmpdir(), "hap-xs-host-"));
	try {
		await body(folder);
	}
	finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function descriptors(pid) {
	return readdirSync(`/proc/${pid}/fd`).length;
}

/** Processor time of a process, in ticks of 10 ms. */
function ticks(pid) {
	const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
	return Number(fields[11]) + Number(fields[12]);
}

/** Resolves with all bytes, when the other side ends. */
async function readAll(socket) {
	const parts = [];
	for await (const part of socket)
		parts.push(part);
	return Buffer.concat(parts);
}

test("a peer that ends its half gets what is written after that", () =>
	withNetwork(async (port) => {
		const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
		socket.end("last words");
		assert.strictEqual(String(await readAll(socket)), "last words!");
	}));

test("... and all of an answer that is longer than its send buffer", () =>
	withNetwork(async (port) => {
		const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
		socket.end("lots");
		await once(socket, "connect");
		socket.pause();
		await sleep(100);
		assert.strictEqual((await readAll(socket)).length, FAREWELL_BYTES + 1);
	}));

test("all that was written before close arrives, though the peer reads late", () =>
	withNetwork(async (port) => {
		const socket = connect({ port, host: "127.0.0.1" });
		socket.write("bye");
		await once(socket, "connect");
		socket.pause();
		await sleep(100);
		const bytes = await readAll(socket);
		assert.strictEqual(bytes.length, FAREWELL_BYTES);
		assert.ok(bytes.every((byte, at) => byte === at >> 12));
	}));

test(
	"of closed connections sixteen are read on, and all of them get what was written",
	{ skip: !isLinux },
	() =>
		withNetwork(async (port, host) => {
			const before = descriptors(host.pid);
			const parts = [];
			for (let i = 0; i < LINGERING + 4; i++) {
				const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
				socket.write("bye");
				const [first] = await once(socket, "data");
				socket.pause();
				parts.push([first, socket]);
			}
			const isWhole = async ([first, socket]) => assert.strictEqual(first.length + (await readAll(socket)).length, FAREWELL_BYTES);
			await isWhole(parts.at(-1)); // and the host has closed it, as the others before it
			assert.ok(descriptors(host.pid) <= before + LINGERING, `${descriptors(host.pid) - before} are read on`);
			for (const part of parts.slice(0, -1))
				await isWhole(part);
			for (const [, socket] of parts)
				socket.destroy();
		}),
);

/** Resolves with those of so many new connections that were made in a while. */
async function connected(port, count) {
	const sockets = Array.from({ length: count }, () => connect({ port, host: "127.0.0.1" }).on("error", () => {}));
	const made = [];
	for (const socket of sockets)
		socket.once("connect", () => made.push(socket));
	await sleep(500);
	return { sockets, made };
}

test(
	"1024 connections wait to be accepted, and those beyond come when there is room",
	{ skip: !isLinux },
	() =>
		withNetwork(async (port, host) => {
			process.kill(host.pid, "SIGSTOP");
			const within = await connected(port, BACKLOG);
			assert.strictEqual(within.made.length, BACKLOG);
			const beyond = await connected(port, 20);
			assert.ok(beyond.made.length < 20, `${beyond.made.length} of 20 more`);
			for (const socket of [...within.sockets, ...beyond.made])
				socket.destroy();
			process.kill(host.pid, "SIGCONT");
			const late = beyond.sockets.filter((socket) => !beyond.made.includes(socket));
			for (const socket of late) {
				socket.write("hello");
				assert.strictEqual(String((await once(socket, "data"))[0]), "hello");
				socket.destroy();
			}
		}),
);

test("a reset by the peer ends the connection", () =>
	withNetwork(async (port, host) => {
		const socket = connect({ port, host: "127.0.0.1" });
		socket.write("hello");
		await once(socket, "data");
		socket.resetAndDestroy();
		await host.line(/^ended$/);
	}));

test("2000 connections, ended in every way, leave no descriptor behind", { skip: !isLinux }, () =>
	withNetwork(async (port, host) => {
		const before = descriptors(host.pid);
		const ways = ["end", "reset", "destroy", "bye", "hold"];
		const one = async (number) => {
			const way = ways[number % ways.length];
			const socket = connect({ port, host: "127.0.0.1" });
			socket.on("error", () => {});
			await once(socket, "connect");
			socket.write(way === "bye" || way === "hold" ? way : "hello");
			if (way === "bye")
				await readAll(socket);
			else if (way === "hold")
				socket.destroy();
			else {
				await once(socket, "data");
				if (way === "end")
					socket.end();
				else if (way === "reset")
					socket.resetAndDestroy();
			}
			socket.destroy();
		};
		for (let number = 0; number < 2000; number += 20)
			await Promise.all(Array.from({ length: 20 }, (_, i) => one(number + i)));
		for (let i = 0; i < 200 && descriptors(host.pid) > before; i++)
			await sleep(10);
		assert.strictEqual(descriptors(host.pid), before);
	}));

test(
	"without descriptors a host lets connections wait, without turning in circles, and then serves them",
	{ skip: !isLinux },
	() =>
		withNetwork(async (port, host) => {
			const few = descriptors(host.pid);
			const sockets = [];
			for (let i = 0; i < 2 * FEW_DESCRIPTORS; i++) {
				const socket = connect({ port, host: "127.0.0.1" });
				socket.on("error", () => {});
				await once(socket, "connect");
				sockets.push(socket);
			}
			await sleep(100);
			const most = descriptors(host.pid);
			assert.ok(few < most && most < few + sockets.length, `${most} descriptors`);
			const before = ticks(host.pid);
			await sleep(1000);
			const used = ticks(host.pid) - before;
			assert.ok(used <= 10, `${used} of 100 ticks`);
			const last = sockets.pop();
			for (const socket of sockets)
				socket.destroy();
			last.write("hello");
			await once(last, "data");
			last.destroy();
			for (let i = 0; i < 200 && descriptors(host.pid) > few; i++)
				await sleep(10);
			assert.strictEqual(descriptors(host.pid), few);
		}, { descriptors: FEW_DESCRIPTORS }),
);

test("a record is its owner's only, and so is its folder", () =>
	withFolder(async (folder) => {
		const path = join(folder, "state");
		await withHost("tests/host/store", { parameters: [path] }, async (host) => {
			await host.line(/^ready$/);
			assert.strictEqual(statSync(path).mode & 0o777, 0o700);
			assert.strictEqual(statSync(join(path, "record")).mode & 0o777, 0o600);
			assert.deepStrictEqual(readdirSync(path), ["record"]);
			assert.deepStrictEqual(readFileSync(join(path, "record")), Buffer.alloc(100, 1));
		});
	}));

test("a record that cannot be replaced stays whole", () =>
	withFolder((folder) =>
		withHost("tests/host/store", { parameters: [folder] }, async (host) => {
			await host.line(/^ready$/);
			mkdirSync(join(folder, ".writing")); // where the new value would be written first
			host.child.stdin.write("x");
			await host.line(/^Error: record: /);
			assert.deepStrictEqual(readFileSync(join(folder, "record")), Buffer.alloc(100, 1));
			rmSync(join(folder, ".writing"), { recursive: true });
			host.child.stdin.write("x");
			await host.line(/^written$/);
			assert.deepStrictEqual(readFileSync(join(folder, "record")), Buffer.alloc(100, 3));
		})
	));

test("what a power cut left half written is no record, and is written over", () =>
	withFolder(async (folder) => {
		writeFileSync(join(folder, ".writing"), Buffer.alloc(1000, 9));
		await withHost("tests/host/store", { parameters: [folder] }, async (host) => {
			await host.line(/^ready$/);
			assert.deepStrictEqual(readdirSync(folder), ["record"]);
			assert.deepStrictEqual(readFileSync(join(folder, "record")), Buffer.alloc(100, 1));
		});
	}));

test("a process that is killed while it writes leaves a whole record", () =>
	withFolder(async (folder) => {
		await withHost("tests/host/store", { parameters: [folder] }, async (host) => {
			await host.line(/^ready$/);
			host.child.stdin.write("x".repeat(5000));
			await host.line(/^written$/);
			host.child.kill("SIGKILL");
			await host.exited;
		});
		const bytes = readFileSync(join(folder, "record"));
		assert.strictEqual(bytes.length, 100);
		assert.ok(bytes.every((byte) => byte === bytes[0]));
	}));

test("a folder that is a file is an error", () =>
	withFolder((folder) => {
		const path = join(folder, "file");
		writeFileSync(path, "");
		const { status, stderr } = runHost("tests/host/store", { parameters: [path] });
		assert.ok(stderr.includes(`${path}: Not a directory`), stderr);
		assert.strictEqual(status, 1);
	}));

test(
	"a folder that may not be written is an error",
	{ skip: process.getuid?.() === 0 && "root may write everywhere" },
	() =>
		withFolder((folder) => {
			chmodSync(folder, 0o500);
			const { status, stderr } = runHost("tests/host/store", { parameters: [folder] });
			assert.ok(stderr.includes(`${folder}: Permission denied`), stderr);
			assert.strictEqual(status, 1);
		}),
);

test("a host that waits uses no processor time", { skip: !isLinux }, () =>
	withHost("tests/host/idle", {}, async (host) => {
		await host.line(/^ready$/);
		host.child.stdin.write("a");
		await host.line(/^key 97$/);
		host.child.kill("SIGHUP");
		await host.line(/^signal 1$/);
		host.child.stdin.end();
		await sleep(200);
		const before = ticks(host.pid);
		await sleep(1000);
		const used = ticks(host.pid) - before;
		assert.ok(used <= 10, `${used} of 100 ticks`);
	}));

test(
	"a host that is started without standard descriptors keeps them out of its sockets' way",
	{ skip: !existsSync("/proc/self/fd") },
	() => {
		const script = '"$@" <&- >&- 2>&- & pid=$!; sleep 1; ls -l /proc/$pid/fd; kill -9 $pid';
		const { stdout } = spawnSync("sh", ["-c", script, "sh", ...words("tests/host/idle")], { encoding: "utf8" });
		for (const descriptor of [0, 1, 2])
			assert.match(stdout, new RegExp(` ${descriptor} -> /dev/null`));
	},
);
