/**
 * A store of files that loses its power at any step: host/posix/file-store.c as it is (tests/natives/store.c holds it to the same), over
 * a disk that keeps for sure only what was flushed. A step is a file made, a byte written, a flush, a name changed.
 */

import type { KeyValueStorage } from "hap/storage/records";
import { MemoryStorage } from "tests/fakes/memory-storage";

const TEMPORARY = ".writing";

interface File {
	/** As programs see them, and as they are on the disk for sure. */
	readonly bytes: number[];
	flushed: readonly number[];
}

type Folder = Map<string, File>;

export class PowerCutDisk implements KeyValueStorage {
	steps = 0;
	isCut = false;
	/** Why every change fails from now on, with the power on. */
	refusal: string | undefined;
	#folder: Folder = new Map();
	#flushedFolder: Folder = new Map();
	readonly #cutAt: number;

	/** The power goes at that step; Infinity: never. */
	constructor(found: MemoryStorage = new MemoryStorage(), cutAt = Infinity) {
		this.#cutAt = cutAt;
		for (const key of found.keys) {
			const bytes = [...found.bytes(key)];
			this.#folder.set(key, { bytes, flushed: bytes });
		}
		this.#flushedFolder = new Map(this.#folder);
	}

	read(key: string): ArrayBuffer | undefined {
		const file = this.#folder.get(key);
		return file && Uint8Array.from(file.bytes).buffer as ArrayBuffer;
	}

	write(key: string, value: Uint8Array): void {
		const file: File = { bytes: [], flushed: [] };
		this.step();
		this.#folder.set(TEMPORARY, file);
		for (const byte of value) {
			this.step();
			file.bytes.push(byte);
		}
		this.step();
		file.flushed = [...file.bytes];
		this.step();
		this.#folder.delete(TEMPORARY);
		this.#folder.set(key, file);
		this.flushFolder();
	}

	delete(key: string): void {
		this.step();
		this.#folder.delete(key);
		this.flushFolder();
	}

	/**
	 * What may be found when the power is back: only what was flushed; all of it; or the names as they were last, with no more in
	 * the files than was flushed.
	 */
	found(): MemoryStorage[] {
		const all = [contents(this.#flushedFolder, true), contents(this.#folder, false), contents(this.#folder, true)];
		return all.filter((one, at) => all.findIndex((other) => isSame(one, other)) === at).map((values) => new MemoryStorage(values));
	}

	private flushFolder(): void {
		this.step();
		this.#flushedFolder = new Map(this.#folder);
	}

	private step(): void {
		if (this.refusal !== undefined)
			throw new Error(this.refusal);
		if (this.isCut || this.steps === this.#cutAt) {
			this.isCut = true;
			throw new Error("no power");
		}
		this.steps++;
	}
}

function contents(folder: Folder, isFlushed: boolean): Map<string, Uint8Array> {
	const values = new Map<string, Uint8Array>();
	for (const [key, { bytes, flushed }] of folder)
		if (key !== TEMPORARY)
			values.set(key, Uint8Array.from(isFlushed ? flushed : bytes));
	return values;
}

function isSame(a: Map<string, Uint8Array>, b: Map<string, Uint8Array>): boolean {
	return a.size === b.size && [...a].every(([key, bytes]) => b.get(key)?.join() === bytes.join());
}

/**
 * Runs `body` on disks that begin as `start` and lose their power at the first step, the second, and so on up to one that keeps it;
 * `check` sees what may be found then. Answers how many cuts that were. With `stride` above 1 only every so many steps are tried.
 */
export function everyStep<Result>(
	start: MemoryStorage,
	body: (disk: PowerCutDisk) => Result,
	check: (found: MemoryStorage, result: Result | undefined) => void,
	stride = 1,
): number {
	for (let cuts = 0;; cuts++) {
		const cutAt = cuts * stride;
		const disk = new PowerCutDisk(start, cutAt);
		let result: Result | undefined;
		try {
			result = body(disk);
		}
		catch (error) {
			if (!disk.isCut)
				throw error;
		}
		for (const found of disk.found())
			check(found, disk.isCut ? undefined : result); // without power nothing was answered
		if (!disk.isCut)
			return cuts;
	}
}
