/** The bench runs and says what it measured. The figures themselves are no test: they depend on the machine. */

import assert from "node:assert";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { root } from "../host/desktop/scripts/paths.mjs";

function bench(...parameters) {
	const run = spawnSync(process.execPath, ["bench/run.mjs", ...parameters], { cwd: root, encoding: "utf8", timeout: 120_000 });
	return { status: run.status, output: run.stdout, errors: run.stderr };
}

function quick(title) {
	const { status, output, errors } = bench("--quick", "--rounds", "1", "--alone", "--json", "--only", title);
	assert.strictEqual(status, 0, errors);
	return JSON.parse(output);
}

test("requests are counted, and what they cost the server", () => {
	const { servers, measures } = quick("PUT, toggling");
	assert.deepStrictEqual(servers.map(({ name }) => name), ["hap-xs"]);
	const [rate, cpu] = measures;
	assert.strictEqual(rate.id, "put.rate");
	assert.ok(rate.values["hap-xs"].median > 0);
	if (process.platform === "linux")
		assert.ok(cpu.values["hap-xs"].median > 0);
});

test("pair-setup is timed, again and again", () => {
	const { measures } = quick("pair-setup");
	const { median, min, max } = measures[0].values["hap-xs"];
	assert.ok(0 < min && min <= median && median <= max);
});

test("an option that is not known is said in one sentence", () => {
	const { status, errors } = bench("--slow");
	assert.strictEqual(status, 1);
	assert.match(errors, /^hap-xs: .*--slow.*\n$/s);
});
