/**
 * The image in mcsim, which has the SDK's engine, linker and modules: the tests of interoperation once more, and those of the
 * desktop's sockets, which the simulator's must be alike.
 */

import assert from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { root } from "../host/desktop/scripts/paths.mjs";
import { buildSimulator, whyNoSimulator } from "../targets/sim/scripts/build.mjs";
import { openDisplay, whyNotHeadless } from "../targets/sim/scripts/display.mjs";

const skip = whyNoSimulator() ?? whyNotHeadless() ?? false;
const interop = readdirSync(join(root, "tests")).filter((name) => /^interop.*\.test\.mjs$/.test(name));
/** Why not in mcsim. */
const DESKTOP_ONLY = {
	"interop-crash.test.mjs": "a crash of mcsim is the simulator's own, which keeps no last words",
	"interop-examples.test.mjs": "an example is chosen by npm start; in mcsim it is an image of its own",
};
const UNITS = ["tcp-data", "tcp-end", "tcp-listener", "tcp-write", "udp"];
const UNIT_LIMIT_MS = 60000;

let units;

before(() => {
	if (skip)
		return;
	buildSimulator();
	units = buildSimulator({ folder: join(root, "tests/sim") });
});

async function outcome([program, ...parameters], environment, options = {}) {
	const child = spawn(program, parameters, { env: environment, stdio: ["ignore", "pipe", "pipe"], ...options });
	let output = "";
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding("utf8").on("data", (text) => {
			output += text;
		});
	const [status] = await once(child, "close");
	return { status, output };
}

for (const name of UNITS)
	test(`${name} in mcsim`, { skip }, async () => {
		const display = await openDisplay();
		const environment = { ...process.env, ...display.environment, HAP_XS_TEST: `tests/unit/${name}.test` };
		const { status, output } = await outcome(units, environment, { timeout: UNIT_LIMIT_MS });
		display.close();
		assert.strictEqual(status, 0, output);
		assert.match(output, /^1\.\.\d+$/m);
	});

for (const name of interop)
	test(`${name} against mcsim`, { skip: skip || DESKTOP_ONLY[name] || false }, async () => {
		const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
		const command = [process.execPath, "--test", "--test-reporter=spec", join(root, "tests", name)];
		const { status, output } = await outcome(command, { ...environment, HAP_XS_TARGET: "sim", HAP_XS_SIM_BUILT: "1" });
		assert.strictEqual(status, 0, output);
	});
