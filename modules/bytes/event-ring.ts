/**
 * A ring of the latest events, allocated once. Readers hold a cursor, so that any number of them share one ring, and one
 * that was too slow knows it: its cursor is then below `oldest`.
 */

export class EventRing<V> {
	/** index and originator of each place, in turn: one buffer costs less than two. */
	private readonly sources: Uint16Array;
	private readonly values: (V | undefined)[];
	/** The cursor that the next event will have. */
	next = 0;

	constructor(capacity: number) {
		if (!Number.isInteger(capacity) || capacity < 1)
			throw new RangeError("a ring has at least one place");
		this.sources = new Uint16Array(2 * capacity);
		this.values = new Array(capacity).fill(undefined);
	}

	/** The cursor of the oldest event that is still there. */
	get oldest(): number {
		return Math.max(0, this.next - this.values.length);
	}

	push(index: number, value: V, originator: number): void {
		const at = this.next % this.values.length;
		this.sources[2 * at] = index;
		this.sources[2 * at + 1] = originator;
		this.values[at] = value;
		this.next++;
	}

	indexAt(cursor: number): number {
		return this.sources[2 * this.placeOf(cursor)];
	}

	originatorAt(cursor: number): number {
		return this.sources[2 * this.placeOf(cursor) + 1];
	}

	valueAt(cursor: number): V {
		return this.values[this.placeOf(cursor)] as V;
	}

	private placeOf(cursor: number): number {
		if (cursor < this.oldest || cursor >= this.next)
			throw new RangeError("no such event");
		return cursor % this.values.length;
	}
}
