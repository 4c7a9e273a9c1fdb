/** Bytes that look random and are the same in every run: xorshift32 (Marsaglia, "Xorshift RNGs", 2003). */
export class PseudoRandom {
	#state: number;

	constructor(seed = 1) {
		this.#state = seed;
	}

	/** An integer in [0, limit). */
	below(limit: number): number {
		let x = this.#state;
		x ^= x << 13;
		x ^= x >>> 17;
		x ^= x << 5;
		this.#state = x;
		return (x >>> 0) % limit;
	}

	bytes(count: number): Uint8Array {
		const bytes = new Uint8Array(count);
		for (let i = 0; i < count; i++)
			bytes[i] = this.below(256);
		return bytes;
	}
}
