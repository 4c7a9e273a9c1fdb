/**
 * Pair-setup: HAP R2 "Pair Setup", M1 to M6. One controller at a time proves that it knows the setup code and leaves its
 * long-term key; the pairing is in storage before M6 says so.
 */

import { concat, fromText, MalformedError, toText } from "hap/bytes/bytes";
import { ed25519Sign, ed25519Verify, hkdfSha512, wipe } from "hap/crypto/crypto";
import { SrpServer } from "hap/crypto/srp";
import type { Identity, SetupVerifier } from "hap/pairing/identity";
import {
	byteOf,
	bytesOf,
	errorAnswer,
	openMessage,
	PairingError,
	PairingMethod,
	PairingRefusal,
	PairState,
	sealMessage,
} from "hap/pairing/pairing-tlv";
import { LTPK_BYTES, MAX_CONTROLLER_ID, type Pairings, Permission } from "hap/pairing/pairings";
import type { Tries } from "hap/pairing/tries";
import { StorageError } from "hap/storage/records";
import { byte, decode, encode, type Items, TlvType } from "hap/wire/tlv8";

/** Another connection may take the exchange over when its holder was silent for so long. */
const TAKE_OVER_MS = 30_000;
const PROOF_BYTES = 64;
const MAX_FLAGS_BYTES = 4;
/** Bits of kTLVType_Flags: HAP R2 "Pairing Type Flags", which numbers them from the least. */
const TRANSIENT = 0x10;
const SPLIT_BYTE = 3;
const SPLIT = 0x01;
const SIGNATURE_BYTES = 64;

type Exchange =
	| { readonly expects: PairState.M1; }
	| { readonly expects: PairState.M3; readonly srp: SrpServer; readonly verifier: Uint8Array; }
	| { readonly expects: PairState.M5; readonly sessionKey: Uint8Array; };

const IDLE: Exchange = Object.freeze({ expects: PairState.M1 });

/**
 * The second half of a split pair-setup, whose first, transient half would have left a verifier: there never is one here. A
 * transient pair-setup is answered as any other, without flags, from which a controller sees that it is none.
 */
function isSplitAlone(flags: Uint8Array | undefined): boolean {
	return flags !== undefined && (flags[SPLIT_BYTE] & SPLIT) !== 0 && (flags[0] & TRANSIENT) === 0;
}

export interface PairSetupOptions {
	readonly identity: Identity;
	readonly pairings: Pairings;
	readonly tries: Tries;
	/** Asked for when an exchange begins, and wiped when that is over. */
	readVerifier(): SetupVerifier | undefined;
	onPaired(controllerId: string): void;
}

export class PairSetup {
	private readonly options: PairSetupOptions;
	private exchange: Exchange = IDLE;
	declare private owner: object | undefined;
	declare private heardAt: number;

	constructor(options: PairSetupOptions) {
		this.options = options;
	}

	get isBusy(): boolean {
		return this.owner !== undefined;
	}

	isHeldBy(owner: object): boolean {
		return owner === this.owner;
	}

	/**
	 * Answers a request of the connection `owner`; `now` is in monotonic milliseconds. MalformedError when it is no TLV8,
	 * lacks what its state needs, or comes out of order.
	 */
	handle(body: Uint8Array, owner: object, now: number): Uint8Array {
		const items = decode(body);
		const state = byteOf(items, TlvType.State);
		if (state === PairState.M1)
			return this.answer(state, owner, () => this.onM1(items, owner, now));
		if (owner !== this.owner || state !== this.exchange.expects)
			throw new MalformedError("pair-setup: out of order");
		this.heardAt = now;
		return this.answer(state, owner, () => this.onStep(items));
	}

	/** The connection is gone, and the exchange that it held with it. */
	release(owner: object): void {
		if (owner === this.owner)
			this.end();
	}

	/** The exchange is over, whoever holds it. */
	cancel(): void {
		this.end();
	}

	/**
	 * Refusals are answered, and end the exchange if it is the asker's own; so does a message that is none, or a store that
	 * takes nothing.
	 */
	private answer(state: PairState, owner: object, step: () => Uint8Array): Uint8Array {
		try {
			return step();
		}
		catch (error) {
			this.release(owner);
			if (error instanceof PairingRefusal)
				return errorAnswer(state, error.error);
			if (error instanceof StorageError)
				return errorAnswer(state, PairingError.Unknown);
			throw error;
		}
	}

	private end(): void {
		this.replace(IDLE);
		this.owner = undefined;
	}

	/** What the exchange knew is wiped. */
	private replace(exchange: Exchange): void {
		const before = this.exchange;
		this.exchange = exchange;
		if (before.expects === PairState.M3) {
			before.srp.close();
			wipe(before.verifier);
		}
		else if (before.expects === PairState.M5)
			wipe(before.sessionKey);
	}

	private onStep(items: Items): Uint8Array {
		const exchange = this.exchange;
		switch (exchange.expects) {
			case PairState.M3:
				return this.onM3(exchange.srp, items);
			case PairState.M5:
				return this.onM5(exchange.sessionKey, items);
			default:
				throw new MalformedError("pair-setup: out of order");
		}
	}

	/* M1: "SRP Start Request". The checks come in this order; a repeated M1 of the holder starts over. */

	private onM1(items: Items, owner: object, now: number): Uint8Array {
		const method = byteOf(items, TlvType.Method);
		if (method !== PairingMethod.PairSetup && method !== PairingMethod.PairSetupWithAuth)
			throw new MalformedError("pair-setup: method");
		const flags = items.get(TlvType.Flags);
		if (flags && flags.length > MAX_FLAGS_BYTES)
			throw new MalformedError("pair-setup: flags");
		const { pairings, tries } = this.options;
		if (pairings.isPaired)
			throw new PairingRefusal(PairingError.Unavailable);
		if (tries.isExhausted)
			throw new PairingRefusal(PairingError.MaxTries);
		if (this.owner && owner !== this.owner && now - this.heardAt < TAKE_OVER_MS)
			throw new PairingRefusal(PairingError.Busy);
		if (method === PairingMethod.PairSetup && isSplitAlone(flags))
			throw new PairingRefusal(PairingError.Authentication);
		this.replace(IDLE);
		this.owner = owner;
		this.heardAt = now;
		return this.startSrp();
	}

	private startSrp(): Uint8Array {
		const setup = this.options.readVerifier();
		if (!setup)
			throw new PairingRefusal(PairingError.Unknown);
		const { salt, verifier } = setup;
		const srp = new SrpServer(salt, verifier);
		this.replace({ expects: PairState.M3, srp, verifier });
		return encode([
			[TlvType.State, byte(PairState.M2)],
			[TlvType.PublicKey, srp.B],
			[TlvType.Salt, srp.salt],
		]);
	}

	/* M3: "SRP Verify Request" */

	private onM3(srp: SrpServer, items: Items): Uint8Array {
		const A = bytesOf(items, TlvType.PublicKey);
		const controllerProof = bytesOf(items, TlvType.Proof, PROOF_BYTES);
		const { tries } = this.options;
		tries.countOne();
		const result = srp.prove(A, controllerProof);
		if (!result)
			throw new PairingRefusal(PairingError.Authentication);
		tries.reset();
		this.replace({ expects: PairState.M5, sessionKey: result.sessionKey });
		return encode([
			[TlvType.State, byte(PairState.M4)],
			[TlvType.Proof, result.accessoryProof],
		]);
	}

	/* M5: "Exchange Request" */

	private onM5(sessionKey: Uint8Array, items: Items): Uint8Array {
		const key = hkdfSha512(sessionKey, "Pair-Setup-Encrypt-Salt", "Pair-Setup-Encrypt-Info");
		try {
			const text = openMessage(key, "PS-Msg05", bytesOf(items, TlvType.EncryptedData));
			if (!text)
				throw new PairingRefusal(PairingError.Authentication);
			const controllerId = this.pair(sessionKey, decode(text));
			const answer = this.answerM6(key, sessionKey);
			this.end();
			this.options.onPaired(controllerId);
			return answer;
		}
		finally {
			wipe(key);
		}
	}

	/** Answers the controller's identifier, when its pairing is in storage. The first pairing is an admin's. */
	private pair(sessionKey: Uint8Array, items: Items): string {
		const id = bytesOf(items, TlvType.Identifier);
		const controllerLTPK = bytesOf(items, TlvType.PublicKey, LTPK_BYTES);
		const signature = bytesOf(items, TlvType.Signature, SIGNATURE_BYTES);
		if (id.length === 0 || id.length > MAX_CONTROLLER_ID)
			throw new MalformedError("pair-setup: identifier");
		const controllerX = hkdfSha512(sessionKey, "Pair-Setup-Controller-Sign-Salt", "Pair-Setup-Controller-Sign-Info");
		if (!ed25519Verify(concat(controllerX, id, controllerLTPK), signature, controllerLTPK))
			throw new PairingRefusal(PairingError.Authentication);
		const controllerId = toText(id);
		this.options.pairings.set({ controllerId, controllerLTPK: controllerLTPK.slice(), permissions: Permission.Admin });
		return controllerId;
	}

	private answerM6(key: Uint8Array, sessionKey: Uint8Array): Uint8Array {
		const { deviceId, accessoryLTPK, accessoryLTSK } = this.options.identity;
		const id = fromText(deviceId);
		const accessoryX = hkdfSha512(sessionKey, "Pair-Setup-Accessory-Sign-Salt", "Pair-Setup-Accessory-Sign-Info");
		const text = encode([
			[TlvType.Identifier, id],
			[TlvType.PublicKey, accessoryLTPK],
			[TlvType.Signature, ed25519Sign(concat(accessoryX, id, accessoryLTPK), accessoryLTSK, accessoryLTPK)],
		]);
		return encode([
			[TlvType.State, byte(PairState.M6)],
			[TlvType.EncryptedData, sealMessage(key, "PS-Msg06", text)],
		]);
	}
}
