/** PUT /prepare. HAP R2 "Timed Writes", */

import { MalformedError } from "hap/bytes/bytes";
import { parsePrepare, timingOf } from "hap/model/prepare";
import { Timing } from "hap/model/write-request";
import { equal, same, test, throws } from "tests/harness";

const NOW = 5000;
/** iOS draws its pids from 64 bits. */
const LONG_PID = Number("11122333445566778899");

test("a prepared write is good for its ttl", () => {
	same(parsePrepare({ ttl: 2500, pid: 7 }, NOW), { pid: 7, until: NOW + 2500 });
});

test("what else the body has is ignored", () => {
	same(parsePrepare({ ttl: 1, pid: LONG_PID, remote: true }, NOW), { pid: LONG_PID, until: NOW + 1 });
});

for (
	const body of [
		undefined,
		null,
		7,
		"",
		[],
		{},
		{ ttl: 1000 },
		{ pid: 7 },
		{ ttl: 0, pid: 7 },
		{ ttl: -1, pid: 7 },
		{ ttl: 1.5, pid: 7 },
		{ ttl: "1000", pid: 7 },
		{ ttl: true, pid: 7 },
		{ ttl: 1000, pid: "7" },
		{ ttl: 1000, pid: null },
		{ ttl: 1000, pid: -7 },
	]
)
	test(`${JSON.stringify(body)} prepares nothing`, () => throws(() => parsePrepare(body, NOW), MalformedError));

const PREPARED = parsePrepare({ ttl: 1000, pid: 7 }, NOW);

for (
	const [what, pid, prepared, now, timing] of [
		["without a pid is untimed", undefined, PREPARED, NOW, Timing.Untimed],
		["without a pid and nothing prepared is untimed", undefined, undefined, NOW, Timing.Untimed],
		["with the pid is prepared", 7, PREPARED, NOW, Timing.Prepared],
		["with the pid at the end of the ttl is prepared", 7, PREPARED, NOW + 1000, Timing.Prepared],
		["with the pid after the ttl is late", 7, PREPARED, NOW + 1001, Timing.Late],
		["with another pid is late", 8, PREPARED, NOW, Timing.Late],
		["with a pid that nobody prepared is late", 7, undefined, NOW, Timing.Late],
	] as const
)
	test(`a write ${what}`, () => equal(timingOf(pid, prepared, now), timing));
