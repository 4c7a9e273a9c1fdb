/**
 * What stands in for libFuzzer where clang has none: changed inputs of the corpus, without any knowledge of what they reach.
 * Arguments: how many, the number that they follow from, the most bytes, and the corpus in hexadecimal. None at all: the corpus
 * as it is.
 */

import { argumentText, exit, print } from "host:process";
import { fromHex, toHex } from "tests/vectors/hex";

const INTERESTING = [0, 1, 2, 3, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x30, 0x7f, 0x80, 0xc0, 0xff];

class Mutator {
	readonly #corpus: readonly Uint8Array[];
	readonly #mostBytes: number;
	#state: number;

	constructor(corpus: readonly Uint8Array[], seed: number, mostBytes: number) {
		this.#corpus = corpus;
		this.#mostBytes = mostBytes;
		this.#state = seed | 1;
	}

	next(): Uint8Array {
		let bytes = this.pick(this.#corpus);
		for (let changes = 1 + this.below(4); changes > 0; changes--)
			bytes = this.change(bytes);
		return bytes.slice(0, this.#mostBytes);
	}

	/** Marsaglia's xorshift. */
	private below(limit: number): number {
		let x = this.#state;
		x ^= x << 13;
		x ^= x >>> 17;
		x ^= x << 5;
		this.#state = x;
		return (x >>> 0) % limit;
	}

	private pick<T>(list: readonly T[]): T {
		return list[this.below(list.length)];
	}

	private change(bytes: Uint8Array): Uint8Array {
		const at = this.below(bytes.length + 1);
		const to = at + this.below(bytes.length - at + 1);
		const other = this.pick(this.#corpus);
		switch (this.below(6)) {
			case 0:
				return replace(bytes, at, at + 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << this.below(8))));
			case 1:
				return replace(bytes, at, at + this.below(2), Uint8Array.of(this.pick(INTERESTING)));
			case 2:
				return replace(bytes, at, at, Uint8Array.of(this.below(256)));
			case 3:
				return replace(bytes, at, to, new Uint8Array(0));
			case 4:
				return replace(bytes, at, at, bytes.slice(at, to));
			default:
				return replace(bytes, at, to, other.slice(this.below(other.length + 1)));
		}
	}
}

function replace(bytes: Uint8Array, from: number, to: number, by: Uint8Array): Uint8Array {
	const end = Math.min(to, bytes.length);
	const result = new Uint8Array(from + by.length + bytes.length - end);
	result.set(bytes.subarray(0, from));
	result.set(by, from);
	result.set(bytes.subarray(end), from + by.length);
	return result;
}

function corpusFrom(argument: number): Uint8Array[] {
	const corpus: Uint8Array[] = [];
	for (let text = argumentText(argument); text !== undefined; text = argumentText(++argument))
		corpus.push(fromHex(text));
	return corpus;
}

export function runFuzzer(onInput: (bytes: ArrayBuffer) => void): void {
	const [runs, seed, mostBytes] = [1, 2, 3].map((index) => Number(argumentText(index) ?? 0));
	const corpus = corpusFrom(4);
	const run = (bytes: Uint8Array): void => {
		try {
			onInput(bytes.slice().buffer as ArrayBuffer);
		}
		catch (error) {
			print(`input ${toHex(bytes)}`);
			print(error instanceof Error ? `${error}\n${error.stack}` : String(error));
			exit(1);
		}
	};
	corpus.forEach(run);
	const mutator = new Mutator([...corpus, new Uint8Array(0)], seed, mostBytes);
	for (let i = corpus.length; i < runs; i++)
		run(mutator.next());
	exit(0);
}
