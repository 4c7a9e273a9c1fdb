/** The controllers that the accessory is paired with, as its store keeps them. */

import { MaxPeersError, type Pairing, Pairings, Permission } from "hap/pairing/pairings";
import { Records, StorageError } from "hap/storage/records";
import { Controller } from "tests/fakes/pairing-controller";
import { everyCut, MemoryStorage } from "tests/fakes/memory-storage";
import { equal, ok, same, test, throws } from "tests/harness";
import { listOf } from "tests/fakes/pairing-list";

const Admin = Permission.Admin;
const User = Permission.User;

function pairing(number: number, permissions: Permission = Admin, key = number): Pairing {
	return { controllerId: new Controller(number).id, controllerLTPK: new Controller(key).LTPK, permissions };
}

function open(storage: MemoryStorage): Pairings {
	return new Pairings(new Records(storage, () => {}));
}

/** A store with an admin, number 1, and users up to `count`. */
function stored(count: number): MemoryStorage {
	const storage = new MemoryStorage();
	const pairings = open(storage);
	for (let number = 1; number <= count; number++)
		pairings.set(pairing(number, number === 1 ? Admin : User));
	return storage;
}

/** What is known at once, and what is known after a restart, are these. */
function holds(pairings: Pairings, storage: MemoryStorage, expected: Pairing[]): void {
	for (const each of [pairings, open(storage.restarted())]) {
		same(listOf(each), expected);
		equal(each.count, expected.length);
		equal(each.isPaired, expected.length > 0);
	}
}

test("a new accessory is not paired", () => {
	const storage = new MemoryStorage();
	const pairings = open(storage);
	holds(pairings, storage, []);
	equal(pairings.find(pairing(1).controllerId), undefined);
	equal(pairings.isAdmin(pairing(1).controllerId), false);
	same(storage.changes, []);
});

test("pairings are found with their key and permissions, after a restart too", () => {
	const storage = stored(3);
	holds(open(storage), storage, [pairing(1), pairing(2, User), pairing(3, User)]);
	const pairings = open(storage);
	same(pairings.find(pairing(2).controllerId), pairing(2, User));
	equal(pairings.isAdmin(pairing(1).controllerId), true);
	equal(pairings.isAdmin(pairing(2).controllerId), false);
	equal(pairings.isAdmin(pairing(4).controllerId), false);
});

test("identifiers are compared whole and case by case", () => {
	const storage = new MemoryStorage();
	const pairings = open(storage);
	const controllerId = "AAAAAAAA-0000-4000-8000-00000000000F";
	pairings.set({ ...pairing(1), controllerId });
	for (const other of ["", controllerId.slice(1), controllerId.slice(0, -1), `${controllerId}0`, controllerId.toLowerCase()])
		equal(pairings.find(other), undefined, other);
});

for (const controllerId of ["x", "дом", "0".repeat(36)])
	test(`an identifier "${controllerId}" is kept as it is`, () => {
		const storage = new MemoryStorage();
		const pairings = open(storage);
		pairings.set({ ...pairing(1), controllerId });
		pairings.set(pairing(2));
		holds(pairings, storage, [{ ...pairing(1), controllerId }, pairing(2)]);
	});

test("the same controller again takes its own place", () => {
	const storage = stored(3);
	const pairings = open(storage);
	pairings.set(pairing(2, Admin, 9));
	holds(pairings, storage, [pairing(1), pairing(2, Admin, 9), pairing(3, User)]);
});

test("there is room for 16; the 17th is refused and changes nothing", () => {
	const storage = stored(16);
	const pairings = open(storage);
	const before = storage.bytes("pairings");
	equal(pairings.count, 16);
	throws(() => pairings.set(pairing(17)), MaxPeersError);
	same(storage.bytes("pairings"), before);
	equal(pairings.count, 16);
});

test("when it is full, a known controller may still be changed, and a place that was freed be taken", () => {
	const storage = stored(16);
	const pairings = open(storage);
	pairings.set(pairing(16, Admin));
	equal(pairings.isAdmin(pairing(16).controllerId), true);
	pairings.remove(pairing(5).controllerId);
	pairings.set(pairing(17));
	equal(pairings.count, 16);
	equal(open(storage.restarted()).count, 16);
});

test("removing a user leaves the others", () => {
	const storage = stored(3);
	const pairings = open(storage);
	same(pairings.remove(pairing(2).controllerId), [pairing(2).controllerId]);
	holds(pairings, storage, [pairing(1), pairing(3, User)]);
});

test("removing an unknown one removes nobody and writes nothing", () => {
	const storage = stored(2).restarted();
	const pairings = open(storage);
	same(pairings.remove(pairing(9).controllerId), []);
	holds(pairings, storage, [pairing(1), pairing(2, User)]);
	same(storage.changes, []);
});

test("removing one of two admins leaves the other and the users", () => {
	const storage = stored(2);
	const pairings = open(storage);
	pairings.set(pairing(3));
	same(pairings.remove(pairing(1).controllerId), [pairing(1).controllerId]);
	holds(pairings, storage, [pairing(2, User), pairing(3)]);
});

test("removing the last admin removes all", () => {
	const storage = stored(3);
	const pairings = open(storage);
	same(pairings.remove(pairing(1).controllerId), [1, 2, 3].map((number) => pairing(number).controllerId));
	holds(pairings, storage, []);
	same(storage.keys, []);
});

test("clearing removes all and says whom", () => {
	const storage = stored(2);
	const pairings = open(storage);
	same(pairings.clear(), [1, 2].map((number) => pairing(number).controllerId));
	holds(pairings, storage, []);
	same(pairings.clear(), []);
});

for (
	const [what, change] of [
		["another pairing", (pairings: Pairings) => pairings.set(pairing(4))],
		["other permissions", (pairings: Pairings) => pairings.set(pairing(2, Admin))],
		["a removal", (pairings: Pairings) => pairings.remove(pairing(2).controllerId)],
		["the last admin's removal", (pairings: Pairings) => pairings.remove(pairing(1).controllerId)],
		["clearing", (pairings: Pairings) => pairings.clear()],
	] as const
) {
	test(`${what} that cannot be stored is a StorageError, and everything as it was`, () => {
		const storage = stored(3);
		const pairings = open(storage);
		storage.refuse("pairings");
		throws(() => change(pairings), StorageError);
		holds(pairings, storage, [pairing(1), pairing(2, User), pairing(3, User)]);
	});

	test(`power lost in ${what} leaves all of the old pairings or all of the new ones`, () => {
		const done = stored(3);
		change(open(done));
		everyCut(
			stored(3),
			(storage) => change(open(storage)),
			(found, isCut) => same(listOf(open(found)), listOf(open(isCut ? stored(3) : done))),
		);
	});
}

test("a damaged record leaves an accessory that is not paired and says so", () => {
	const storage = stored(2);
	storage.flipBits("pairings", 30);
	const reports: string[] = [];
	const pairings = new Pairings(new Records(storage, (key, keptAs) => reports.push(`${key} > ${keptAs}`)));
	equal(pairings.isPaired, false);
	same(reports, ["pairings > pairings.bad"]);
	same(storage.keys, ["pairings.bad"]);
});

test("keys that are handed in may be overwritten afterwards", () => {
	const storage = new MemoryStorage();
	const pairings = open(storage);
	const own = pairing(1);
	const LTPK = own.controllerLTPK.slice();
	pairings.set({ ...own, controllerLTPK: LTPK });
	LTPK.fill(0);
	ok(listOf(pairings)[0].controllerLTPK.some((byte) => byte !== 0));
	holds(pairings, storage, [own]);
});
