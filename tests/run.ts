/** Runs one test module in XS: the specifier is the first argument, TAP goes to standard output. */

import { argumentText, exit, print } from "host:process";
import { run } from "tests/harness";

export default async function main(): Promise<void> {
	const specifier = argumentText(0);
	if (!specifier)
		throw new Error("which test?");
	await import(specifier);
	const failed = await run(print);
	exit(failed ? 1 : 0);
}
