/** What npm start keeps from one run to the next, and what it does when that is damaged. */

import assert from "node:assert";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Accessory } from "./interop/accessory.mjs";

async function withState(body) {
	const state = mkdtempSync(join(tmpdir(), "hap-xs-state-"));
	try {
		await body(state);
	}
	finally {
		rmSync(state, { recursive: true, force: true });
	}
}

/** Runs it once on that state. */
async function run(state, body = () => {}, options = {}) {
	const accessory = new Accessory({ state, ...options });
	try {
		await accessory.start(options.extra);
		await body(accessory);
		return accessory;
	}
	finally {
		await accessory.dispose();
	}
}

async function setupCode(accessory) {
	return (await accessory.line(/setup code {2}/)).trim().slice("setup code  ".length);
}

test("without --code a valid random code is made once and kept", async () => {
	const codes = [];
	const options = { code: null };
	for (let i = 0; i < 2; i++)
		await withState(async (state) => {
			for (let start = 0; start < 2; start++)
				await run(state, async (accessory) => codes.push(await setupCode(accessory)), options);
			assert.strictEqual(statSync(join(state, "setup-code")).mode & 0o777, 0o600);
		});
	for (const code of codes)
		assert.match(code, /^\d{3}-\d{2}-\d{3}$/);
	assert.strictEqual(codes[0], codes[1]);
	assert.strictEqual(codes[2], codes[3]);
	assert.notStrictEqual(codes[0], codes[2]);
});

test("a controller pairs with the code that was made", () =>
	withState((state) =>
		run(state, async (accessory) => {
			const code = await setupCode(accessory);
			const client = accessory.client();
			await client.pairSetup(code);
			await client.close();
		}, { code: null })
	));

test("a code that is given takes the place of the one that is kept", () =>
	withState(async (state) => {
		await run(state, () => {}, { code: null });
		await run(state, async (accessory) => assert.strictEqual(await setupCode(accessory), "031-45-154"), { code: "031-45-154" });
		await run(state, async (accessory) => assert.strictEqual(await setupCode(accessory), "031-45-154"), { code: null });
	}));

test("device id and port are kept", () =>
	withState(async (state) => {
		const first = await run(state);
		const second = await run(state);
		assert.strictEqual(second.deviceId, first.deviceId);
		assert.strictEqual(second.port, first.port);
	}));

test("a kept port that is taken gives way to another", () =>
	withState(async (state) => {
		const first = await run(state);
		const server = createServer().listen(first.port, "127.0.0.1");
		await once(server, "listening");
		const second = await run(state);
		assert.notStrictEqual(second.port, first.port);
		server.close();
		const third = await run(state);
		assert.strictEqual(third.port, second.port);
	}));

test("a kept port does not hide that a host cannot be listened on", () =>
	withState(async (state) => {
		await run(state);
		const accessory = new Accessory({ state });
		accessory.start(["--host", "203.0.113.1"]).catch(() => {});
		await accessory.line(/^hap-xs: cannot listen on 203\.0\.113\.1 port 0: /, 60000);
		const [status] = await accessory.exited;
		assert.strictEqual(status, 1);
		assert.strictEqual(accessory.output.includes(" at "), false, accessory.output);
	}));

async function pairAndForget(accessory) {
	const client = await accessory.paired();
	await client.close();
}

async function tryWrongCode(accessory) {
	const client = accessory.client();
	await assert.rejects(client.pairSetup("031-45-154"));
	await client.close().catch(() => {});
}

const flipBit = (record) => record.map((byte, at) => at === record.length >> 1 ? byte ^ 1 : byte);

const DAMAGES = [
	["another version", (record) => record.map((byte, at) => at === 0 ? byte + 1 : byte)],
	["a lost end", (record) => record.subarray(0, -1)],
	["nothing in it", () => Buffer.alloc(0)],
];

/** [record, what makes it, what reads it] */
const RECORDS = [
	["identity", () => {}, () => {}],
	["verifier", () => {}, pairAndForget],
	["setup-code", () => {}, pairAndForget],
	["port", () => {}, () => {}],
	["config", () => {}, () => {}],
	["pairings", pairAndForget, pairAndForget],
	["tries", tryWrongCode, pairAndForget],
];

async function assertSetAside(key, damage, make, read) {
	await withState(async (state) => {
		const before = await run(state, make);
		const path = join(state, key);
		const damaged = damage(readFileSync(path));
		writeFileSync(path, damaged);
		const after = await run(state, async (accessory) => {
			await accessory.line(/^ready$/);
			await read(accessory);
		});
		const keptAs = `${key.slice(0, 11)}.bad`;
		assert.ok(after.output.includes(`the record "${key}" was damaged; it is kept as "${keptAs}"`), after.output);
		assert.deepStrictEqual(readFileSync(join(state, keptAs)), Buffer.from(damaged));
		assert.strictEqual(after.deviceId === before.deviceId, key !== "identity");
		assert.strictEqual(after.port === before.port, key !== "port");
	});
}

for (const [key, make, read] of RECORDS)
	test(`a record "${key}" with a flipped bit is told and set aside, and the accessory serves`, () =>
		assertSetAside(key, flipBit, make, read));

for (const [name, damage] of DAMAGES)
	test(`a record with ${name} is told and set aside`, () => assertSetAside("identity", damage, () => {}, () => {}));
