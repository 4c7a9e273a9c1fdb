/** npm start as a person uses it: options, refusals, keys, signals. */

import assert from "node:assert";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "../host/desktop/scripts/paths.mjs";
import { Accessory, isOn, withAccessory } from "./interop/accessory.mjs";
import { Listener } from "./interop/goodbyes.mjs";

const PTR = 12;

function start(parameters, environment = {}) {
	const words = [join(root, "host/desktop/scripts/start.mjs"), ...parameters];
	const env = { ...process.env, ...environment };
	return spawnSync(process.execPath, words, { cwd: root, env, encoding: "utf8", input: "", timeout: 120000 });
}

/** One sentence that says `what`, and status 1. */
function assertRefused({ status, stderr }, what) {
	assert.match(stderr, /^hap-xs: [^\n]+\n$/);
	assert.ok(stderr.includes(what), stderr);
	assert.strictEqual(status, 1);
}

async function withFolder(body) {
	const folder = mkdtempSync(join(tmpdir(), "hap-xs-start-"));
	try {
		await body(folder);
	}
	finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Resolves with the status line of an answer, or with the error's code. */
function ask(port, host = "127.0.0.1") {
	return new Promise((resolve) => {
		const socket = connect({ port, host });
		socket.on("error", (error) => resolve(error.code));
		socket.on("data", (bytes) => {
			resolve(String(bytes).split("\r\n")[0]);
			socket.destroy();
		});
		socket.write("GET /accessories HTTP/1.1\r\nHost: test\r\n\r\n");
	});
}

const UNPAIRED_STATUS = "HTTP/1.1 470 Connection Authorization Required"; // HAP R2 "Security": not verified

test("--help names every option and builds nothing", () => {
	const { status, stdout, stderr } = start(["--help"], { CC: "/nonexistent" });
	for (const option of ["port", "host", "state", "code", "name", "heap", "bits", "no-discovery", "help"])
		assert.ok(stdout.includes(`--${option}`), option);
	assert.strictEqual(stderr, "");
	assert.strictEqual(status, 0);
});

for (
	const [parameters, what] of [
		[["--unknown"], "Unknown option '--unknown'"],
		[["stray"], "Unexpected argument 'stray'"],
		[["--port"], "--port"],
		[["--port", "-1"], "--port"],
		[["--port", "abc"], "--port abc is no port number"],
		[["--port=-1"], "--port -1 is no port number"],
		[["--port", "65536"], "--port 65536 is no port number"],
		[["--port", "80.5"], "--port 80.5 is no port number"],
		[["--name", "n".repeat(64)], "has more than 63 bytes"],
		[["--name", "\u{1f4a1}".repeat(16)], "has more than 63 bytes"],
		[["--bits", "16"], "--bits 16 is neither 32 nor 64"],
		[["--heap", "4096"], "--heap 4096 is too little"],
		[["--heap", "lots"], "--heap lots is no number"],
		[["--heap", "1e5"], "--heap 1e5 is no number"],
		[["--heap", "16384"], "a heap of 16384 bytes is too small"],
		[["--host", "203.0.113.1"], "cannot listen on 203.0.113.1"],
		[["--host", "no address"], "cannot listen on no address"],
	]
)
	test(`"${parameters.join(" ")}" is refused in one sentence`, () =>
		withFolder((folder) => assertRefused(start([...parameters.slice(0), "--state", folder]), what)));

/** HAP R2 "Setup Code": its shape, and the twelve that are too easy. */
const CODES = [
	"12345678",
	"123-456-78",
	"48215936",
	"482-15-93",
	"482-15-9361",
	"482 15 936",
	"482-15-93a",
	"-482-15-93",
	"123-45-678",
	"876-54-321",
];
for (let digit = 0; digit <= 9; digit++)
	CODES.push(`${digit}${digit}${digit}-${digit}${digit}-${digit}${digit}${digit}`);
for (const code of CODES)
	test(`the setup code ${code} is refused in one sentence`, () =>
		withFolder((folder) => assertRefused(start([`--code=${code}`, "--host", "127.0.0.1", "--state", folder]), `${code} is no setup code`)));

test("a port that is taken is refused in one sentence", () =>
	withFolder(async (folder) => {
		const server = createServer().listen(0, "127.0.0.1");
		await once(server, "listening");
		const { port } = server.address();
		assertRefused(start(["--port", String(port), "--host", "127.0.0.1", "--state", folder]), `port ${port}: Address already in use`);
		server.close();
	}));

test("a state folder that is a file is refused in one sentence", () =>
	withFolder((folder) => {
		const path = join(folder, "file");
		writeFileSync(path, "");
		assertRefused(start(["--state", path]), `the state folder cannot be used: ${path}`);
	}));

test(
	"a state folder that may not be written is refused",
	{ skip: process.getuid?.() === 0 && "root may write everywhere" },
	() =>
		withFolder((folder) => {
			chmodSync(folder, 0o500);
			assertRefused(start(["--state", folder]), `the state folder cannot be used: ${folder}`);
		}),
);

test("a compiler that is missing is named in one sentence", () => {
	assertRefused(start([], { CC: "/nonexistent" }), "no C compiler: /nonexistent does not run");
});

for (const how of ["SIGINT", "SIGTERM", "q"])
	test(`${how} says goodbye to the network and ends with 0`, async () => {
		const name = `Goodbye ${how} ${process.pid}`;
		const listener = await new Listener().open();
		const accessory = new Accessory({ parameters: ["--name", name] });
		try {
			await accessory.start();
			const isOurs = ({ name: owner, type }) => owner === "_hap._tcp.local" && type === PTR;
			const isInstance = (record) => record.name.startsWith(`${name}._hap._tcp`);
			await listener.record((record) => isInstance(record) && record.ttl > 0);
			listener.forget();
			if (how === "q")
				accessory.press("q");
			const [status] = how === "q" ? await accessory.exited : [await accessory.stop(how)];
			assert.strictEqual(status, 0, accessory.output);
			await listener.record((record) => isInstance(record) && record.ttl === 0);
			await listener.record((record) => isOurs(record) && record.ttl === 0);
		}
		finally {
			listener.close();
			await accessory.dispose();
		}
	});

test("space presses the button, s shows sessions and memory", () =>
	withAccessory(async (accessory) => {
		const client = await accessory.paired();
		accessory.press(" ");
		await accessory.line(/^switched on by hand$/);
		assert.strictEqual(await isOn(client), true);
		accessory.press(" ");
		await accessory.line(/^switched off by hand$/);
		assert.strictEqual(await isOn(client), false);
		accessory.press("s");
		await accessory.line(/^session \d+: 127\.0\.0\.1 /);
		await accessory.line(/^heap: \d+ bytes live /);
		await client.close();
	}));

test("r asks first: another key leaves the pairings, y removes them", () =>
	withAccessory(async (accessory) => {
		const client = await accessory.paired();
		accessory.press("rn");
		await accessory.line(/^reset: all pairings are removed/);
		await accessory.line(/^not reset$/);
		assert.strictEqual(await isOn(client), false);
		accessory.press("ry");
		await accessory.line(/^resetting$/);
		await accessory.line(/^unpaired from /);
		await client.close().catch(() => {});
		const again = await accessory.paired();
		await again.close();
	}));

test("a standard input that has ended changes nothing", () =>
	withAccessory(async (accessory) => {
		await sleep(300);
		assert.strictEqual(accessory.isRunning, true);
		assert.strictEqual(await ask(accessory.port), UNPAIRED_STATUS);
		assert.strictEqual(await accessory.stop(), 0);
	}, { input: "ignore" }));

test("--host 127.0.0.1 serves that address and no other", () =>
	withAccessory(async (accessory) => {
		assert.strictEqual(await ask(accessory.port), UNPAIRED_STATUS);
		for (const other of process.platform === "linux" ? ["::1", "127.0.0.2"] : ["::1"])
			assert.match(await ask(accessory.port, other), /ECONNREFUSED|EADDRNOTAVAIL/);
	}));
