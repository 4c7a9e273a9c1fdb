/** Wrong setup codes are counted: MaxTries. */

import { Tries } from "hap/pairing/tries";
import { Records, StorageError } from "hap/storage/records";
import { MemoryStorage } from "tests/fakes/memory-storage";
import { equal, same, test, throws } from "tests/harness";

function open(storage: MemoryStorage): Tries {
	return new Tries(new Records(storage, () => {}));
}

function stored(count: number): MemoryStorage {
	const storage = new MemoryStorage();
	for (let i = 0; i < count; i++)
		open(storage).countOne();
	return storage;
}

test("a new accessory has counted none", () => {
	const storage = new MemoryStorage();
	equal(open(storage).count, 0);
	equal(open(storage).isExhausted, false);
	same(storage.changes, []);
});

for (const [count, isExhausted] of [[1, false], [99, false], [100, true]] as const)
	test(`${count} tries, over restarts: ${isExhausted ? "no more" : "another is allowed"}`, () => {
		let storage = new MemoryStorage();
		for (let i = 0; i < count; i++) {
			storage = storage.restarted();
			open(storage).countOne();
		}
		equal(open(storage.restarted()).count, count);
		equal(open(storage.restarted()).isExhausted, isExhausted);
	});

test("beyond 100 it stays exhausted, however often it is tried", () => {
	const storage = stored(100);
	for (let i = 0; i < 300; i++) {
		open(storage).countOne();
		if (!open(storage).isExhausted)
			throw new Error(`not after ${i} more`);
	}
});

for (const count of [1, 99, 100])
	test(`a reset after ${count} forgets them, over a restart too`, () => {
		const storage = stored(count);
		const tries = open(storage);
		tries.reset();
		equal(tries.count, 0);
		equal(open(storage.restarted()).count, 0);
		equal(open(storage.restarted()).isExhausted, false);
	});

test("a reset of none writes nothing", () => {
	const storage = new MemoryStorage();
	open(storage).reset();
	same(storage.changes, []);
});

test("one that cannot be counted is a StorageError, and the count as it was", () => {
	const storage = stored(3);
	storage.refuse("tries");
	const tries = open(storage);
	throws(() => tries.countOne(), StorageError);
	throws(() => tries.reset(), StorageError);
	equal(tries.count, 3);
});

test("a try is in the store when countOne returns", () => {
	const storage = stored(3);
	storage.stopAfter(1);
	open(storage).countOne();
	throws(() => open(storage).countOne(), StorageError);
	equal(open(storage.restarted()).count, 4);
});
