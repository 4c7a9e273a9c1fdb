/** Which notifying characteristics a connection asked about: a bit for each, and no memory until there is one. */

export class Subscriptions {
	#bits: Uint8Array | undefined;
	#count = 0;

	get count(): number {
		return this.#count;
	}

	has(index: number): boolean {
		const bits = this.#bits;
		return bits !== undefined && ((bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
	}

	/** `size` is the number of notifying characteristics. */
	add(index: number, size: number): void {
		if (index < 0 || index >= size || this.has(index))
			return;
		this.#bits ??= new Uint8Array((size + 7) >> 3);
		this.#bits[index >> 3] |= 1 << (index & 7);
		this.#count++;
	}

	delete(index: number): void {
		if (!this.#bits || !this.has(index))
			return;
		this.#bits[index >> 3] &= ~(1 << (index & 7));
		this.#count--;
		if (this.#count === 0)
			this.#bits = undefined;
	}

	clear(): void {
		this.#bits = undefined;
		this.#count = 0;
	}
}
