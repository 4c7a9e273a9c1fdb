/** Lines of standard output go out in their order, before what standard error says behind them, and none is lost at the end. */

import assert from "node:assert";
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { withHost, words } from "./host/host.mjs";

const OUTPUT = "tests/host/output";
const LINES = 300;
const A_TURN_MS = 100;

/** Both outputs as one file. */
function run(kind) {
	const folder = mkdtempSync(join(tmpdir(), "hap-xs-output-"));
	const path = join(folder, "output");
	const file = openSync(path, "w");
	try {
		const [program, ...parameters] = words(OUTPUT, { parameters: [kind], options: ["--heap", "131072"] });
		const { status } = spawnSync(program, parameters, { stdio: ["ignore", file, file] });
		return { status, lines: readFileSync(path, "utf8").trimEnd().split("\n") };
	}
	finally {
		closeSync(file);
		rmSync(folder, { recursive: true });
	}
}

for (
	const [kind, expected, more] of [
		["end", 0],
		["exit", 3],
		["throw", 1, /^hap-xs: uncaught RangeError: on purpose$/],
		["memory", 1, /^hap-xs: stopped, memory full$/],
	]
)
	test(`all lines are there, in their order, when the end is: ${kind}`, () => {
		const { status, lines } = run(kind);
		assert.strictEqual(status, expected);
		assert.deepStrictEqual(
			lines.slice(0, LINES).map((line) => line.replace(/x+$/, "")),
			Array.from({ length: LINES }, (_, i) => `line ${i}`),
		);
		assert.strictEqual(lines[1].length, 5006);
		if (more)
			assert.match(lines[LINES], more);
		else
			assert.strictEqual(lines.length, LINES);
	});

for (const signal of ["SIGSEGV", "SIGABRT"])
	test(`a line of a turn that ${signal} ends is there`, () =>
		withHost(OUTPUT, { parameters: ["hang"], options: ["--heap", "131072"] }, async (host) => {
			await host.line(/^line 298$/);
			host.child.stdin.write("x");
			while (!/^hangs$/m.test(host.stderr))
				await sleep(1);
			await sleep(A_TURN_MS);
			host.child.kill(signal);
			await host.line(/^last$/);
			await host.exited;
			assert.strictEqual(host.child.signalCode, signal);
		}));
