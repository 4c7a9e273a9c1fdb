/** Pair-setup as it goes well, and what a wrong code comes to. HAP R2 "Pair Setup", */

import { PairingError, PairingMethod, PairState } from "hap/pairing/pairing-tlv";
import { Permission } from "hap/pairing/pairings";
import { strip } from "hap/crypto/big-integer";
import { TlvType } from "hap/wire/tlv8";
import { Controller, SetupDialogue } from "tests/fakes/pairing-controller";
import { CODE, isRefused, PairingAccessory } from "tests/fakes/pairing-accessory";
import { readItems, readTlv } from "tests/fakes/tlv";
import { equal, ok, same, test } from "tests/harness";
import { listOf } from "tests/fakes/pairing-list";

const PHONE = new Controller(1);
const WRONG_CODE = "518-08-583";

function wrongTry(accessory: PairingAccessory): Uint8Array {
	const dialogue = new SetupDialogue(PHONE, WRONG_CODE);
	return accessory.say(dialogue.M3(accessory.say(dialogue.M1())));
}

test("a controller that knows the code is paired, and learns who the accessory is", () => {
	const accessory = new PairingAccessory();
	const dialogue = new SetupDialogue(PHONE, CODE);
	const { deviceId, LTPK } = dialogue.accessoryOf(accessory.pair(dialogue));
	equal(deviceId, accessory.identity.deviceId);
	same(LTPK, accessory.identity.accessoryLTPK.slice());
	same(accessory.paired, [PHONE.id], "told once");
	equal(accessory.pairSetup.isBusy, false);
});

test("the first pairing is an admin's, and is known after a restart", () => {
	const accessory = new PairingAccessory();
	accessory.pair(new SetupDialogue(PHONE, CODE));
	const pairing = { controllerId: PHONE.id, controllerLTPK: PHONE.LTPK, permissions: Permission.Admin };
	same(listOf(accessory.pairings), [pairing]);
	same(listOf(accessory.restarted().pairings), [pairing]);
});

for (const method of [PairingMethod.PairSetup, PairingMethod.PairSetupWithAuth])
	test(`method ${method} pairs`, () => {
		const accessory = new PairingAccessory();
		const dialogue = new SetupDialogue(PHONE, CODE, { M1: (items) => items.set(TlvType.Method, Uint8Array.of(method)) });
		dialogue.accessoryOf(accessory.pair(dialogue));
		equal(accessory.pairings.isPaired, true);
	});

test("M2 has state, public key and salt, M4 state and proof, M6 state and encrypted data, and no more", () => {
	const accessory = new PairingAccessory();
	const dialogue = new SetupDialogue(PHONE, CODE);
	const M2 = accessory.say(dialogue.M1());
	const M4 = accessory.say(dialogue.M3(M2));
	const M6 = accessory.say(dialogue.M5(M4));
	const shape = (answer: Uint8Array) => readTlv(answer).map(([type, value]) => [type, value.length]);
	same(shape(M2), [[TlvType.State, 1], [TlvType.PublicKey, 384], [TlvType.Salt, 16]]);
	same(shape(M4), [[TlvType.State, 1], [TlvType.Proof, 64]]);
	// Identifier 2 + 17, public key 2 + 32, signature 2 + 64, tag 16.
	same(shape(M6), [[TlvType.State, 1], [TlvType.EncryptedData, 135]]);
	same(
		[M2, M4, M6].map((answer) => readItems(answer).get(TlvType.State)),
		[PairState.M2, PairState.M4, PairState.M6].map((state) => Uint8Array.of(state)),
	);
});

test("items that nobody asked for are ignored", () => {
	const accessory = new PairingAccessory();
	const more = (items: Map<TlvType, Uint8Array>) => items.set(TlvType.RetryDelay, new Uint8Array(4));
	const dialogue = new SetupDialogue(PHONE, CODE, { M1: more, M3: more, M5: more, "M5 text": more });
	dialogue.accessoryOf(accessory.pair(dialogue));
	equal(accessory.pairings.isPaired, true);
});

/* Flags: HAP R2 "Pairing Type Flags" (4 transient, 24 split), which this accessory serves neither of */

const flagged = (...bytes: number[]) => ({ M1: (items: Map<TlvType, Uint8Array>) => items.set(TlvType.Flags, Uint8Array.of(...bytes)) });

for (
	const [what, flags] of [
		["no bits", []],
		["no bits in four bytes", [0, 0, 0, 0]],
		["transient", [0x10]],
		["transient in four bytes", [0x10, 0, 0, 0]],
		["transient and split", [0x10, 0, 0, 1]],
		["bits that nobody knows", [0xef, 0xff, 0xff, 0xfe]],
	] as const
)
	test(`flags of ${what} are answered as any M1, without flags, and M1 to M6 pair`, () => {
		const accessory = new PairingAccessory();
		const dialogue = new SetupDialogue(PHONE, CODE, flagged(...flags));
		const M2 = accessory.say(dialogue.M1());
		same(readTlv(M2).map(([type]) => type), [TlvType.State, TlvType.PublicKey, TlvType.Salt]);
		const M4 = accessory.say(dialogue.M3(M2));
		same(readTlv(M4).map(([type]) => type), [TlvType.State, TlvType.Proof]);
		dialogue.accessoryOf(accessory.say(dialogue.M5(M4)));
		same(accessory.paired, [PHONE.id]);
	});

test("split alone asks for a verifier that no transient pair-setup has left: Authentication in M2, no try, and the slot stays free", () => {
	const accessory = new PairingAccessory();
	isRefused(accessory.say(new SetupDialogue(PHONE, CODE, flagged(0, 0, 0, 1)).M1()), PairState.M2, PairingError.Authentication);
	equal(accessory.pairSetup.isBusy, false);
	equal(accessory.tries.count, 0);
	equal(accessory.verifiers.length, 0);
	accessory.pair(new SetupDialogue(PHONE, CODE), {});
	same(accessory.paired, [PHONE.id]);
});

test("with method 1 flags are ignored", () => {
	const accessory = new PairingAccessory();
	const dialogue = new SetupDialogue(PHONE, CODE, {
		M1: (items) => {
			items.set(TlvType.Flags, Uint8Array.of(0, 0, 0, 1));
			items.set(TlvType.Method, Uint8Array.of(PairingMethod.PairSetupWithAuth));
		},
	});
	dialogue.accessoryOf(accessory.pair(dialogue));
});

test("flags of a paired accessory are Unavailable like any M1", () => {
	const accessory = new PairingAccessory();
	accessory.pair(new SetupDialogue(PHONE, CODE));
	for (const flags of [[0x10], [0, 0, 0, 1]])
		isRefused(accessory.say(new SetupDialogue(PHONE, CODE, flagged(...flags)).M1()), PairState.M2, PairingError.Unavailable);
});

test("a public key A without its zeros on the left is taken", () => {
	const accessory = new PairingAccessory();
	const dialogue = new SetupDialogue(
		PHONE,
		CODE,
		{ M3: (items) => items.set(TlvType.PublicKey, strip(items.get(TlvType.PublicKey)!)) },
		5n,
	);
	dialogue.accessoryOf(accessory.pair(dialogue));
});

for (const id of ["x", "0".repeat(36), "дом"])
	test(`a controller that calls itself "${id}" is paired`, () => {
		const accessory = new PairingAccessory();
		accessory.pair(new SetupDialogue(new Controller(1, id), CODE));
		same(listOf(accessory.pairings).map(({ controllerId }) => controllerId), [id]);
	});

/* The wrong code */

test("a wrong code is answered with Authentication in M4, and nobody is paired", () => {
	const accessory = new PairingAccessory();
	isRefused(wrongTry(accessory), PairState.M4, PairingError.Authentication);
	equal(accessory.pairings.isPaired, false);
	equal(accessory.pairSetup.isBusy, false, "the slot is free");
	same(accessory.paired, []);
});

test("a wrong code is counted, in the store", () => {
	const accessory = new PairingAccessory();
	wrongTry(accessory);
	wrongTry(accessory);
	equal(accessory.restarted().tries.count, 2);
});

test("after a wrong code, the right one pairs, and wrong ones are forgotten", () => {
	const accessory = new PairingAccessory();
	wrongTry(accessory);
	accessory.pair(new SetupDialogue(PHONE, CODE));
	equal(accessory.pairings.isPaired, true);
	equal(accessory.restarted().tries.count, 0);
});

test("a correct proof forgets wrong ones even when no pairing follows", () => {
	const accessory = new PairingAccessory();
	wrongTry(accessory);
	const dialogue = new SetupDialogue(PHONE, CODE);
	dialogue.M5(accessory.say(dialogue.M3(accessory.say(dialogue.M1()))));
	equal(accessory.tries.count, 0);
});

test("a try that cannot be counted is none: even the right proof is answered with Unknown in M4", () => {
	const accessory = new PairingAccessory();
	const dialogue = new SetupDialogue(PHONE, CODE);
	const M3 = dialogue.M3(accessory.say(dialogue.M1()));
	accessory.storage.refuse("tries");
	isRefused(accessory.say(M3), PairState.M4, PairingError.Unknown);
});

test("A that is zero, or no public key, is answered with Authentication, and counted", () => {
	const accessory = new PairingAccessory();
	const keys = [new Uint8Array(0), new Uint8Array(1), new Uint8Array(384), new Uint8Array(385).fill(1)];
	for (const A of keys) {
		const dialogue = new SetupDialogue(PHONE, CODE, { M3: (items) => items.set(TlvType.PublicKey, A) });
		isRefused(accessory.say(dialogue.M3(accessory.say(dialogue.M1()))), PairState.M4, PairingError.Authentication, `${A.length} bytes`);
	}
	equal(accessory.tries.count, keys.length);
	equal(accessory.pairings.isPaired, false);
});

/* Secrets */

test("the verifier that was read is wiped when the exchange ends, however it does", () => {
	const paired = new PairingAccessory();
	paired.pair(new SetupDialogue(PHONE, CODE));
	const wrong = new PairingAccessory();
	wrongTry(wrong);
	const closed = new PairingAccessory();
	const connection = {};
	closed.say(new SetupDialogue(PHONE, CODE).M1(), connection);
	closed.pairSetup.release(connection);
	for (const accessory of [paired, wrong, closed]) {
		equal(accessory.verifiers.length, 1);
		same(accessory.verifiers[0].verifier, new Uint8Array(384));
	}
});

test("a repeated M1 wipes the verifier of the exchange before it", () => {
	const accessory = new PairingAccessory();
	accessory.say(new SetupDialogue(PHONE, CODE).M1());
	accessory.say(new SetupDialogue(PHONE, CODE).M1());
	const [first, second] = accessory.verifiers;
	same(first.verifier, new Uint8Array(384));
	ok(second.verifier.some((byte) => byte !== 0));
});
