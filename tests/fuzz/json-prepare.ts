/** PUT /prepare, and the write that may follow it: in time once, and not when it is another one. */

import { parsePrepare, timingOf } from "hap/model/prepare";
import { Timing } from "hap/model/write-request";
import { parseJson } from "hap/wire/json";
import { check, unlessMalformed } from "tests/fuzz/support/check";

const NOW = 1000;

export default function jsonPrepare(input: Uint8Array): void {
	const prepared = unlessMalformed(() => parsePrepare(parseJson(input), NOW));
	if (!prepared)
		return;
	const { pid, until } = prepared;
	check(until > NOW && Number.isFinite(pid) && pid >= 0, "a time to come, and a number");
	check(timingOf(pid, prepared, until) === Timing.Prepared, "in time");
	check(timingOf(pid, prepared, until + 1) === (until + 1 > until ? Timing.Late : Timing.Prepared), "too late");
	check(timingOf(pid + 1, prepared, NOW) === (pid + 1 === pid ? Timing.Prepared : Timing.Late), "another one");
	check(timingOf(undefined, prepared, NOW) === Timing.Untimed, "none");
}
