/** Runs one test module in mcsim: its specifier is in the environment, TAP goes to standard output. */

import { environment, exit, print } from "sim/process";
import { run } from "tests/harness";

async function runTest() {
	try {
		await import(environment("HAP_XS_TEST"));
		exit((await run(print)) ? 1 : 0);
	}
	catch (error) {
		print(`${error}\n${error.stack}`);
		exit(2);
	}
}

export default function () {
	runTest();
}
