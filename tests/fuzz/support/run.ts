/**
 * Runs a target in XS: the first argument is its specifier, whose default export takes one input and throws when something is
 * wrong with what comes of it. The other arguments are the fuzzer's.
 */

import { runFuzzer } from "host:fuzz";
import { argumentText, collectGarbage, heapCounters } from "host:process";

export type Target = (input: Uint8Array) => void;

const CHECK_EVERY = 4096;
/** How much is live differs from one look to the next, by some hundred slots: of so many the least counts. */
const LOOKS = 4;
/** What is made once, at the first input that needs it, stays: copies of preloaded objects that are written, names. */
const ONCE_BYTES = 4096;

function liveBytes(): number {
	collectGarbage();
	const { slots, slotBytes, chunkBytes } = heapCounters();
	return slots * slotBytes + chunkBytes;
}

export default async function main(): Promise<void> {
	const module = await import(argumentText(0) ?? "") as { default: Target; };
	const target = module.default;
	let runs = 0;
	let first = Infinity;
	let least = Infinity;
	runFuzzer((bytes) => {
		target(new Uint8Array(bytes));
		if (++runs % CHECK_EVERY !== 0)
			return;
		least = Math.min(least, liveBytes());
		if (runs % (LOOKS * CHECK_EVERY) !== 0)
			return;
		if (least > first + ONCE_BYTES)
			throw new Error(`${runs} inputs leave ${least - first} bytes of heap behind`);
		if (first === Infinity)
			first = least;
		least = Infinity;
	});
}
