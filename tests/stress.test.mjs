/** Unit tests while garbage is collected at every few allocations, with litter in whatever memory is free or new. */

import assert from "node:assert";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { build, unitMachine } from "../host/desktop/scripts/build.mjs";

/** Allocations from one collection to the next: odd, so that no loop of two or four keeps step with them. */
const PERIOD = 11;
/** Arrays with holes, buffers of natives, promises, and the requests that make most garbage. */
const UNITS = [
	"bytes",
	"configuration",
	"connection-requests",
	"endpoint-characteristics",
	"endpoint-late",
	"json",
	"key-value",
	"lookup",
	"model-bridge",
	"model-json",
	"pairings",
	"responder-answers",
	"server-sockets",
	"sparse-array",
	"tcp-data",
	"timer",
	"tlv8",
];

const { command: [program, ...first], modules } = build({ variant: "stress" });

describe(`a collection at every ${PERIOD}th allocation`, () => {
	for (const name of UNITS)
		test(name, () => {
			const parameters = [...first, modules, ...unitMachine(`${name}.test`), "--run", "tests/run", "--", `tests/unit/${name}.test`];
			const env = { ...process.env, HAP_XS_COLLECT: String(PERIOD) };
			const { status, signal, stdout, stderr } = spawnSync(program, parameters, { encoding: "utf8", env, maxBuffer: 1 << 26 });
			assert.strictEqual(status, 0, `${signal ?? ""}\n${stderr}${stdout}`);
		});
});
