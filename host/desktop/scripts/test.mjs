/** npm test: builds, then runs tests/*.test.mjs under node's test runner. `test.mjs unit NAME …` runs unit files alone. */

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build, unitMachine } from "./build.mjs";
import { BuildError, root, runMain } from "./paths.mjs";

function runUnits(names) {
	const { command: [program, ...first], modules } = build();
	let failed = 0;
	for (const name of names) {
		const parameters = [...first, modules, ...unitMachine(`${name}.test`), "--run", "tests/run", "--", `tests/unit/${name}.test`];
		failed += spawnSync(program, parameters, { stdio: "inherit" }).status === 0 ? 0 : 1;
	}
	return failed ? 1 : 0;
}

function runAll(parameters) {
	build({ log: (line) => process.stdout.write(`${line}\n`) });
	const tests = parameters.length ? parameters : readdirSync(join(root, "tests")).filter((name) => name.endsWith(".test.mjs"));
	const files = tests.map((name) => join(root, "tests", name));
	if (files.length === 0)
		throw new BuildError("no tests");
	const run = spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...files], { cwd: root, stdio: "inherit" });
	return run.status ?? 1;
}

await runMain(() => {
	const [kind, ...names] = process.argv.slice(2);
	return kind === "unit" && names.length ? runUnits(names) : runAll(kind ? [kind, ...names] : []);
});
