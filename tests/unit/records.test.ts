/** Records of the store: what was written is read, and nothing else ever. */

import { sameBytes } from "hap/bytes/bytes";
import { Records, StorageError } from "hap/storage/records";
import { everyCut, MemoryStorage } from "tests/fakes/memory-storage";
import { equal, ok, same, test, throws } from "tests/harness";

const KEY = "lamp";
const VERSION = 3;
const PAYLOAD = Uint8Array.of(7, 0, 255, 42, 0);

interface Opened {
	records: Records;
	/** "key > kept as: reason" of what was set aside. */
	reports: string[];
}

function open(storage: MemoryStorage): Opened {
	const reports: string[] = [];
	return { records: new Records(storage, (...report) => reports.push(describe(...report))), reports };
}

function describe(key: string, keptAs: string, reason: string): string {
	return `${key} > ${keptAs}: ${reason}`;
}

function stored(payload = PAYLOAD, key = KEY): MemoryStorage {
	const storage = new MemoryStorage();
	open(storage).records.write(key, VERSION, payload);
	return storage;
}

/** The bytes that lie there are no record: reported, kept as they are under the other key, and gone from this one. */
function isSetAside(storage: MemoryStorage, message: string, version = VERSION): void {
	const bytes = storage.bytes(KEY);
	const { records, reports } = open(storage);
	same(records.read(KEY, version), undefined, message);
	same(reports, ["lamp > lamp.bad: was damaged"], message);
	same(storage.keys, ["lamp.bad"], message);
	same(storage.bytes("lamp.bad"), bytes, message);
	same(records.read(KEY, version), undefined, message);
	equal(reports.length, 1, `${message}: reported once`);
}

test("what was never written is not there, and that is no damage", () => {
	const { records, reports } = open(new MemoryStorage());
	same(records.read(KEY, VERSION), undefined);
	same(reports, []);
});

for (const length of [0, 1, 255, 256, 257, 1120, 65535])
	test(`a payload of ${length} bytes is read as it was written`, () => {
		const payload = new Uint8Array(length).map((_, at) => at * 7);
		const { records, reports } = open(stored(payload));
		ok(sameBytes(records.read(KEY, VERSION)!, payload));
		same(reports, []);
	});

test("a payload longer than a record's length can say is misuse, and nothing is written", () => {
	const storage = new MemoryStorage();
	throws(() => open(storage).records.write(KEY, VERSION, new Uint8Array(65536)), RangeError);
	same(storage.keys, []);
});

test("a record that is written again is the new one", () => {
	const storage = stored();
	open(storage).records.write(KEY, VERSION, Uint8Array.of(1));
	same(open(storage).records.read(KEY, VERSION), Uint8Array.of(1));
});

test("a record that was deleted is not there, nor is its damage", () => {
	const storage = stored();
	const { records, reports } = open(storage);
	records.delete(KEY);
	same(records.read(KEY, VERSION), undefined);
	same(reports, []);
});

test("what was read may be changed, and the record stays", () => {
	const { records } = open(stored());
	records.read(KEY, VERSION)!.fill(0);
	same(records.read(KEY, VERSION), PAYLOAD);
});

for (const version of [0, 2, 4, 255])
	test(`a record of version 3 is set aside when version ${version} is asked for`, () => isSetAside(stored(), "version", version));

test("a record with a changed bit, at any place, is set aside", () => {
	const length = stored().bytes(KEY).length;
	for (let at = 0; at < length; at++)
		for (let bit = 1; bit < 256; bit <<= 1) {
			const storage = stored();
			storage.flipBits(KEY, at, bit);
			isSetAside(storage, `byte ${at}, bit ${bit}`);
		}
});

test("a record cut short, at any length, is set aside", () => {
	const bytes = stored().bytes(KEY);
	for (let length = 0; length < bytes.length; length++) {
		const storage = new MemoryStorage([[KEY, bytes.slice(0, length)]]);
		isSetAside(storage, `length ${length}`);
	}
});

test("a record with bytes after its end is set aside", () => {
	for (const more of [1, 4, 256]) {
		const storage = stored();
		const long = new Uint8Array(storage.bytes(KEY).length + more);
		long.set(storage.bytes(KEY));
		storage.put(KEY, long);
		isSetAside(storage, `${more} more`);
	}
});

for (const fill of [0x00, 0xff])
	test(`flash of ${fill} alone is set aside, at any length`, () => {
		for (let length = 0; length < 20; length++)
			isSetAside(new MemoryStorage([[KEY, new Uint8Array(length).fill(fill)]]), `length ${length}`);
	});

test("a record under another record's key is whole, and read", () => {
	const storage = new MemoryStorage([["other", stored().bytes(KEY)]]);
	same(open(storage).records.read("other", VERSION), PAYLOAD);
});

test("the key that a damaged record goes to has no more than NVS's 15 characters", () => {
	const key = "fifteen-letters";
	const storage = new MemoryStorage([[key, new Uint8Array(3)]]);
	const { records, reports } = open(storage);
	records.read(key, VERSION);
	same(reports, ["fifteen-letters > fifteen-let.bad: was damaged"]);
	same(storage.keys, ["fifteen-let.bad"]);
});

test("a store that takes nothing is a StorageError that names the key, and what was there is there still", () => {
	const storage = stored();
	const { records } = open(storage);
	storage.refuse(KEY);
	for (const change of [() => records.write(KEY, VERSION, Uint8Array.of(1)), () => records.delete(KEY)]) {
		throws(change, StorageError);
		try {
			change();
		}
		catch (error) {
			equal((error as StorageError).key, KEY);
			ok((error as StorageError).message.includes("the store is full"));
		}
		same(records.read(KEY, VERSION), PAYLOAD);
	}
});

for (const refused of [KEY, "lamp.bad"])
	test(`a damaged record that cannot be set aside, because ${refused} cannot be changed, is a StorageError and stays`, () => {
		const storage = stored();
		storage.flipBits(KEY, 4);
		const bytes = storage.bytes(KEY);
		storage.refuse(refused);
		const { records, reports } = open(storage);
		throws(() => records.read(KEY, VERSION), StorageError);
		same(storage.bytes(KEY), bytes);
		same(reports, []);
	});

test("power lost while a record is written leaves the one before or the new one", () => {
	everyCut(
		stored(),
		(storage) => open(storage).records.write(KEY, VERSION, Uint8Array.of(1)),
		(found, isCut) => {
			const { records, reports } = open(found);
			same(records.read(KEY, VERSION), isCut ? PAYLOAD : Uint8Array.of(1));
			same(reports, []);
		},
	);
});

test("power lost while a damaged record is set aside loses no byte of it, and it is never read", () => {
	const storage = stored();
	storage.flipBits(KEY, 4);
	const bytes = storage.bytes(KEY);
	everyCut(
		storage,
		(cutting) => open(cutting).records.read(KEY, VERSION),
		(found) => {
			ok(found.keys.some((key) => sameBytes(found.bytes(key), bytes)));
			same(open(found).records.read(KEY, VERSION), undefined);
			same(found.keys, ["lamp.bad"]);
			same(found.bytes("lamp.bad"), bytes);
		},
	);
});

test("a whole record that is of no use is set aside when asked to, with the reason", () => {
	const storage = stored();
	const bytes = storage.bytes(KEY);
	const { records, reports } = open(storage);
	records.setAside(KEY, "is of no use");
	same(reports, ["lamp > lamp.bad: is of no use"]);
	same(storage.keys, ["lamp.bad"]);
	same(storage.bytes("lamp.bad"), bytes);
	same(records.read(KEY, VERSION), undefined);
});

test("setting aside what is not there does nothing", () => {
	const storage = new MemoryStorage();
	const { records, reports } = open(storage);
	records.setAside(KEY, "is of no use");
	same(reports, []);
	same(storage.changes, []);
});

/** Keeps records of those bytes, each damaged, one after the other. */
function damage(storage: MemoryStorage, ...firsts: readonly number[]): string[] {
	const { records, reports } = open(storage);
	for (const first of firsts) {
		storage.put(KEY, Uint8Array.of(first));
		same(records.read(KEY, VERSION), undefined);
	}
	return reports;
}

test("a second damaged record does not take the first one's place", () => {
	const storage = new MemoryStorage();
	same(damage(storage, 1, 2, 3), ["lamp > lamp.bad: was damaged", "lamp > lamp.ba2: was damaged", "lamp > lamp.ba3: was damaged"]);
	same(["lamp.bad", "lamp.ba2", "lamp.ba3"].map((key) => storage.bytes(key)[0]), [1, 2, 3]);
});

test("the same damage again is kept once", () => {
	const storage = new MemoryStorage();
	damage(storage, 1, 2, 1, 2, 2);
	same(storage.keys, ["lamp.ba2", "lamp.bad"]);
});

test("from the ninth on, the last one is replaced", () => {
	const storage = new MemoryStorage();
	damage(storage, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
	equal(storage.keys.length, 9);
	equal(storage.bytes("lamp.bad")[0], 1);
	equal(storage.bytes("lamp.ba9")[0], 11);
});
