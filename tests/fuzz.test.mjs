/** Every target of tests/fuzz for a while: with libFuzzer where clang has it, else with changed inputs of the corpus. */

import assert from "node:assert";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { availableParallelism, tmpdir } from "node:os";
import { describe, test } from "node:test";
import { fuzz, openFuzzer, targets } from "../host/desktop/scripts/fuzz.mjs";

const RUNS = 100_000;
/** Those that take a millisecond an input, or more: npm run fuzz gives them as many as wanted. */
const FEWER_RUNS = { connection: 20_000, "dns-responder": 20_000 };

const fuzzer = openFuzzer();

describe(`inputs that nobody should send${fuzzer.isPlain ? ", without libFuzzer" : ""}`, { concurrency: availableParallelism() }, () => {
	for (const target of targets)
		test(`${target}, ${FEWER_RUNS[target] ?? RUNS} of them`, async () => {
			const found = mkdtempSync(join(tmpdir(), "hap-xs-fuzz-"));
			try {
				const runs = FEWER_RUNS[target] ?? RUNS;
				const { isOk, runs: done, detail } = await fuzz(fuzzer, target, { runs, seed: 1, found });
				assert.ok(isOk, detail);
				assert.ok(done >= runs, `${done} of them`);
			}
			finally {
				rmSync(found, { recursive: true });
			}
		});
});
