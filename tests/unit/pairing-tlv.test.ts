/** The numbers of the pairing messages: the tests' controller takes them from the same tables. */

import { MalformedError } from "hap/bytes/bytes";
import { byteOf, bytesOf, errorAnswer, openMessage, PairingError, PairingMethod, PairState, sealMessage } from "hap/pairing/pairing-tlv";
import { Permission } from "hap/pairing/pairings";
import { TlvType } from "hap/wire/tlv8";
import { equal, same, test, throws } from "tests/harness";

test("states are 1 to 6", () => {
	same([PairState.M1, PairState.M2, PairState.M3, PairState.M4, PairState.M5, PairState.M6], [1, 2, 3, 4, 5, 6]);
});

test("errors", () => {
	same([PairingError.Unknown, PairingError.Authentication, PairingError.Backoff, PairingError.MaxPeers], [1, 2, 3, 4]);
	same([PairingError.MaxTries, PairingError.Unavailable, PairingError.Busy], [5, 6, 7]);
});

test("methods", () => {
	same([PairingMethod.PairSetup, PairingMethod.PairSetupWithAuth, PairingMethod.PairVerify], [0, 1, 2]);
	same([PairingMethod.AddPairing, PairingMethod.RemovePairing, PairingMethod.ListPairings], [3, 4, 5]);
});

test("permissions: an admin's are 1", () => same([Permission.User, Permission.Admin], [0, 1]));

test("types of items", () => {
	same([TlvType.Method, TlvType.Identifier, TlvType.Salt, TlvType.PublicKey, TlvType.Proof, TlvType.EncryptedData], [0, 1, 2, 3, 4, 5]);
	same([TlvType.State, TlvType.Error, TlvType.RetryDelay, TlvType.Certificate, TlvType.Signature, TlvType.Permissions], [
		6,
		7,
		8,
		9,
		10,
		11,
	]);
	same([TlvType.FragmentData, TlvType.FragmentLast, TlvType.SessionID, TlvType.Flags, TlvType.Separator], [0x0c, 0x0d, 0x0e, 0x13, 0xff]);
});

test("an error's answer has the state after the request's", () => {
	same(errorAnswer(PairState.M1, PairingError.Busy), Uint8Array.of(6, 1, 2, 7, 1, 7));
	same(errorAnswer(PairState.M3, PairingError.Authentication), Uint8Array.of(6, 1, 4, 7, 1, 2));
	same(errorAnswer(PairState.M5, PairingError.Authentication), Uint8Array.of(6, 1, 6, 7, 1, 2));
});

test("an item of one byte is a number; a missing, empty or longer one is malformed", () => {
	equal(byteOf(new Map([[6, Uint8Array.of(3)]]), TlvType.State), 3);
	for (const value of [undefined, new Uint8Array(0), Uint8Array.of(3, 0)])
		throws(() => byteOf(value ? new Map([[6, value]]) : new Map(), TlvType.State), MalformedError);
});

test("an item is asked for with its length, or with any; missing, it is malformed", () => {
	const items = new Map([[3, Uint8Array.of(1, 2)], [4, new Uint8Array(0)]]);
	same(bytesOf(items, TlvType.PublicKey), Uint8Array.of(1, 2));
	same(bytesOf(items, TlvType.PublicKey, 2), Uint8Array.of(1, 2));
	same(bytesOf(items, TlvType.Proof), new Uint8Array(0));
	for (const [type, length] of [[TlvType.PublicKey, 1], [TlvType.PublicKey, 3], [TlvType.Proof, 1], [TlvType.Salt, undefined]] as const)
		throws(() => bytesOf(items, type, length), MalformedError);
});

test("a sealed message is read under its key and nonce, and under no other", () => {
	const key = new Uint8Array(32).fill(7);
	const text = Uint8Array.of(1, 2, 3);
	const sealed = sealMessage(key, "PS-Msg05", text);
	equal(sealed.length, 3 + 16);
	same(openMessage(key, "PS-Msg05", sealed)?.slice(), text);
	equal(openMessage(key, "PS-Msg06", sealed), undefined);
	equal(openMessage(new Uint8Array(32), "PS-Msg05", sealed), undefined);
	same(text, Uint8Array.of(1, 2, 3), "the text is left alone");
});

test("a sealed message with a changed bit anywhere, or cut short anywhere, is not read", () => {
	const key = new Uint8Array(32).fill(7);
	const sealed = sealMessage(key, "PV-Msg03", Uint8Array.of(1, 2, 3));
	for (let at = 0; at < sealed.length; at++) {
		const changed = sealed.slice();
		changed[at] ^= 128;
		equal(openMessage(key, "PV-Msg03", changed), undefined, `byte ${at}`);
		equal(openMessage(key, "PV-Msg03", sealed.subarray(0, at)), undefined, `length ${at}`);
	}
});
