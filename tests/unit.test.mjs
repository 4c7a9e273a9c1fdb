/** Every test module of tests/unit, run in XS on the host with the protected base; each case of its is a test here. */

import assert from "node:assert";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build, unitMachine } from "../host/desktop/scripts/build.mjs";
import { root } from "../host/desktop/scripts/paths.mjs";

const { command: [program, ...first], modules, provider } = build();

function run(name) {
	const parameters = [...first, modules, ...unitMachine(name), "--run", "tests/run", "--", `tests/unit/${name}`];
	return spawnSync(program, parameters, { encoding: "utf8", maxBuffer: 1 << 26 });
}

/** Cases of a TAP report: { name, isOk, detail }. */
function* cases(report) {
	let current;
	for (const line of report.split("\n")) {
		const match = line.match(/^(not )?ok \d+ - (.*)$/);
		if (!match) {
			if (current && line.startsWith("  "))
				current.detail += `${line}\n`;
			continue;
		}
		if (current)
			yield current;
		current = { name: match[2], isOk: !match[1], detail: "" };
	}
	if (current)
		yield current;
}

for (const file of readdirSync(join(root, "tests/unit")).sort()) {
	const name = file.replace(/\.ts$/, "");
	const skip = provider === "portable" && name.startsWith("crypto-native") ? "libsodium is not installed" : false;
	test(name, { skip }, async (t) => {
		const { stdout, stderr, status } = run(name);
		const all = [...cases(stdout)];
		for (const { name, isOk, detail } of all)
			await t.test(name, () => assert.ok(isOk, detail));
		assert.match(stdout, /^1\.\.\d+$/m, `the module did not finish: ${stderr}`);
		assert.strictEqual(status, all.every(({ isOk }) => isOk) ? 0 : 1, stderr);
	});
}
