/** Pair-verify. HAP R2 "Pair Verify", */

import { MalformedError } from "hap/bytes/bytes";
import { aeadOpen, aeadSeal } from "hap/crypto/crypto";
import { PairingError, PairState } from "hap/pairing/pairing-tlv";
import { PairVerify } from "hap/pairing/pair-verify";
import { Permission } from "hap/pairing/pairings";
import { Session } from "hap/wire/frame";
import { TlvType } from "hap/wire/tlv8";
import { Controller, type MessageItems, type Tampering, utf8, VerifyDialogue } from "tests/fakes/pairing-controller";
import { isRefused, PairingAccessory } from "tests/fakes/pairing-accessory";
import { readTlv, writeTlv } from "tests/fakes/tlv";
import { equal, same, test, throws } from "tests/harness";

const PHONE = new Controller(1);
const HUB = new Controller(2);
const STRANGER = new Controller(3);

/** Paired with an admin and a user. */
function pairedAccessory(): PairingAccessory {
	const accessory = new PairingAccessory();
	accessory.know(PHONE, Permission.Admin);
	accessory.know(HUB, Permission.User);
	return accessory;
}

class Conversation {
	readonly accessory: PairingAccessory;
	readonly verify: PairVerify;

	constructor(accessory = pairedAccessory()) {
		this.accessory = accessory;
		this.verify = new PairVerify(accessory.identity, accessory.pairings);
	}

	dialogue(controller = PHONE, tampering: Tampering = {}): VerifyDialogue {
		return new VerifyDialogue(controller, this.accessory.identity.accessoryLTPK, tampering);
	}

	/** Answers M4. */
	run(dialogue: VerifyDialogue): Uint8Array {
		return this.verify.handle(dialogue.M3(this.verify.handle(dialogue.M1())));
	}

	runs(dialogue: VerifyDialogue): void {
		same(readTlv(this.run(dialogue)), [[TlvType.State, [PairState.M4]]]);
	}
}

for (
	const [who, controller, permissions] of [
		["an admin", PHONE, Permission.Admin],
		["a user", HUB, Permission.User],
	] as const
)
	test(`${who} that is paired is verified, and so is the accessory`, () => {
		const conversation = new Conversation();
		equal(conversation.verify.result, undefined);
		conversation.runs(conversation.dialogue(controller));
		equal(conversation.verify.result?.controllerId, controller.id);
		equal(conversation.verify.result?.permissions, permissions);
	});

test("M2 has state, public key and encrypted data, and no more", () => {
	const conversation = new Conversation();
	const M2 = conversation.verify.handle(conversation.dialogue().M1());
	// Identifier 2 + 17, signature 2 + 64, tag 16.
	same(readTlv(M2).map(([type, value]) => [type, value.length]), [[TlvType.State, 1], [TlvType.PublicKey, 32], [
		TlvType.EncryptedData,
		101,
	]]);
	same(readTlv(M2)[0][1], [PairState.M2]);
	equal(conversation.verify.result, undefined, "nobody is verified yet");
});

test("both sides derive the same two keys, one a direction", () => {
	const conversation = new Conversation();
	const dialogue = conversation.dialogue();
	conversation.run(dialogue);
	const session = new Session(conversation.verify.result!.sharedSecret);
	const text = utf8("GET /accessories");

	const request = new Uint8Array(2 + text.length + 16);
	request[0] = text.length;
	request.set(text, 2);
	aeadSeal(dialogue.controllerToAccessory, 0, request, 2, text.length);
	session.open(request, text.length);
	same(request.slice(2, 2 + text.length), text);

	const answer = new Uint8Array(2 + text.length + 16);
	answer.set(text, 2);
	equal(session.seal(answer, text.length), answer.length);
	equal(aeadOpen(dialogue.accessoryToController, 0, answer, 2, text.length), true);
	same(answer.slice(2, 2 + text.length), text);
});

test("the accessory's public key is another one each time", () => {
	const conversation = new Conversation();
	const M1 = conversation.dialogue().M1();
	const keys = [conversation.verify.handle(M1), conversation.verify.handle(M1)].map((M2) => readTlv(M2)[1][1]);
	throws(() => same(keys[0], keys[1]));
});

test("a repeated M1 starts over, and the exchange before it is worth nothing", () => {
	const conversation = new Conversation();
	const { verify } = conversation;
	const [old, again] = [conversation.dialogue(), conversation.dialogue()];
	const M3 = old.M3(verify.handle(old.M1()));
	verify.handle(again.M1());
	isRefused(verify.handle(M3), PairState.M4, PairingError.Authentication);

	verify.handle(old.M1());
	conversation.runs(again);
	equal(verify.result?.controllerId, PHONE.id);
});

test("items that nobody asked for are ignored", () => {
	const more = (items: MessageItems) => items.set(TlvType.Method, Uint8Array.of(2));
	const conversation = new Conversation();
	conversation.runs(conversation.dialogue(PHONE, { M1: more, M3: more, "M3 text": more }));
});

test("two connections verify at the same time, each its own", () => {
	const accessory = pairedAccessory();
	const phone = new Conversation(accessory);
	const hub = new Conversation(accessory);
	const [a, b] = [phone.dialogue(PHONE), hub.dialogue(HUB)];
	const [a2, b2] = [phone.verify.handle(a.M1()), hub.verify.handle(b.M1())];
	hub.verify.handle(b.M3(b2));
	phone.verify.handle(a.M3(a2));
	same([phone.verify.result?.controllerId, hub.verify.result?.controllerId], [PHONE.id, HUB.id]);
});

/* Who proves nothing */

function changed(type: TlvType, at: number): (items: MessageItems) => void {
	return (items) => {
		const value = items.get(type)!.slice();
		value[at < 0 ? value.length + at : at] ^= 1;
		items.set(type, value);
	};
}

function ofLength(type: TlvType, length: number): (items: MessageItems) => void {
	return (items) => {
		const value = new Uint8Array(length);
		value.set(items.get(type)!.subarray(0, length));
		items.set(type, value);
	};
}

for (
	const [what, controller, tampering] of [
		["an unknown controller", STRANGER, {}],
		["an unknown controller that says it is a known one", new Controller(3, PHONE.id), {}],
		["one paired controller that says it is another", new Controller(2, PHONE.id), {}],
		["a changed signature", PHONE, { "M3 text": changed(TlvType.Signature, 0) }],
		["a changed end of the signature", PHONE, { "M3 text": changed(TlvType.Signature, 63) }],
		["an identifier without its last character", PHONE, { "M3 text": ofLength(TlvType.Identifier, 35) }],
		["an empty identifier", PHONE, { "M3 text": ofLength(TlvType.Identifier, 0) }],
		["a changed first byte", PHONE, { M3: changed(TlvType.EncryptedData, 0) }],
		["a changed tag", PHONE, { M3: changed(TlvType.EncryptedData, -1) }],
		["encrypted data cut short", PHONE, { M3: ofLength(TlvType.EncryptedData, 60) }],
		["less than a tag", PHONE, { M3: ofLength(TlvType.EncryptedData, 15) }],
		["no encrypted bytes", PHONE, { M3: ofLength(TlvType.EncryptedData, 0) }],
	] as readonly (readonly [string, Controller, Tampering])[]
)
	test(`M3 with ${what} is answered with Authentication in M4, and ends the exchange`, () => {
		const conversation = new Conversation();
		const dialogue = conversation.dialogue(controller, tampering);
		const M3 = dialogue.M3(conversation.verify.handle(dialogue.M1()));
		isRefused(conversation.verify.handle(M3), PairState.M4, PairingError.Authentication);
		equal(conversation.verify.result, undefined);
		throws(() => conversation.verify.handle(M3), MalformedError);
		conversation.runs(conversation.dialogue());
	});

test("a controller whose pairing went between M1 and M3 is refused", () => {
	const conversation = new Conversation();
	const dialogue = conversation.dialogue(HUB);
	const M3 = dialogue.M3(conversation.verify.handle(dialogue.M1()));
	conversation.accessory.pairings.remove(HUB.id);
	isRefused(conversation.verify.handle(M3), PairState.M4, PairingError.Authentication);
});

test("an accessory that is not paired verifies nobody", () => {
	const conversation = new Conversation(new PairingAccessory());
	isRefused(conversation.run(conversation.dialogue()), PairState.M4, PairingError.Authentication);
});

// RFC 7748 §6.1: points of small order, with which the shared secret is zero whatever the other side draws.
for (const [what, first] of [["zeros", 0], ["1", 1]] as const)
	test(`a public key of ${what} is answered with Authentication in M2`, () => {
		const conversation = new Conversation();
		const key = new Uint8Array(32);
		key[0] = first;
		const dialogue = conversation.dialogue(PHONE, { M1: (items) => items.set(TlvType.PublicKey, key) });
		isRefused(conversation.verify.handle(dialogue.M1()), PairState.M2, PairingError.Authentication);
		throws(() => conversation.verify.handle(writeTlv([[TlvType.State, Uint8Array.of(PairState.M3)]])), MalformedError);
	});

/* What is no message, or comes out of order */

for (
	const [what, body] of [
		["no bytes", new Uint8Array(0)],
		["half a header", Uint8Array.of(TlvType.State)],
		["no state", writeTlv([[TlvType.PublicKey, new Uint8Array(32)]])],
		["a state of two bytes", writeTlv([[TlvType.State, Uint8Array.of(1, 0)]])],
		["state 0", writeTlv([[TlvType.State, Uint8Array.of(0)]])],
		["state 2", writeTlv([[TlvType.State, Uint8Array.of(2)]])],
		["M3 without M1", writeTlv([[TlvType.State, Uint8Array.of(3)], [TlvType.EncryptedData, new Uint8Array(120)]])],
		["state 5", writeTlv([[TlvType.State, Uint8Array.of(5)]])],
	] as const
)
	test(`${what} is malformed`, () => throws(() => new Conversation().verify.handle(body), MalformedError));

for (
	const [what, tampering] of [
		["M1 without a public key", { M1: (items) => items.delete(TlvType.PublicKey) }],
		...[0, 31, 33].map((length) => [`M1 with a public key of ${length} bytes`, { M1: ofLength(TlvType.PublicKey, length) }] as const),
		["M3 without encrypted data", { M3: (items) => items.delete(TlvType.EncryptedData) }],
		["M3 around no TLV8", { "M3 text": () => Uint8Array.of(TlvType.Identifier, 9, 0) }],
		["M3 without an identifier", { "M3 text": (items) => items.delete(TlvType.Identifier) }],
		["M3 without a signature", { "M3 text": (items) => items.delete(TlvType.Signature) }],
		...[0, 63, 65].map((length) => [`M3 with a signature of ${length} bytes`, { "M3 text": ofLength(TlvType.Signature, length) }] as const),
	] as readonly (readonly [string, Tampering])[]
)
	test(`${what} is malformed and ends the exchange; the next one goes well`, () => {
		const conversation = new Conversation();
		throws(() => conversation.run(conversation.dialogue(PHONE, tampering)), MalformedError);
		equal(conversation.verify.result, undefined);
		throws(() => conversation.verify.handle(writeTlv([[TlvType.State, Uint8Array.of(PairState.M3)]])), MalformedError);
		conversation.runs(conversation.dialogue());
	});

test("an identifier that is no UTF-8 is malformed", () => {
	const conversation = new Conversation();
	throws(() => conversation.run(conversation.dialogue(new Controller(1, "", Uint8Array.of(0xc0, 0x80)))), MalformedError);
});

test("M3 again, after it was verified, is out of order", () => {
	const conversation = new Conversation();
	const dialogue = conversation.dialogue();
	const M3 = dialogue.M3(conversation.verify.handle(dialogue.M1()));
	conversation.verify.handle(M3);
	throws(() => conversation.verify.handle(M3), MalformedError);
});

test("after close there is no exchange; closing twice is harmless", () => {
	const conversation = new Conversation();
	const dialogue = conversation.dialogue();
	const M3 = dialogue.M3(conversation.verify.handle(dialogue.M1()));
	conversation.verify.close();
	conversation.verify.close();
	throws(() => conversation.verify.handle(M3), MalformedError);
	conversation.runs(conversation.dialogue());
});

test("closing after the result leaves the shared secret to its owner", () => {
	const conversation = new Conversation();
	conversation.run(conversation.dialogue());
	conversation.verify.close();
	equal(conversation.verify.result!.sharedSecret.every((byte) => byte === 0), false);
});
