/**
 * A ring of the latest events, allocated once. Readers hold a cursor, so that any number of them share one ring, and one
 * that was too slow knows it: its cursor is then below `oldest`.
 */

export class EventRing<V> {
	readonly #indexes: Uint16Array;
	readonly #originators: Uint16Array;
	readonly #values: (V | undefined)[];
	#next = 0;

	constructor(capacity: number) {
		if (!Number.isInteger(capacity) || capacity < 1)
			throw new RangeError("a ring has at least one place");
		this.#indexes = new Uint16Array(capacity);
		this.#originators = new Uint16Array(capacity);
		this.#values = new Array(capacity).fill(undefined);
	}

	/** The cursor of the oldest event that is still there. */
	get oldest(): number {
		return Math.max(0, this.#next - this.#values.length);
	}

	/** The cursor that the next event will have. */
	get next(): number {
		return this.#next;
	}

	push(index: number, value: V, originator: number): void {
		const at = this.#next % this.#values.length;
		this.#indexes[at] = index;
		this.#originators[at] = originator;
		this.#values[at] = value;
		this.#next++;
	}

	indexAt(cursor: number): number {
		return this.#indexes[this.#place(cursor)];
	}

	originatorAt(cursor: number): number {
		return this.#originators[this.#place(cursor)];
	}

	valueAt(cursor: number): V {
		return this.#values[this.#place(cursor)] as V;
	}

	#place(cursor: number): number {
		if (cursor < this.oldest || cursor >= this.#next)
			throw new RangeError("no such event");
		return cursor % this.#values.length;
	}
}
