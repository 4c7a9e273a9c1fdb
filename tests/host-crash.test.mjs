/** What a run that ended by a mistake says to the next one. */

import assert from "node:assert";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runHost, withHost } from "./host/host.mjs";

const CRASH = "tests/host/crash";
const FILE = ".last-words";

async function withFolder(body) {
	const folder = mkdtempSync(join(tmpdir(), "hap-xs-crash-"));
	try {
		await body(folder);
	}
	finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function run(folder, kind) {
	return runHost(CRASH, { parameters: [folder, kind] });
}

/** The lines of the report that the next run finds, and then no more. */
function reportIn(folder) {
	const said = () => run(folder, "nothing").stdout.match(/^report: (.*)$/m)[1];
	const report = said();
	assert.strictEqual(said(), "undefined");
	return report === "undefined" ? undefined : JSON.parse(report).trimEnd().split("\n");
}

function endsWithLog(lines) {
	const numbers = lines.map((line) => Number(line.match(/^line (\d+)$/)[1]));
	assert.ok(numbers.length >= 10, `${numbers.length} lines`);
	assert.deepStrictEqual(numbers, numbers.map((_, i) => 200 - numbers.length + i));
}

for (
	const [signal, reason] of [["SIGSEGV", "segmentation fault"], ["SIGABRT", "aborted"], ["SIGBUS", "bus error"], [
		"SIGILL",
		"illegal instruction",
	]]
)
	test(`${signal} ends the host, which leaves its last lines`, () =>
		withFolder(async (folder) => {
			await withHost(CRASH, { parameters: [folder, "wait"] }, async (host) => {
				await host.line(/^ready$/);
				host.child.kill(signal);
				await host.exited;
				assert.strictEqual(host.child.signalCode, signal);
			});
			assert.strictEqual(statSync(join(folder, FILE)).mode & 0o777, 0o600);
			const [first, ...lines] = reportIn(folder);
			assert.strictEqual(first, reason);
			endsWithLog(lines);
		}));

test("memory that is full does", () =>
	withFolder((folder) => {
		assert.strictEqual(run(folder, "memory").status, 1);
		const [first, ...lines] = reportIn(folder);
		assert.strictEqual(first, "memory full");
		endsWithLog(lines);
	}));

test("an exception that nobody took does, and is the last line", () =>
	withFolder((folder) => {
		assert.strictEqual(run(folder, "throw").status, 1);
		const [first, ...lines] = reportIn(folder);
		assert.strictEqual(first, "an exception that nobody took");
		assert.strictEqual(lines.pop(), "RangeError: on purpose");
		endsWithLog(lines);
	}));

test("a line that is longer than all that is kept is cut", () =>
	withFolder((folder) => {
		run(folder, "long");
		assert.deepStrictEqual(reportIn(folder), ["memory full", "x".repeat(511)]);
	}));

test("a run that ended well leaves nothing", () =>
	withFolder((folder) => {
		assert.strictEqual(run(folder, "nothing").status, 0);
		assert.deepStrictEqual(readdirSync(folder), []);
		assert.strictEqual(reportIn(folder), undefined);
	}));

test("a folder that is not there, and a report that is empty, are no reports", () =>
	withFolder((folder) => {
		assert.strictEqual(run(join(folder, "none"), "memory").status, 1);
		writeFileSync(join(folder, FILE), "");
		assert.strictEqual(reportIn(folder), undefined);
	}));
