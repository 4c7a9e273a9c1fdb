/** What targets have in common. */

import { MalformedError } from "hap/bytes/bytes";

export function check(condition: unknown, message: string): void {
	if (!condition)
		throw new Error(message);
}

/** Undefined: the bytes were malformed, and nothing else was thrown. */
export function unlessMalformed<T>(body: () => T): T | undefined {
	try {
		return body();
	}
	catch (error) {
		if (error instanceof MalformedError)
			return undefined;
		throw error;
	}
}

/** Takes an input apart. Behind its end there are zeros. */
export class InputReader {
	readonly #input: Uint8Array;
	#at = 0;

	constructor(input: Uint8Array) {
		this.#input = input;
	}

	get isEmpty(): boolean {
		return this.#at >= this.#input.length;
	}

	byte(): number {
		return this.isEmpty ? 0 : this.#input[this.#at++];
	}

	/** 0 to 65535. */
	number(): number {
		return this.byte() | (this.byte() << 8);
	}

	/** So many, or as many as there are. */
	bytes(count: number): Uint8Array {
		const from = this.#at;
		this.#at = Math.min(from + count, this.#input.length);
		return this.#input.slice(from, this.#at);
	}

	rest(): Uint8Array {
		return this.bytes(this.#input.length);
	}
}

/** Lengths of pieces that follow from a number, 1 to 64 and now and then 512; or all of one length. */
export class PieceLengths {
	readonly #length: number | undefined;
	#state: number;

	constructor(seed: number, length?: number) {
		this.#state = seed + 1;
		this.#length = length;
	}

	next(): number {
		this.#state = (this.#state * 75) % 65537;
		return this.#length ?? 1 + (this.#state % (this.#state % 5 === 0 ? 512 : 64));
	}
}
