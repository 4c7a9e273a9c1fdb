/** How the desktop host ends: no memory, no stack, exceptions nobody took, wrong parameters. */

import assert from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { canRun } from "../host/desktop/scripts/build.mjs";
import { root } from "../host/desktop/scripts/paths.mjs";
import { runHost, runProgram } from "./host/host.mjs";

const FAULT = "tests/host/fault";
const source = readFileSync(join(root, `${FAULT}.ts`), "utf8").split("\n");
const lineOf = (text) => source.findIndex((line) => line.includes(text)) + 1;

/** [kind, what is said, a text of the line that is named] */
const EXCEPTIONS = [
	["throw", "RangeError: on purpose", "throw new RangeError"],
	["engine", "TypeError: ", ".inner.name;"],
	["timer", "RangeError: on purpose", "throw new RangeError"],
	["socket", "RangeError: on purpose", "throw new RangeError"],
	["rejection", "RangeError: on purpose", "Promise.reject(new RangeError"],
	["late", "RangeError: on purpose", "reject) => Timer.set"],
];

function blockOf(stderr) {
	return stderr.match(/block (\d+) bytes, free (\d+); slots (\d+) of \d+ \((\d+) bytes each\), chunks (\d+) of/).slice(1).map(Number);
}

for (const bits of [64, 32]) {
	const skip = bits === 32 && !canRun(32) ? "this system makes no 32-bit programs" : false;
	const fault = (kind, options) => runHost(FAULT, { bits, options, parameters: [kind] });

	for (const kind of ["chunks", "slots", "text", "buffer", "names"])
		test(`${bits} bits: without memory for ${kind} the host stops, and its block has not grown`, { skip }, () => {
			for (const bytes of [65536, 131072]) {
				const { status, stdout, stderr } = fault(kind, ["--heap", String(bytes)]);
				assert.match(stdout, /^begins$/m);
				assert.match(stderr, /^hap-xs: stopped, memory full$/m);
				assert.strictEqual(status, 1);
				const [block, free, slots, slotBytes, chunkBytes] = blockOf(stderr);
				assert.strictEqual(block, bytes);
				assert.ok(free + slots * slotBytes + chunkBytes <= block, stderr);
			}
		});

	test(`${bits} bits: a stack that overflows stops the host`, { skip }, () => {
		const { status, stdout, stderr } = fault("stack", []);
		assert.match(stdout, /^begins$/m);
		assert.match(stderr, /^hap-xs: stopped, stack overflow$/m);
		assert.ok(status > 0);
	});

	test(`${bits} bits: JSON that is nested too deep stops the host`, { skip }, () => {
		const { status, stderr } = fault("nested", []);
		assert.match(stderr, /^hap-xs: stopped, (memory full|stack overflow)$/m);
		assert.ok(status > 0);
	});

	for (const [kind, message, text] of EXCEPTIONS)
		test(`${bits} bits: an exception that nobody takes, ${kind}, is told with its line and ends the host`, { skip }, () => {
			const { status, stdout, stderr } = fault(kind, []);
			assert.match(stdout, /^begins$/m);
			assert.ok(stderr.startsWith(`hap-xs: uncaught ${message}`), stderr);
			assert.ok(stderr.includes(`(${FAULT}.ts:${lineOf(text)})`), `line ${lineOf(text)} in ${stderr}`);
			assert.strictEqual(status, 1);
		});
}

test("a thrown value that is no error is told", () => {
	const { status, stderr } = runHost(FAULT, { parameters: ["value"] });
	assert.strictEqual(stderr, "hap-xs: uncaught only text\n");
	assert.strictEqual(status, 1);
});

test("a rejection that is taken in the same turn is none", () => {
	const { status, stdout, stderr } = runHost(FAULT, { parameters: ["handled"] });
	assert.match(stdout, /^taken$/m);
	assert.strictEqual(stderr, "");
	assert.strictEqual(status, 0);
});

test("a program that has nothing left to wait for ends with 0", () => {
	assert.strictEqual(runHost(FAULT, { parameters: ["nothing"] }).status, 0);
});

/** [parameters after the program, what is said] */
const REFUSED = [
	[() => [], "usage: "],
	[() => ["/nonexistent"], "no module list: /nonexistent"],
	[(modules) => [modules, "--heap"], "no value for --heap"],
	[(modules) => [modules, "stray"], "no value for stray"],
	[(modules) => [modules, "--heap", "many"], "not a size: many"],
	[(modules) => [modules, "--heap", ""], "not a size: "],
	[(modules) => [modules, "--heap", "-65536"], "not a size: -65536"],
	[(modules) => [modules, "--heap", "4095"], "not a size: 4095"],
	[(modules) => [modules, "--heap", "99999999999999999999"], "not a size: 99999999999999999999"],
	[(modules) => [modules, "--stack", "63"], "not a size: 63"],
	[(modules) => [modules, "--stack", "4294967296"], "not a size: 4294967296"],
	[(modules) => [modules, "--unknown", "1"], "unknown option: --unknown"],
	[(modules) => [modules, "--alias", "base64"], "not an alias: base64"],
	[(modules) => [modules, "--alias", "base64=nothing"], "no such modules: base64"],
	[(modules) => [modules, "--run", "tests/host/nothing"], 'uncaught ReferenceError: module "tests/host/nothing" not found'],
	[(modules) => [modules, "--run", "tests/harness"], "uncaught TypeError: tests/harness has no default function"],
];

for (const [parameters, message] of REFUSED)
	test(`the host refuses ${parameters("MODULES").join(" ") || "nothing at all"}`, () => {
		const { status, stderr } = runProgram(parameters);
		assert.ok(stderr.startsWith(`hap-xs: ${message}`), stderr);
		assert.strictEqual(status, 1);
	});

for (const bytes of ["4096", "8192", "16384", "20480"])
	test(`a heap of ${bytes} bytes is too small to start in, and that is said`, () => {
		const { status, stderr } = runProgram((modules) => [modules, "--heap", bytes]);
		assert.strictEqual(stderr, `hap-xs: a heap of ${bytes} bytes is too small to start in\n`);
		assert.strictEqual(status, 1);
	});
