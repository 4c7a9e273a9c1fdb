/** Pair-setup and a store that fails: who was told that they are paired, is. */

import { PairingError, PairState } from "hap/pairing/pairing-tlv";
import { Controller, SetupDialogue } from "tests/fakes/pairing-controller";
import { everyCut } from "tests/fakes/memory-storage";
import { CODE, isRefused, PairingAccessory } from "tests/fakes/pairing-accessory";
import { equal, same, test } from "tests/harness";

const PHONE = new Controller(1);

test("the pairing is in the store when M6 is answered, before anybody is told", () => {
	const accessory = new PairingAccessory();
	const dialogue = new SetupDialogue(PHONE, CODE);
	let wasStored = false;
	accessory.onPaired = () => {
		wasStored = accessory.restarted().pairings.isPaired;
	};
	dialogue.accessoryOf(accessory.pair(dialogue));
	equal(wasStored, true);
	equal(accessory.restarted().pairings.isAdmin(PHONE.id), true);
});

test("a pairing that cannot be stored is error Unknown in M6, and there is none", () => {
	const accessory = new PairingAccessory();
	accessory.storage.refuse("pairings");
	isRefused(accessory.pair(new SetupDialogue(PHONE, CODE)), PairState.M6, PairingError.Unknown);
	for (const each of [accessory, accessory.restarted()])
		equal(each.pairings.isPaired, false);
	same(accessory.paired, []);
	equal(accessory.pairSetup.isBusy, false);

	accessory.storage.refuse();
	accessory.pair(new SetupDialogue(PHONE, CODE));
	equal(accessory.restarted().pairings.isPaired, true, "when the store takes it, it pairs");
});

test("power lost anywhere: a controller that got M6 is paired, and one that did not is not", () => {
	let hasM6 = false;
	everyCut(
		new PairingAccessory().storage,
		(storage) => {
			hasM6 = false;
			const dialogue = new SetupDialogue(PHONE, CODE);
			dialogue.accessoryOf(new PairingAccessory(storage).pair(dialogue));
			hasM6 = true;
		},
		(found, isCut) => {
			const { pairings, identity } = new PairingAccessory(found);
			equal(pairings.isAdmin(PHONE.id), hasM6);
			equal(identity.deviceId, new PairingAccessory().identity.deviceId);
			equal(hasM6, !isCut);
		},
	);
});

test("without a verifier, M1 is error Unknown in M2, and the slot is free", () => {
	const accessory = new PairingAccessory();
	accessory.records.delete("verifier");
	isRefused(accessory.say(new SetupDialogue(PHONE, CODE).M1()), PairState.M2, PairingError.Unknown);
	equal(accessory.pairSetup.isBusy, false);
});

test("a damaged verifier is set aside, and M1 is error Unknown in M2", () => {
	const accessory = new PairingAccessory();
	accessory.storage.flipBits("verifier", 50);
	isRefused(accessory.say(new SetupDialogue(PHONE, CODE).M1()), PairState.M2, PairingError.Unknown);
	same(accessory.storage.keys, ["identity", "verifier.bad"]);
});
