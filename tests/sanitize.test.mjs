/** The C of the library and of the host under address and undefined-behaviour sanitizers. */

import assert from "node:assert";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { build, canSanitize, unitMachine } from "../host/desktop/scripts/build.mjs";
import { buildNativesTest } from "../host/desktop/scripts/natives-test.mjs";

const RUNS = 100_000;
/** What reaches C. */
const UNITS = [
	"bytes",
	"crypto",
	"crypto-native",
	"digital",
	"key-value",
	"responder-socket",
	"server-sockets",
	"srp",
	"tcp-data",
	"tcp-end",
	"tcp-on-end",
	"tcp-listener",
	"tcp-write",
	"timer",
	"udp",
];

const cannot = canSanitize() ? false : "the compiler has no sanitizers here";

test("natives: every split and overlap, and inputs of chance", { skip: cannot }, (t) => {
	const program = buildNativesTest();
	if (!program) {
		t.skip("libsodium is not installed");
		return;
	}
	const { status, stderr } = spawnSync(program, [String(RUNS)], { encoding: "utf8" });
	assert.strictEqual(status, 0, stderr);
});

if (cannot)
	test("unit tests that reach C", { skip: cannot }, () => {});
else {
	const { command: [program, ...first], modules, provider } = build({ variant: "sanitize" });
	for (const name of UNITS)
		test(name, { skip: provider === "portable" && name === "crypto-native" ? "libsodium is not installed" : false }, () => {
			const parameters = [...first, modules, ...unitMachine(`${name}.test`), "--run", "tests/run", "--", `tests/unit/${name}.test`];
			const { status, stdout, stderr } = spawnSync(program, parameters, { encoding: "utf8", maxBuffer: 1 << 26 });
			assert.strictEqual(status, 0, stderr || stdout);
		});
}
