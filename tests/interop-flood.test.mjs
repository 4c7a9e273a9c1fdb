/** Strangers in any number, and all controllers at once: who is paired gets in, and who is in stays. */

import assert from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../host/desktop/scripts/paths.mjs";
import { sharedAccessory, withAccessory } from "./interop/accessory.mjs";
import { Session } from "./interop/session.mjs";

/** As long as iOS waits. */
const PATIENCE_MS = 10000;
const TIMES = 10;
const IS_SIMULATOR = process.env.HAP_XS_TARGET === "sim";
/** Twelve places are those of a chip's memory, sixteen mcsim's; two are for strangers. */
const SESSIONS = IS_SIMULATOR ? 14 : 10;
/** The flood has an address of its own, as a stranger in a network has. macOS gives the loopback one only. */
const HOME = process.platform === "linux" ? "127.0.0.2" : undefined;

/** Of a flood: each of its connections has one of its own. */
const ADDRESSES = 100;

let pairing;
const guards = [];
const accessory = sharedAccessory(async (started) => {
	pairing = await started.pairing();
	for (let i = 0; i < 3; i++)
		guards.push(await started.session(pairing));
});

async function withFlood(port, kind, body, addresses = 1) {
	const child = spawn(process.execPath, [join(root, "tests/interop/strangers.mjs"), String(port), kind, String(addresses)], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	try {
		await once(child.stdout, "data");
		await body();
	}
	finally {
		child.kill("SIGKILL");
		await once(child, "exit");
	}
}

function inTime(promise) {
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error("iOS would have given up")), PATIENCE_MS);
	});
	return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function isServed(session) {
	assert.strictEqual((await session.get("id=1.10")).status, 200);
}

async function comeAndGo(port) {
	const session = await Session.open(port, pairing, HOME);
	await isServed(session);
	await session.close();
}

for (const kind of ["silent", "half", "trickle", "verify", "reset"])
	test(
		`during a flood (${kind}) a paired controller connects, is verified and served each time, and sessions stay`,
		{ skip: !HOME },
		() =>
			withFlood(accessory.port, kind, async () => {
				for (let i = 0; i < TIMES; i++)
					await inTime(comeAndGo(accessory.port));
				for (const guard of guards)
					await inTime(isServed(guard));
				assert.doesNotMatch(accessory.output, /^fault:/m);
			}),
	);

for (const kind of ["silent", "half", "trickle", "verify", "reset"])
	test(
		`during a flood (${kind}) from more addresses than there are places, a controller that was here before is let in and served each time`,
		{ skip: !HOME },
		async () => {
			await comeAndGo(accessory.port);
			await withFlood(accessory.port, kind, async () => {
				for (let i = 0; i < TIMES; i++)
					await inTime(comeAndGo(accessory.port));
				for (const guard of guards)
					await inTime(isServed(guard));
				assert.doesNotMatch(accessory.output, /^fault:/m);
			}, ADDRESSES);
		},
	);

test(
	"when all places for sessions are taken, a flood takes none of them, and one more controller takes one",
	{ skip: !HOME },
	() =>
		withAccessory(async (full) => {
			const known = await full.pairing();
			const sessions = [];
			for (let i = 0; i < SESSIONS; i++) {
				sessions.push(await full.session(known));
				await isServed(sessions[i]);
			}
			await withFlood(full.port, "silent", async () => {
				for (const session of sessions)
					await inTime(isServed(session));
				const newest = await inTime(Session.open(full.port, known, HOME));
				await inTime(isServed(newest));
				await sessions[0].closed;
				assert.deepStrictEqual(sessions.map(({ isClosed }) => isClosed), sessions.map((_, i) => i === 0));
			});
		}),
);

test("a person pairs during a flood", { skip: !HOME }, () =>
	withAccessory((unpaired) =>
		withFlood(unpaired.port, "silent", async () => {
			const known = await unpaired.pairing();
			await inTime(unpaired.session(known));
		})
	));

/** Tries again when it is put off, as controllers do. */
async function persist(port, known) {
	for (;;) {
		try {
			const session = await Session.open(port, known);
			await isServed(session);
			return session;
		}
		catch {
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
}

for (const [places, parameters] of [["twelve", []], ["eighteen", ["--heap", "131072"]]])
	test(`sixteen controllers at once, ${places} places: all of them are verified and served`, {
		skip: IS_SIMULATOR && parameters.length > 0,
	}, () =>
		withAccessory(async (stormed) => {
			const known = await stormed.pairing();
			const sessions = await inTime(Promise.all(Array.from({ length: 16 }, () => persist(stormed.port, known))));
			const open = sessions.filter(({ isClosed }) => !isClosed);
			assert.ok(open.length >= (places === "twelve" ? 8 : 16), `${open.length} open`);
			for (const session of open)
				await isServed(session);
		}, { parameters: ["--no-discovery", ...parameters] }));
