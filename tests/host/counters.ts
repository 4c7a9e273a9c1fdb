/** Prints the counters of the heap: at rest, with 4 KB kept, and when they are given back. */

import { collectGarbage, heapCounters, print } from "host:process";

const held: { bytes: Uint8Array | undefined; } = { bytes: undefined };

/** As text, so that what was counted before is garbage when it is counted again. */
function measure(): string {
	collectGarbage();
	return JSON.stringify(heapCounters());
}

export default function main(): void {
	measure();
	print(measure());
	held.bytes = new Uint8Array(4096);
	print(measure());
	held.bytes = undefined;
	print(measure());
}
