/** The tests of interoperation once more, against the image in mcsim: what passes there has the SDK's engine, linker and modules. */

import assert from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { root } from "../host/desktop/scripts/paths.mjs";
import { buildSimulator, whyNoSimulator, whyNotHeadless } from "../targets/sim/scripts/build.mjs";

const skip = whyNoSimulator() ?? whyNotHeadless() ?? false;
const files = readdirSync(join(root, "tests")).filter((name) => /^interop.*\.test\.mjs$/.test(name));

async function run(file) {
	const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
	const child = spawn(process.execPath, ["--test", "--test-reporter=spec", join(root, "tests", file)], {
		env: { ...environment, HAP_XS_TARGET: "sim", HAP_XS_SIM_BUILT: "1" },
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding("utf8").on("data", (text) => {
			output += text;
		});
	const [status] = await once(child, "exit");
	return { status, output };
}

before(() => {
	if (!skip)
		buildSimulator();
});

for (const file of files)
	test(`${file} against mcsim`, { skip }, async () => {
		const { status, output } = await run(file);
		assert.strictEqual(status, 0, output);
	});
