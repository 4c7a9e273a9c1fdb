/** Every target of tests/fuzz for a while: with libFuzzer where clang has it, else with changed inputs of the corpus. */

import assert from "node:assert";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { availableParallelism, tmpdir } from "node:os";
import { describe, test } from "node:test";
import { fewInputs, fuzz, openFuzzer, readCorpus, targets, writeInputs } from "../host/desktop/scripts/fuzz.mjs";

const RUNS = 100_000;
/** Those that take longest begin first. */
const order = [...targets].sort((a, b) => Number(isSlow(b)) - Number(isSlow(a)));

function isSlow(target) {
	return target === "connection" || target === "dns-responder";
}

const fuzzer = openFuzzer();

describe(`inputs that nobody should send${fuzzer.isPlain ? ", without libFuzzer" : ""}`, { concurrency: availableParallelism() }, () => {
	for (const target of order)
		test(`${target}, ${RUNS} of them`, async () => {
			const found = mkdtempSync(join(tmpdir(), "hap-xs-fuzz-"));
			try {
				const { isOk, runs, detail } = await fuzz(fuzzer, target, { runs: RUNS, seed: 1, found });
				assert.ok(isOk, detail);
				assert.ok(runs >= RUNS, `${runs} of them`);
			}
			finally {
				rmSync(found, { recursive: true });
			}
		});
});

test("an input that fails is kept", async () => {
	const found = mkdtempSync(join(tmpdir(), "hap-xs-fuzz-"));
	try {
		const { isOk, failure, detail } = await fuzz(fuzzer, "support/refuses", { runs: RUNS, seed: 1, found });
		assert.ok(!isOk && failure, detail);
		assert.ok(readFileSync(failure).includes("!"));
		assert.match(detail, /an exclamation mark/);
	}
	finally {
		rmSync(found, { recursive: true });
	}
});

test("a few inputs reach what all of them reach", { skip: fuzzer.isPlain && "only libFuzzer knows what inputs reach" }, async () => {
	const folder = mkdtempSync(join(tmpdir(), "hap-xs-fuzz-"));
	try {
		const all = [...readCorpus("query"), "ff00", "ff0000"];
		writeInputs(folder, all);
		const few = await fewInputs(fuzzer, "query", [], [folder]);
		assert.ok(few.length > 0 && few.length < all.length, `${few.length} of ${all.length}`);
		assert.ok(few.every((input) => all.includes(input)));
		assert.deepStrictEqual(await fewInputs(fuzzer, "query", few, [folder]), []);
	}
	finally {
		rmSync(folder, { recursive: true });
	}
});
