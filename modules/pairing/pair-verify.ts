/**
 * Pair-verify: HAP R2 "Pair Verify", M1 to M4. A paired controller and the accessory prove to each other who they are and
 * agree on the secret of a session. One object a connection, dropped when it is done.
 */

import { concat, fromText, MalformedError, toText } from "hap/bytes/bytes";
import { ed25519Sign, ed25519Verify, hkdfSha512, random, wipe, x25519, x25519PublicKey } from "hap/crypto/crypto";
import type { Identity } from "hap/pairing/identity";
import { byteOf, bytesOf, errorAnswer, openMessage, PairingError, PairingRefusal, PairState, sealMessage } from "hap/pairing/pairing-tlv";
import type { Pairing, Pairings, Permission } from "hap/pairing/pairings";
import { byte, decode, encode, type Items, TlvType } from "hap/wire/tlv8";

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** What is kept between M1 and M3, in one piece of memory: strangers may begin as many of them as there are connections. */
const enum At {
	ControllerPublicKey = 0,
	AccessoryPublicKey = 32,
	SharedSecret = 64,
}

export interface Verified {
	readonly controllerId: string;
	readonly permissions: Permission;
	/** From which the session's keys are derived; the caller's to wipe. */
	readonly sharedSecret: Uint8Array;
}

export class PairVerify {
	private readonly identity: Identity;
	private readonly pairings: Pairings;
	declare private exchange: ArrayBuffer | undefined;
	/** Who is there, when the answer to M3 said so. */
	declare result: Verified | undefined;

	constructor(identity: Identity, pairings: Pairings) {
		this.identity = identity;
		this.pairings = pairings;
	}

	/** MalformedError when the request is no TLV8, lacks what its state needs, or comes out of order. */
	handle(body: Uint8Array): Uint8Array {
		const items = decode(body);
		const state = byteOf(items, TlvType.State);
		try {
			return this.onState(state, items);
		}
		catch (error) {
			this.close();
			if (error instanceof PairingRefusal)
				return errorAnswer(state, error.error);
			throw error;
		}
	}

	close(): void {
		const { exchange } = this;
		this.exchange = undefined;
		if (exchange)
			wipe(exchange);
	}

	private onState(state: number, items: Items): Uint8Array {
		if (state === PairState.M1)
			return this.onM1(items);
		if (state === PairState.M3 && this.exchange)
			return this.onM3(this.exchange, items);
		throw new MalformedError("pair-verify: out of order");
	}

	/** "Verify Start Request"; again, it starts over. */
	private onM1(items: Items): Uint8Array {
		this.close();
		const controllerPublicKey = bytesOf(items, TlvType.PublicKey, KEY_BYTES);
		const secret = new Uint8Array(KEY_BYTES);
		random(secret);
		const accessoryPublicKey = x25519PublicKey(secret);
		const sharedSecret = x25519(secret, controllerPublicKey);
		wipe(secret);
		if (!sharedSecret)
			throw new PairingRefusal(PairingError.Authentication);
		this.exchange = concat(controllerPublicKey, accessoryPublicKey, sharedSecret).buffer as ArrayBuffer;
		const key = encryptionKey(sharedSecret);
		wipe(sharedSecret);
		const sealed = sealMessage(key, "PV-Msg02", this.signed(accessoryPublicKey, controllerPublicKey));
		wipe(key);
		return encode([
			[TlvType.State, byte(PairState.M2)],
			[TlvType.PublicKey, accessoryPublicKey],
			[TlvType.EncryptedData, sealed],
		]);
	}

	private signed(accessoryPublicKey: Uint8Array, controllerPublicKey: Uint8Array): Uint8Array {
		const { deviceId, accessoryLTPK, accessoryLTSK } = this.identity;
		const id = fromText(deviceId);
		const info = concat(accessoryPublicKey, id, controllerPublicKey);
		return encode([
			[TlvType.Identifier, id],
			[TlvType.Signature, ed25519Sign(info, accessoryLTSK, accessoryLTPK)],
		]);
	}

	/** "Verify Finish Request" */
	private onM3(exchange: ArrayBuffer, items: Items): Uint8Array {
		const sealed = bytesOf(items, TlvType.EncryptedData);
		const sharedSecret = new Uint8Array(exchange, At.SharedSecret, KEY_BYTES);
		const key = encryptionKey(sharedSecret);
		const text = openMessage(key, "PV-Msg03", sealed);
		wipe(key);
		if (!text)
			throw new PairingRefusal(PairingError.Authentication);
		const { controllerId, permissions } = this.verify(exchange, decode(text));
		this.result = { controllerId, permissions, sharedSecret: sharedSecret.slice() };
		this.close();
		return encode([[TlvType.State, byte(PairState.M4)]]);
	}

	private verify(exchange: ArrayBuffer, items: Items): Pairing {
		const id = bytesOf(items, TlvType.Identifier);
		const signature = bytesOf(items, TlvType.Signature, SIGNATURE_BYTES);
		const pairing = this.pairings.find(toText(id));
		const controllerPublicKey = new Uint8Array(exchange, At.ControllerPublicKey, KEY_BYTES);
		const accessoryPublicKey = new Uint8Array(exchange, At.AccessoryPublicKey, KEY_BYTES);
		const info = concat(controllerPublicKey, id, accessoryPublicKey);
		if (!pairing || !ed25519Verify(info, signature, pairing.controllerLTPK))
			throw new PairingRefusal(PairingError.Authentication);
		return pairing;
	}
}

function encryptionKey(sharedSecret: Uint8Array): Uint8Array {
	return hkdfSha512(sharedSecret, "Pair-Verify-Encrypt-Salt", "Pair-Verify-Encrypt-Info");
}
