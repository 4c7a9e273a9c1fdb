/** What pairing messages share: HAP R2 "Pairing", its states and errors. */

import { byte, encode, type Items, TlvType } from "hap/wire/tlv8";
import { MalformedError } from "hap/bytes/bytes";
import { aeadOpen, aeadSeal } from "hap/crypto/crypto";

export const enum PairState {
	M1 = 1,
	M2,
	M3,
	M4,
	M5,
	M6,
}

/** HAP R2 Table 5-5 (R14: 5-16). */
export const enum PairingError {
	Unknown = 0x01,
	Authentication = 0x02,
	Backoff = 0x03,
	MaxPeers = 0x04,
	MaxTries = 0x05,
	Unavailable = 0x06,
	Busy = 0x07,
}

/** HAP R2 Table 5-3 (R14: 5-14). */
export const enum PairingMethod {
	PairSetup = 0,
	PairSetupWithAuth = 1,
	PairVerify = 2,
	AddPairing = 3,
	RemovePairing = 4,
	ListPairings = 5,
}

const TAG_BYTES = 16;

/** A refusal that the protocol has a number for. */
export class PairingRefusal extends Error {
	readonly error: PairingError;

	constructor(error: PairingError) {
		super(`pairing error ${error}`);
		this.error = error;
	}
}

/** The value of a byte item. MalformedError when it is missing or longer. */
export function byteOf(items: Items, type: TlvType): number {
	const value = items.get(type);
	if (value?.length !== 1)
		throw new MalformedError(`tlv8: item ${type} is no byte`);
	return value[0];
}

/** The item, of `length` bytes where that is given. MalformedError when it is missing or of another length. */
export function bytesOf(items: Items, type: TlvType, length?: number): Uint8Array {
	const value = items.get(type);
	if (value === undefined || (length !== undefined && value.length !== length))
		throw new MalformedError(`tlv8: item ${type} is missing or of a wrong length`);
	return value;
}

/** The one place where an error's answer is made: its State is always the request's plus one. */
export function errorAnswer(request: PairState, error: PairingError): Uint8Array {
	return encode([
		[TlvType.State, byte(request + 1)],
		[TlvType.Error, byte(error)],
	]);
}

/** A message's sub-TLV, sealed under a key of its own. */
export function sealMessage(key: Uint8Array, nonce: string, text: Uint8Array): Uint8Array {
	const sealed = new Uint8Array(text.length + TAG_BYTES);
	sealed.set(text);
	aeadSeal(key, nonce, sealed, 0, text.length);
	return sealed;
}

/** Undefined: the tag does not hold. */
export function openMessage(key: Uint8Array, nonce: string, sealed: Uint8Array): Uint8Array | undefined {
	const length = sealed.length - TAG_BYTES;
	if (length < 0)
		return undefined;
	const text = sealed.slice();
	return aeadOpen(key, nonce, text, 0, length) ? text.subarray(0, length) : undefined;
}
