/** What strangers ask for leaves nothing behind. */

import { collectGarbage, heapCounters } from "host:process";
import { EndpointAccessory } from "tests/fakes/endpoint-accessory";
import { equal, test } from "tests/harness";

function liveBytes(): number {
	collectGarbage();
	const { slots, slotBytes, chunkBytes } = heapCounters();
	return slots * slotBytes + chunkBytes;
}

for (const who of ["stranger", "controller"])
	test(`a ${who} that asks for a hundred paths that nobody serves leaves no byte of memory taken`, () => {
		const accessory = new EndpointAccessory();
		const controller = who === "stranger" ? accessory.server.connect() : accessory.verified();
		const ask = (from: number, to: number) => {
			for (let number = from; number < to; number++)
				controller.ask("GET", `/path-${number}`);
		};
		liveBytes();
		ask(100, 103); // as long as all others: the last one's path stays
		const before = liveBytes();
		ask(103, 203);
		equal(liveBytes(), before);
	});
