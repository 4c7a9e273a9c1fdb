/** The ring of the latest events, and cursors into it. */

import { EventRing } from "hap/bytes/event-ring";
import { equal, same, test, throws } from "tests/harness";

function filled(capacity: number, count: number): EventRing<string> {
	const ring = new EventRing<string>(capacity);
	for (let i = 0; i < count; i++)
		ring.push(i, `value ${i}`, 1000 + i);
	return ring;
}

function entries(ring: EventRing<string>): [number, string, number][] {
	const all: [number, string, number][] = [];
	for (let cursor = ring.oldest; cursor < ring.next; cursor++)
		all.push([ring.indexAt(cursor), ring.valueAt(cursor), ring.originatorAt(cursor)]);
	return all;
}

function refuses(ring: EventRing<string>, cursor: number): void {
	throws(() => ring.indexAt(cursor), RangeError, `index at ${cursor}`);
	throws(() => ring.valueAt(cursor), RangeError, `value at ${cursor}`);
	throws(() => ring.originatorAt(cursor), RangeError, `originator at ${cursor}`);
}

test("an empty ring has no event", () => {
	const ring = filled(3, 0);
	equal(ring.oldest, 0);
	equal(ring.next, 0);
	refuses(ring, 0);
});

test("events come in the order in which they were pushed", () => {
	same(entries(filled(4, 3)), [[0, "value 0", 1000], [1, "value 1", 1001], [2, "value 2", 1002]]);
});

test("a ring that is just full has lost none", () => {
	const ring = filled(3, 3);
	equal(ring.oldest, 0);
	equal(ring.valueAt(0), "value 0");
});

test("a full ring loses its oldest event to the next one", () => {
	const ring = filled(3, 4);
	equal(ring.oldest, 1);
	same(entries(ring), [[1, "value 1", 1001], [2, "value 2", 1002], [3, "value 3", 1003]]);
	refuses(ring, 0);
});

test("the cursor of an event that is still to come has none", () => {
	const ring = filled(3, 2);
	refuses(ring, 2);
	refuses(ring, -1);
	ring.push(9, "now", 7);
	equal(ring.valueAt(2), "now");
});

test("after any number of rounds a ring has the latest events", () => {
	for (let capacity = 1; capacity <= 5; capacity++)
		for (let count = 0; count <= 12; count++) {
			const expected: string[] = [];
			for (let i = Math.max(0, count - capacity); i < count; i++)
				expected.push(`value ${i}`);
			same(entries(filled(capacity, count)).map(([, value]) => value), expected, `${count} events in ${capacity} places`);
		}
});

test("a cursor goes on counting beyond 65,535 events", () => {
	const ring = filled(2, 65_538);
	equal(ring.next, 65_538);
	equal(ring.oldest, 65_536);
	equal(ring.valueAt(65_537), "value 65537");
	refuses(ring, 65_535);
});

test("the highest index and originator that fit are kept", () => {
	const ring = new EventRing<boolean>(1);
	ring.push(0xffff, false, 0xffff);
	same([ring.indexAt(0), ring.valueAt(0), ring.originatorAt(0)], [0xffff, false, 0xffff]);
});

for (const capacity of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
	test(`a ring of ${capacity} places is a RangeError`, () => throws(() => new EventRing(capacity), RangeError));
