/** Messages of pair-setup that are none, come out of order, or prove nothing. */

import { MalformedError } from "hap/bytes/bytes";
import { PairingError, PairState } from "hap/pairing/pairing-tlv";
import { TlvType } from "hap/wire/tlv8";
import { Controller, type MessageItems, SetupDialogue, type Tampering } from "tests/fakes/pairing-controller";
import { CODE, isRefused, PairingAccessory } from "tests/fakes/pairing-accessory";
import { writeTlv } from "tests/fakes/tlv";
import { equal, same, test, throws } from "tests/harness";

const PHONE = new Controller(1);
const OTHER = new Controller(2);

function isUnpaired(accessory: PairingAccessory): void {
	equal(accessory.pairings.isPaired, false);
	equal(accessory.restarted().pairings.isPaired, false);
	same(accessory.paired, []);
}

function without(type: TlvType): (items: MessageItems) => void {
	return (items) => items.delete(type);
}

/** The item is that many bytes long: cut short, or with zeros after it. */
function ofLength(type: TlvType, length: number): (items: MessageItems) => void {
	return (items) => {
		const value = new Uint8Array(length);
		value.set(items.get(type)!.subarray(0, length));
		items.set(type, value);
	};
}

function flipped(type: TlvType, at: number): (items: MessageItems) => void {
	return (items) => {
		const value = items.get(type)!.slice();
		value[at < 0 ? value.length + at : at] ^= 1;
		items.set(type, value);
	};
}

function replaced(type: TlvType, value: Uint8Array): (items: MessageItems) => void {
	return (items) => items.set(type, value);
}

const stateBody = (state: number) => writeTlv([[TlvType.State, Uint8Array.of(state)]]);

/* What is no message */

for (
	const [what, body] of [
		["no bytes", new Uint8Array(0)],
		["half a header", Uint8Array.of(TlvType.State)],
		["a value cut short", Uint8Array.of(TlvType.Method, 1, 0, TlvType.State, 1)],
		["a state that comes twice", Uint8Array.of(TlvType.State, 1, 1, TlvType.Method, 1, 0, TlvType.State, 1, 1)],
		["no state", writeTlv([[TlvType.Method, Uint8Array.of(0)]])],
		["an empty state", writeTlv([[TlvType.State, new Uint8Array(0)]])],
		["a state of two bytes", writeTlv([[TlvType.State, Uint8Array.of(1, 0)]])],
	] as const
)
	test(`${what} is malformed`, () => {
		const accessory = new PairingAccessory();
		throws(() => accessory.say(body), MalformedError);
		isUnpaired(accessory);
	});

for (
	const [what, tampering] of [
		["M1 without a method", { M1: without(TlvType.Method) }],
		["M1 with an empty method", { M1: ofLength(TlvType.Method, 0) }],
		["M1 with a method of two bytes", { M1: ofLength(TlvType.Method, 2) }],
		...[2, 3, 4, 5, 6, 255].map((method) => [`M1 with method ${method}`, { M1: replaced(TlvType.Method, Uint8Array.of(method)) }] as const),
		["M1 with flags of five bytes", { M1: replaced(TlvType.Flags, new Uint8Array(5)) }],
		["M3 without a public key", { M3: without(TlvType.PublicKey) }],
		["M3 without a proof", { M3: without(TlvType.Proof) }],
		...[0, 63, 65].map((length) => [`M3 with a proof of ${length} bytes`, { M3: ofLength(TlvType.Proof, length) }] as const),
		["M5 without encrypted data", { M5: without(TlvType.EncryptedData) }],
		["M5 around no TLV8", { "M5 text": () => Uint8Array.of(TlvType.Identifier, 9, 0) }],
		["M5 around nothing", { "M5 text": () => new Uint8Array(0) }],
		["M5 without an identifier", { "M5 text": without(TlvType.Identifier) }],
		["M5 with an empty identifier", { "M5 text": ofLength(TlvType.Identifier, 0) }],
		["M5 with an identifier of 37 bytes", { "M5 text": ofLength(TlvType.Identifier, 37) }],
		["M5 without a public key", { "M5 text": without(TlvType.PublicKey) }],
		...[0, 31, 33].map((length) =>
			[`M5 with a public key of ${length} bytes`, { "M5 text": ofLength(TlvType.PublicKey, length) }] as const
		),
		["M5 without a signature", { "M5 text": without(TlvType.Signature) }],
		...[0, 63, 65].map((length) => [`M5 with a signature of ${length} bytes`, { "M5 text": ofLength(TlvType.Signature, length) }] as const),
	] as readonly (readonly [string, Tampering])[]
)
	test(`${what} is malformed, ends the exchange and pairs nobody`, () => {
		const accessory = new PairingAccessory();
		throws(() => accessory.pair(new SetupDialogue(PHONE, CODE, tampering)), MalformedError);
		isUnpaired(accessory);
		equal(accessory.pairSetup.isBusy, false);
		accessory.pair(new SetupDialogue(OTHER, CODE), {});
		same(accessory.paired, [OTHER.id]);
	});

test("an identifier that is no UTF-8 is malformed, though it is signed", () => {
	const accessory = new PairingAccessory();
	const controller = new Controller(1, "", Uint8Array.of(0x41, 0xff));
	throws(() => accessory.pair(new SetupDialogue(controller, CODE)), MalformedError);
	isUnpaired(accessory);
});

/* Out of order */

for (const state of [0, 2, 3, 4, 5, 6, 7, 255])
	test(`state ${state} first is out of order`, () => {
		const accessory = new PairingAccessory();
		throws(() => accessory.say(stateBody(state)), MalformedError);
		isUnpaired(accessory);
	});

for (const state of [0, 2, 4, 5, 6, 7])
	test(`state ${state} after M2 is out of order`, () => {
		const accessory = new PairingAccessory();
		accessory.say(new SetupDialogue(PHONE, CODE).M1());
		throws(() => accessory.say(stateBody(state)), MalformedError);
		isUnpaired(accessory);
	});

test("M3 after M4 is out of order", () => {
	const accessory = new PairingAccessory();
	const dialogue = new SetupDialogue(PHONE, CODE);
	const M3 = dialogue.M3(accessory.say(dialogue.M1()));
	accessory.say(M3);
	throws(() => accessory.say(M3), MalformedError);
	isUnpaired(accessory);
});

test("M3 after a refused M3 is out of order: one try an exchange", () => {
	const accessory = new PairingAccessory();
	const dialogue = new SetupDialogue(PHONE, "518-08-583");
	const M3 = dialogue.M3(accessory.say(dialogue.M1()));
	isRefused(accessory.say(M3), PairState.M4, PairingError.Authentication);
	throws(() => accessory.say(M3), MalformedError);
	equal(accessory.tries.count, 1);
});

test("M5 again, after it paired, is out of order and pairs nobody twice", () => {
	const accessory = new PairingAccessory();
	const dialogue = new SetupDialogue(PHONE, CODE);
	const M5 = dialogue.M5(accessory.say(dialogue.M3(accessory.say(dialogue.M1()))));
	accessory.say(M5);
	throws(() => accessory.say(M5), MalformedError);
	same(accessory.paired, [PHONE.id]);
	equal(accessory.pairings.count, 1);
});

/* M5 that proves nothing: HAP R2 "M5 Verification", answered in M6 and nowhere else */

for (
	const [what, tampering] of [
		["a changed first byte", { M5: flipped(TlvType.EncryptedData, 0) }],
		["a changed byte in the middle", { M5: flipped(TlvType.EncryptedData, 70) }],
		["a changed first byte of the tag", { M5: flipped(TlvType.EncryptedData, -16) }],
		["a changed last byte of the tag", { M5: flipped(TlvType.EncryptedData, -1) }],
		["no encrypted bytes", { M5: ofLength(TlvType.EncryptedData, 0) }],
		["less than a tag", { M5: ofLength(TlvType.EncryptedData, 15) }],
		["a tag alone", { M5: ofLength(TlvType.EncryptedData, 16) }],
		["encrypted data cut short", { M5: ofLength(TlvType.EncryptedData, 100) }],
		["a changed signature", { "M5 text": flipped(TlvType.Signature, 0) }],
		["a signature of zeros", { "M5 text": replaced(TlvType.Signature, new Uint8Array(64)) }],
		["another identifier than was signed", { "M5 text": flipped(TlvType.Identifier, 35) }],
		["another key than signed", { "M5 text": replaced(TlvType.PublicKey, OTHER.LTPK) }],
		["a public key of zeros", { "M5 text": replaced(TlvType.PublicKey, new Uint8Array(32)) }],
	] as readonly (readonly [string, Tampering])[]
)
	test(`M5 with ${what} is answered with Authentication in M6, and nobody is paired`, () => {
		const accessory = new PairingAccessory();
		isRefused(accessory.pair(new SetupDialogue(PHONE, CODE, tampering)), PairState.M6, PairingError.Authentication);
		isUnpaired(accessory);
		equal(accessory.pairSetup.isBusy, false);
		accessory.pair(new SetupDialogue(OTHER, CODE), {});
		same(accessory.paired, [OTHER.id], "and the next one pairs");
	});
