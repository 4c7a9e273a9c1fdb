/** A store in memory that can be full, lose its power at any change, and hand out bytes that nobody wrote. */

import type { KeyValueStorage } from "hap/storage/records";

export class MemoryStorage implements KeyValueStorage {
	/** What was changed, in order: "write identity", "delete pairings". */
	readonly changes: string[] = [];
	readonly #values: Map<string, Uint8Array>;
	readonly #full = new Set<string>();
	#doubtful: string | undefined;
	#changesLeft = Number.POSITIVE_INFINITY;
	#isCut = false;

	constructor(values: Iterable<readonly [string, Uint8Array]> = []) {
		this.#values = new Map(values);
	}

	read(key: string): ArrayBuffer | undefined {
		return this.#values.get(key)?.slice().buffer as ArrayBuffer | undefined;
	}

	write(key: string, value: Uint8Array): void {
		this.change("write", key);
		this.#values.set(key, value.slice());
		this.behind(key);
	}

	delete(key: string): void {
		this.change("delete", key);
		this.#values.delete(key);
		this.behind(key);
	}

	get keys(): string[] {
		return [...this.#values.keys()].sort();
	}

	bytes(key: string): Uint8Array {
		const value = this.#values.get(key);
		if (!value)
			throw new Error(`the store has no ${key}`);
		return value.slice();
	}

	/** What lies there from now on, whoever wrote it. */
	put(key: string, value: Uint8Array): void {
		this.#values.set(key, value.slice());
	}

	flipBits(key: string, at: number, bits = 1): void {
		const value = this.bytes(key);
		value[at] ^= bits;
		this.put(key, value);
	}

	/** Changes of these keys fail from now on; of none, when none is given. */
	refuse(...keys: string[]): void {
		this.#full.clear();
		for (const key of keys)
			this.#full.add(key);
	}

	/** Changes of this key are made from now on, and fail all the same. */
	doubt(key: string): void {
		this.#doubtful = key;
	}

	private behind(key: string): void {
		if (key === this.#doubtful)
			throw new Error("the store does not know");
	}

	/** A change was tried without power. */
	get isCut(): boolean {
		return this.#isCut;
	}

	/** So many changes are made, and none after them. */
	stopAfter(count: number): void {
		this.#changesLeft = count;
	}

	/** What is found when the power is back. */
	restarted(): MemoryStorage {
		return new MemoryStorage(this.#values);
	}

	private change(verb: string, key: string): void {
		if (this.#changesLeft === 0) {
			this.#isCut = true;
			throw new Error("no power");
		}
		if (this.#full.has(key))
			throw new Error("the store is full");
		this.#changesLeft--;
		this.changes.push(`${verb} ${key}`);
	}
}

/**
 * Runs `body` on copies of `storage`, one of which loses its power before the first change, one before the second, and so on
 * up to one that keeps it; `check` sees what is found at the next start.
 */
export function everyCut(
	storage: MemoryStorage,
	body: (storage: MemoryStorage) => void,
	check: (found: MemoryStorage, isCut: boolean) => void,
): void {
	for (let cut = 0;; cut++) {
		const copy = storage.restarted();
		copy.stopAfter(cut);
		try {
			body(copy);
		}
		catch (error) {
			if (!copy.isCut)
				throw error;
		}
		check(copy.restarted(), copy.isCut);
		if (!copy.isCut)
			return;
	}
}
