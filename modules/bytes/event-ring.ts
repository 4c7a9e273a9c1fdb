/**
 * A ring of the latest events, allocated once. Readers hold a cursor, so that any number of them share one ring, and one
 * that was too slow knows it: its cursor is then below `oldest`.
 */

const HALF = 65536;

export class EventRing<V> {
	readonly capacity: number;
	/** The cursor that the next event will have. */
	next = 0;
	/** Of each place the index, and in the lower half the originator. */
	private readonly sources: Uint32Array;
	private readonly values: (V | undefined)[];

	constructor(capacity: number) {
		if (!Number.isInteger(capacity) || capacity < 1)
			throw new RangeError("a ring has at least one place");
		this.capacity = capacity;
		this.sources = new Uint32Array(capacity);
		this.values = new Array(capacity).fill(undefined);
	}

	/** The cursor of the oldest event that is still there. */
	get oldest(): number {
		return this.next > this.capacity ? this.next - this.capacity : 0;
	}

	/** Both numbers have 16 bits. */
	push(index: number, value: V, originator: number): void {
		const at = this.next++ % this.capacity;
		this.sources[at] = index * HALF + originator;
		this.values[at] = value;
	}

	indexAt(cursor: number): number {
		return this.sources[this.placeOf(cursor)] >>> 16;
	}

	originatorAt(cursor: number): number {
		return this.sources[this.placeOf(cursor)] % HALF;
	}

	valueAt(cursor: number): V {
		return this.values[this.placeOf(cursor)] as V;
	}

	private placeOf(cursor: number): number {
		if (cursor < this.oldest || cursor >= this.next)
			throw new RangeError("no such event");
		return cursor % this.capacity;
	}
}
