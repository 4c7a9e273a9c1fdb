/** What is preloaded lies in memory that nobody writes; and the counters of the memory that is written. */

import assert from "node:assert";
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../host/desktop/scripts/paths.mjs";
import { runHost, withHost } from "./host/host.mjs";

const BASE_BYTES = 64 * 1024 * 1024;
const FLASH = "base64"; // a preloaded module, whose file is exchanged for ours
const SETTINGS = { options: ["--alias", `${FLASH}=tests/host/flash`] };
const source = readFileSync(join(root, "tests/host/flash.ts"), "utf8");
const isLinux = process.platform === "linux";

/** The names of a table in flash.ts. */
function kindsOf(table) {
	const text = source.slice(source.indexOf(`const ${table}:`));
	return [...text.slice(0, text.indexOf("\n};")).matchAll(/^\t(\w+): \(\) =>/gm)].map(([, name]) => name);
}

/** Where the base lies, and whether it may be written. */
function baseOf(pid) {
	for (const line of readFileSync(`/proc/${pid}/maps`, "utf8").split("\n")) {
		const [, from, to, access] = line.match(/^(\w+)-(\w+) (\S+)/) ?? [];
		if (from && parseInt(to, 16) - parseInt(from, 16) === BASE_BYTES)
			return { from: parseInt(from, 16), access };
	}
	throw new Error("no base");
}

function hashOfBase(pid) {
	const { from } = baseOf(pid);
	const memory = openSync(`/proc/${pid}/mem`, "r");
	const hash = createHash("sha256");
	const bytes = Buffer.alloc(1 << 20);
	for (let at = 0; at < BASE_BYTES; at += bytes.length) {
		assert.strictEqual(readSync(memory, bytes, 0, bytes.length, from + at), bytes.length);
		hash.update(bytes);
	}
	closeSync(memory);
	return hash.digest("hex");
}

for (const kind of kindsOf("COPIED"))
	test(
		`a preloaded ${kind} is copied when it is written, and the base stays as it is`,
		{ skip: !isLinux },
		() =>
			withHost(FLASH, { ...SETTINGS, parameters: [kind, "copied"] }, async (host) => {
				await host.line(/^ready$/);
				const before = hashOfBase(host.pid);
				assert.strictEqual(baseOf(host.pid).access, "r--p");
				host.child.stdin.write("x");
				await host.line(/^written 2$/);
				assert.strictEqual(hashOfBase(host.pid), before);
				assert.strictEqual(baseOf(host.pid).access, "r--p");
			}),
	);

for (const kind of kindsOf("STOPPED"))
	test(`a write to preloaded ${kind} is stopped`, () => {
		const { status, stdout, stderr } = runHost(FLASH, { ...SETTINGS, parameters: [kind, "stopped"], input: "x" });
		if (status === 70)
			assert.strictEqual(stderr, "hap-xs: a preloaded object was written that is read-only on a device\n");
		else
			assert.strictEqual(stdout, "ready\nthrew TypeError\n", stderr);
	});

test("both tables of flash.ts were found", () => {
	assert.ok(kindsOf("COPIED").length >= 6);
	assert.ok(kindsOf("STOPPED").length >= 14);
});

test("the counters of the heap are sound and the same at each run", () => {
	const runs = [1, 2].map(() => runHost("tests/host/counters", { options: ["--heap", "65536"] }));
	for (const { status, stderr } of runs)
		assert.strictEqual(status, 0, stderr);
	assert.strictEqual(runs[0].stdout, runs[1].stdout);
	const [first, kept, dropped] = runs[0].stdout.trim().split("\n").map((line) => JSON.parse(line));
	for (const counters of [first, kept, dropped]) {
		assert.strictEqual(counters.blockBytes, 65536);
		assert.ok(counters.slots <= counters.slotsPeak && counters.chunkBytes <= counters.chunkBytesPeak);
		assert.ok(counters.stackSlots <= counters.stackSlotsPeak);
		const used = counters.slotsPeak * counters.slotBytes + counters.chunkBytesPeak + counters.tableBytes + counters.blockFree;
		assert.ok(used <= counters.blockBytes, JSON.stringify(counters));
	}
	assert.ok(kept.chunkBytes - first.chunkBytes >= 4096);
	assert.ok(kept.slots > first.slots);
	assert.strictEqual(dropped.chunkBytes, first.chunkBytes);
	assert.strictEqual(dropped.slots, first.slots);
});
