/** Stacks name the lines of the source, of preloaded code too, which carries none. */

import assert from "node:assert";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { canRun } from "../host/desktop/scripts/build.mjs";
import { root } from "../host/desktop/scripts/paths.mjs";
import { runHost, runProgram } from "./host/host.mjs";

const MODULE = "tests/host/lines";
const PRELOADED = "base64"; // whose file is exchanged for ours
const source = readFileSync(join(root, `${MODULE}.ts`), "utf8").split("\n");

const MESSAGES = {
	first: "Error: first",
	value: "TypeError: cannot coerce undefined to object",
	helper: "RangeError: negative",
	loop: "RangeError: negative",
	long: "Error: long",
	callback: "RangeError: negative",
	closures: "Error: deep",
	switch: "Error: chosen 1",
	catch: "TypeError: negative",
	finally: "RangeError: negative",
	again: "RangeError: negative",
	operator: "Error: worthless",
	superclass: "RangeError: negative",
	field: "TypeError: cannot coerce undefined to object",
	private: "TypeError: get #secret: undefined private property",
	getter: "RangeError: negative",
	setter: "RangeError: negative",
	generator: "Error: no more",
	function: "TypeError: no function",
	inline: "Error: inline",
	async: "Error: later",
};

/** [which frame, its place], as the comments of the source have it. */
function framesOf(name) {
	const frames = [];
	source.forEach((line, i) => {
		for (const [, frame] of (line.split(" // ")[1] ?? "").matchAll(new RegExp(`\\b${name} (\\d+)`, "g")))
			frames.push([Number(frame), `${MODULE}.ts:${i + 1}`]);
	});
	return frames;
}

/** The stacks by name, a line each. */
function stacksOf(module, settings) {
	const { status, stdout, stderr } = runHost(module, settings);
	assert.strictEqual(stderr, "");
	assert.strictEqual(status, 0);
	const told = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
	return new Map(told.map(({ name, stack }) => [name, stack.split("\n")]));
}

const NOT_PRELOADED = ["--heap", "4194304"];
const WAYS = [
	["preloaded", PRELOADED, ["--alias", `${PRELOADED}=${MODULE}`, "--heap", "131072"]],
	["not preloaded", MODULE, NOT_PRELOADED],
];

for (const bits of [64, 32]) {
	const skip = bits === 32 && !canRun(32) ? "this system makes no 32-bit programs" : false;
	for (const [way, module, options] of WAYS)
		test(`${bits} bits: errors of code that is ${way} name their lines`, { skip }, async (t) => {
			const stacks = stacksOf(module, { bits, options });
			assert.deepStrictEqual([...stacks.keys()], Object.keys(MESSAGES));
			for (const [name, [message, ...lines]] of stacks) {
				await t.test(name, () => {
					assert.strictEqual(message, MESSAGES[name]);
					const expected = framesOf(name);
					assert.ok(expected.some(([frame]) => frame === 1));
					assert.deepStrictEqual(expected.map(([frame]) => [frame, lines[frame - 1]?.match(/\((.*)\)$/)?.[1]]), expected);
				});
			}
		});
}

/** A module whose branches, handlers and inner functions reach over so many statements, some of them of two lines. */
function moduleOf(statements) {
	const body = Array.from({ length: statements }, (_, i) => i % 3 ? `sum += ${i};` : `sum = twice(\n${i}) - sum;`).join("\n");
	return `import { print } from "host:process";
const twice = (value) => 2 * value;
function run(value) {
let sum = 0;
const inner = () => {
${body}
throw new Error("inner");
};
try {
if (value > 1) {
${body}
inner();
}
else
throw new Error("outer");
}
catch (error) {
print(error.stack);
for (let i = 0; i < value; i++) {
${body}
}
}
throw new Error("end");
}
export default function main() {
for (let value = 1; value < 3; value++) {
try {
run(value);
}
catch (error) {
print(error.stack);
}
}
}
`;
}

for (const statements of [3, 30, 10000])
	test(`branches over ${statements} statements lead where they did`, () => {
		const folder = mkdtempSync(join(tmpdir(), "hap-xs-lines-"));
		try {
			const path = join(folder, "module.js");
			const text = moduleOf(statements);
			const place = (statement) => `${path}:${text.slice(0, text.indexOf(`${statement}\n`)).split("\n").length}`;
			writeFileSync(path, text);
			const run = runProgram((modules) => {
				const list = readFileSync(modules, "utf8").replace(new RegExp(`^\\+${PRELOADED}\t.*`, "m"), `+${PRELOADED}\t${path}`);
				writeFileSync(join(folder, "modules.txt"), list);
				return [join(folder, "modules.txt"), "--run", PRELOADED];
			});
			const stack = (message, ...frames) =>
				[`Error: ${message}`, ...frames.map(([name, statement]) => ` at ${name}(${place(statement)})`)].join("\n");
			const main = ["main ", "run(value);"];
			const expected = [
				stack("outer", ["run ", 'throw new Error("outer");'], main),
				stack("end", ["run ", 'throw new Error("end");'], main),
				stack("inner", ["inner ", 'throw new Error("inner");'], ["run ", "inner();"], main),
				stack("end", ["run ", 'throw new Error("end");'], main),
			];
			assert.strictEqual(run.stderr, "");
			assert.strictEqual(run.stdout, `${expected.join("\n")}\n`);
		}
		finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});
