/**
 * An identity that is lost takes its pairings with it: controllers know a key that the accessory has no more. It starts
 * unpaired and says so, rather than paired with nobody who could use or unpair it.
 */

import { loadIdentity } from "hap/pairing/identity";
import { Pairings, Permission } from "hap/pairing/pairings";
import { Records, StorageError } from "hap/storage/records";
import { Controller, SetupDialogue } from "tests/fakes/pairing-controller";
import { everyCut, type MemoryStorage } from "tests/fakes/memory-storage";
import { CODE, PairingAccessory } from "tests/fakes/pairing-accessory";
import { equal, ok, same, test, throws } from "tests/harness";

const PHONE = new Controller(1);
const HUB = new Controller(2);

function pairedStorage(): MemoryStorage {
	const accessory = new PairingAccessory();
	accessory.know(PHONE, Permission.Admin);
	accessory.know(HUB, Permission.User);
	return accessory.storage;
}

function missing(): MemoryStorage {
	const storage = pairedStorage();
	storage.delete("identity");
	return storage.restarted();
}

function damaged(): MemoryStorage {
	const storage = pairedStorage();
	storage.flipBits("identity", 10);
	return storage.restarted();
}

/** The keys that were reported, in order. */
function load(storage: MemoryStorage): string[] {
	const reports: string[] = [];
	loadIdentity(new Records(storage, (key) => reports.push(key)));
	return reports;
}

for (
	const [what, make, reported] of [
		["missing", missing, ["pairings"]],
		["damaged", damaged, ["identity", "pairings"]],
	] as const
) {
	test(`when the identity is ${what}, the accessory starts unpaired, and reports it`, () => {
		const storage = make();
		same(load(storage), reported);
		equal(new PairingAccessory(storage).pairings.isPaired, false);
		equal(new PairingAccessory(storage.restarted()).pairings.isPaired, false, "after a restart too");
		same(load(storage.restarted()), [], "and is reported once");
	});

	test(`when the identity is ${what}, the pairings are kept as they were under another key`, () => {
		const storage = make();
		const bytes = storage.bytes("pairings");
		load(storage);
		same(storage.bytes("pairings.bad"), bytes);
		ok(!storage.keys.includes("pairings"));
	});

	test(`when the identity was ${what}, the accessory can be paired again, with the same code`, () => {
		const accessory = new PairingAccessory(make());
		accessory.pair(new SetupDialogue(PHONE, CODE));
		equal(accessory.restarted().pairings.isAdmin(PHONE.id), true);
		equal(accessory.pairings.count, 1);
	});

	test(`power lost while an identity that is ${what} is replaced: the next start has no pairings of the lost one`, () => {
		everyCut(make(), (storage) => load(storage), (found) => {
			load(found);
			equal(new Pairings(new Records(found, () => {})).isPaired, false);
			ok(found.keys.includes("identity"));
			ok(found.keys.includes("pairings.bad"), "and nothing of them is lost");
		});
	});

	test(`when the identity is ${what} and the pairings cannot be set aside, there is no new identity beside them`, () => {
		for (const refused of ["pairings", "pairings.bad"]) {
			const storage = make();
			storage.refuse(refused);
			throws(() => load(storage), StorageError);
			ok(!storage.keys.includes("identity"));
			ok(storage.keys.includes("pairings"));
		}
	});
}

test("an identity that is whole keeps its pairings", () => {
	const storage = pairedStorage();
	same(load(storage.restarted()), []);
	equal(new PairingAccessory(storage.restarted()).pairings.count, 2);
});

test("a first start, without pairings, reports nothing", () => {
	const storage = missing();
	storage.delete("pairings");
	same(load(storage), []);
	same(storage.keys, ["identity", "verifier"]);
});
