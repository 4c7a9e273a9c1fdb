/** Pair-verify as a controller does it: HAP R2 "Pair Verify". */

import { concat, fromText, sameBytes } from "hap/bytes/bytes";
import {
	aeadOpen,
	aeadSeal,
	ed25519PublicKey,
	ed25519Sign,
	ed25519Verify,
	hkdfSha512,
	sha512,
	x25519,
	x25519PublicKey,
} from "hap/crypto/crypto";
import type { Identity } from "hap/pairing/identity";
import type { Pairing, Permission } from "hap/pairing/pairings";
import { decode, encode, TlvType } from "hap/wire/tlv8";

const TAG_BYTES = 16;

export class VerifyController {
	readonly #id: string;
	readonly #seed: Uint8Array;
	readonly #LTPK: Uint8Array;
	readonly #secret: Uint8Array;
	readonly #publicKey: Uint8Array;
	#sharedSecret = new Uint8Array(0) as Uint8Array;

	/** The keys follow from the identifier. */
	constructor(controllerId: string) {
		this.#id = controllerId;
		const keys = sha512(fromText(controllerId));
		this.#seed = keys.slice(0, 32);
		this.#LTPK = ed25519PublicKey(this.#seed);
		this.#secret = keys.slice(32);
		this.#publicKey = x25519PublicKey(this.#secret);
	}

	pairing(permissions: Permission): Pairing {
		return { controllerId: this.#id, controllerLTPK: this.#LTPK, permissions };
	}

	M1(): Uint8Array {
		return encode([[TlvType.State, Uint8Array.of(1)], [TlvType.PublicKey, this.#publicKey]]);
	}

	/** Throws when M2 was not made by the accessory of that identity. */
	M3(M2: Uint8Array, { deviceId, accessoryLTPK }: Identity): Uint8Array {
		const items = decode(M2);
		const accessoryKey = itemOf(items, TlvType.PublicKey);
		this.#sharedSecret = x25519(this.#secret, accessoryKey) ?? new Uint8Array(0);
		const key = hkdfSha512(this.#sharedSecret, "Pair-Verify-Encrypt-Salt", "Pair-Verify-Encrypt-Info");
		const sealed = itemOf(items, TlvType.EncryptedData).slice();
		if (!aeadOpen(key, "PV-Msg02", sealed, 0, sealed.length - TAG_BYTES))
			throw new Error("M2 does not open");
		const proof = decode(sealed.slice(0, -TAG_BYTES));
		const info = concat(accessoryKey, fromText(deviceId), this.#publicKey);
		if (!ed25519Verify(info, itemOf(proof, TlvType.Signature), accessoryLTPK))
			throw new Error("M2 is another accessory's");
		const own = concat(this.#publicKey, fromText(this.#id), accessoryKey);
		const text = encode([
			[TlvType.Identifier, fromText(this.#id)],
			[TlvType.Signature, ed25519Sign(own, this.#seed, this.#LTPK)],
		]);
		const message = concat(text, new Uint8Array(TAG_BYTES));
		aeadSeal(key, "PV-Msg03", message, 0, text.length);
		return encode([[TlvType.State, Uint8Array.of(3)], [TlvType.EncryptedData, message]]);
	}

	/** The secret of the session. Throws when M4 is not the end of it. */
	finish(M4: Uint8Array): Uint8Array {
		if (!sameBytes(M4, encode([[TlvType.State, Uint8Array.of(4)]])))
			throw new Error("not verified");
		return this.#sharedSecret;
	}
}

function itemOf(items: Map<number, Uint8Array>, type: TlvType): Uint8Array {
	const value = items.get(type);
	if (value === undefined)
		throw new Error(`no item ${type}`);
	return value;
}
