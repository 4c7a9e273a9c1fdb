/** Arrays with holes, whose chunks XS makes larger than their items: what was there before is no item of theirs. */

import { collectGarbage } from "host:process";
import { same, test } from "tests/harness";

const TEXT = "a text of its own";
/** As the kind of an item: a map, whose table is nowhere. */
const LITTER = 0x1b;
const LITTER_BYTES = 4096;

function litter(): void {
	new Uint8Array(LITTER_BYTES).fill(LITTER);
	collectGarbage();
}

/** Dense at first, and not the last of the heap: then it moves to where it has room. */
function growApart(count: number): { sparse: unknown[]; between: Uint8Array; } {
	const sparse: unknown[] = [];
	for (let i = 0; i < count; i++)
		sparse.push(i);
	const between = new Uint8Array(1);
	sparse[3 * count] = TEXT + count;
	return { sparse, between };
}

for (const count of [1, 2, 3, 5, 8, 13])
	test(`${count} items, holes and one item more outlive a collection`, () => {
		litter();
		const { sparse, between } = growApart(count);
		collectGarbage();
		same([sparse.length, sparse[0], sparse[count - 1], sparse[count], sparse[3 * count]], [
			3 * count + 1,
			0,
			count - 1,
			undefined,
			TEXT + count,
		]);
		same(between.length, 1);
	});
