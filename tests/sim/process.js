/** host:process for unit tests of the desktop that run in mcsim: as much of it as they ask for. */

import { heapCounters } from "sim/process";

export { exit, print } from "sim/process";

/** Counting collects first. */
export function collectGarbage() {
	heapCounters();
}
