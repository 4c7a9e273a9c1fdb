/**
 * Which notifying characteristics a connection asked about: a bit for each, in a number while that is enough for all of an
 * accessory, which costs no memory beside it.
 */

const NUMBER_BITS = 30; // an integer slot of XS has 32, and the sign stays out of it

export class Subscriptions {
	private bits: number | Uint8Array = 0;
	count = 0;

	has(index: number): boolean {
		const bits = this.bits;
		if (typeof bits === "number")
			return index >= 0 && index < NUMBER_BITS && (bits & (1 << index)) !== 0;
		return ((bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
	}

	/** `size` is the number of notifying characteristics. */
	add(index: number, size: number): void {
		if (index < 0 || index >= size || this.has(index))
			return;
		if (size > NUMBER_BITS && typeof this.bits === "number")
			this.bits = new Uint8Array((size + 7) >> 3);
		this.flip(index);
		this.count++;
	}

	delete(index: number): void {
		if (!this.has(index))
			return;
		this.flip(index);
		this.count--;
		if (this.count === 0)
			this.bits = 0;
	}

	clear(): void {
		this.bits = 0;
		this.count = 0;
	}

	private flip(index: number): void {
		if (typeof this.bits === "number")
			this.bits ^= 1 << index;
		else
			this.bits[index >> 3] ^= 1 << (index & 7);
	}
}
