/** What a process has used: Linux's /proc. Elsewhere undefined, and the tables say so. */

import { existsSync, readdirSync, readFileSync } from "node:fs";

const isKnown = existsSync("/proc/self/smaps_rollup");

/** CPU time of all threads, in nanoseconds. */
export function cpuTime(pid) {
	if (!isKnown)
		return undefined;
	let sum = 0;
	for (const thread of readdirSync(`/proc/${pid}/task`))
		sum += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
	return sum;
}

/** { rss, pss, private } in bytes. */
export function memory(pid) {
	if (!isKnown)
		return undefined;
	const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
	const bytes = (name) => Number(text.match(new RegExp(`^${name}: +(\\d+) kB`, "m"))[1]) * 1024;
	return { rss: bytes("Rss"), pss: bytes("Pss"), private: bytes("Private_Clean") + bytes("Private_Dirty") };
}
