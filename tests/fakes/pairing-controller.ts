/**
 * A controller of our own, which says every message of pair-setup and pair-verify as HAP R2 "Pair Setup" and "Pair Verify"
 * have it, checks what it hears, and lets a test change a message before it is sent.
 */

import { PairingMethod, PairState } from "hap/pairing/pairing-tlv";
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
import { TlvType } from "hap/wire/tlv8";
import type { Pairing, Permission } from "hap/pairing/pairings";
import { readItems, writeTlv } from "tests/fakes/tlv";
import { SrpController } from "tests/vectors/srp-controller";

const TAG_BYTES = 16;
const SRP_SECRET = 7n ** 60n;

export type MessageItems = Map<TlvType, Uint8Array>;

/** What a test does to a message's items, or to those inside its encrypted data, before it is sent; bytes take its place. */
export type Tampering = { readonly [message in "M1" | "M3" | "M3 text" | "M5" | "M5 text"]?: (items: MessageItems) => unknown; };

/** The accessory said something that no controller takes. */
class ControllerError extends Error {}

function require(condition: boolean | undefined, message: string): void {
	if (!condition)
		throw new ControllerError(message);
}

export function utf8(text: string): Uint8Array {
	return new Uint8Array(ArrayBuffer.fromString(text));
}

export function join(...parts: Uint8Array[]): Uint8Array {
	return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function seal(key: Uint8Array, nonce: string, text: Uint8Array): Uint8Array {
	const sealed = join(text, new Uint8Array(TAG_BYTES));
	aeadSeal(key, nonce, sealed, 0, text.length);
	return sealed;
}

function open(key: Uint8Array, nonce: string, sealed: Uint8Array): Uint8Array {
	const text = sealed.slice();
	require(aeadOpen(key, nonce, text, 0, text.length - TAG_BYTES), `tag of ${nonce}`);
	return text.slice(0, -TAG_BYTES);
}

/** Items of an answer in that state; ControllerError when it is another one or lacks one of `types`. */
function expectAnswer(answer: Uint8Array, state: PairState, ...types: TlvType[]): Uint8Array[] {
	const items = readItems(answer);
	require(items.get(TlvType.State)?.[0] === state && !items.has(TlvType.Error), `answer in state M${state}`);
	return types.map((type) => {
		const value = items.get(type);
		if (!value)
			throw new ControllerError(`M${state} lacks item ${type}`);
		return value;
	});
}

function makeMessage(tampering: Tampering, name: keyof Tampering, list: [TlvType, Uint8Array][]): Uint8Array {
	const items: MessageItems = new Map(list);
	const bytes = tampering[name]?.(items);
	return bytes instanceof Uint8Array ? bytes : writeTlv(items);
}

/** Who a controller is. The same number, or name, gives the same one. */
export class Controller {
	readonly id: string;
	readonly idBytes: Uint8Array;
	readonly LTPK: Uint8Array;
	readonly #LTSK: Uint8Array;

	constructor(number: number | string, id = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`, idBytes = utf8(id)) {
		this.id = id;
		this.idBytes = idBytes;
		this.#LTSK = sha512(utf8(`controller ${number}`)).slice(0, 32);
		this.LTPK = ed25519PublicKey(this.#LTSK);
	}

	static named(id: string): Controller {
		return new Controller(id, id);
	}

	pairing(permissions: Permission): Pairing {
		return { controllerId: this.id, controllerLTPK: this.LTPK, permissions };
	}

	sign(...parts: Uint8Array[]): Uint8Array {
		return ed25519Sign(join(...parts), this.#LTSK, this.LTPK);
	}
}

/** Messages of one exchange; each takes the accessory's answer to the one before. */
export class SetupDialogue {
	readonly #controller: Controller;
	readonly #srp: SrpController;
	readonly #tampering: Tampering;
	#accessoryProof: Uint8Array = new Uint8Array(0);
	#sessionKey: Uint8Array = new Uint8Array(0);

	/** `a` is the secret behind SRP's public key A. */
	constructor(controller: Controller, setupCode: string, tampering: Tampering = {}, a = SRP_SECRET) {
		this.#controller = controller;
		this.#srp = new SrpController(a, setupCode);
		this.#tampering = tampering;
	}

	M1(method: number = PairingMethod.PairSetup): Uint8Array {
		return makeMessage(this.#tampering, "M1", [
			[TlvType.State, Uint8Array.of(PairState.M1)],
			[TlvType.Method, Uint8Array.of(method)],
		]);
	}

	M3(answer: Uint8Array): Uint8Array {
		const [B, salt] = expectAnswer(answer, PairState.M2, TlvType.PublicKey, TlvType.Salt);
		const { A } = this.#srp;
		const { controllerProof, accessoryProof, sessionKey } = this.#srp.proof(salt, B, A, this.#srp.secret(salt, B));
		this.#accessoryProof = accessoryProof;
		this.#sessionKey = sessionKey;
		return makeMessage(this.#tampering, "M3", [
			[TlvType.State, Uint8Array.of(PairState.M3)],
			[TlvType.PublicKey, A],
			[TlvType.Proof, controllerProof],
		]);
	}

	M5(answer: Uint8Array): Uint8Array {
		const [proof] = expectAnswer(answer, PairState.M4, TlvType.Proof);
		require(proof.every((byte, at) => byte === this.#accessoryProof[at]), "the accessory's proof");
		const { idBytes, LTPK } = this.#controller;
		const controllerX = this.derive("Pair-Setup-Controller-Sign");
		const text = makeMessage(this.#tampering, "M5 text", [
			[TlvType.Identifier, idBytes],
			[TlvType.PublicKey, LTPK],
			[TlvType.Signature, this.#controller.sign(controllerX, idBytes, LTPK)],
		]);
		return makeMessage(this.#tampering, "M5", [
			[TlvType.State, Uint8Array.of(PairState.M5)],
			[TlvType.EncryptedData, seal(this.derive("Pair-Setup-Encrypt"), "PS-Msg05", text)],
		]);
	}

	/** Who the accessory says it is in M6, when its signature holds. */
	accessoryOf(answer: Uint8Array): { deviceId: string; LTPK: Uint8Array; } {
		const [sealed] = expectAnswer(answer, PairState.M6, TlvType.EncryptedData);
		const text = readItems(open(this.derive("Pair-Setup-Encrypt"), "PS-Msg06", sealed));
		const [id, LTPK, signature] = [TlvType.Identifier, TlvType.PublicKey, TlvType.Signature].map((type) => text.get(type)!);
		const accessoryX = this.derive("Pair-Setup-Accessory-Sign");
		require(ed25519Verify(join(accessoryX, id, LTPK), signature, LTPK), "the accessory's signature in M6");
		return { deviceId: String.fromCharCode(...id), LTPK };
	}

	private derive(name: string): Uint8Array {
		return hkdfSha512(this.#sessionKey, `${name}-Salt`, `${name}-Info`);
	}
}

/** Pair-verify by a controller that knows the accessory's key. */
export class VerifyDialogue {
	readonly #controller: Controller;
	readonly #accessoryLTPK: Uint8Array;
	readonly #tampering: Tampering;
	readonly #secret: Uint8Array;
	#shared: Uint8Array = new Uint8Array(0);

	constructor(controller: Controller, accessoryLTPK: Uint8Array, tampering: Tampering = {}, secret = sha512(utf8(controller.id))) {
		this.#controller = controller;
		this.#accessoryLTPK = accessoryLTPK;
		this.#tampering = tampering;
		this.#secret = secret.slice(0, 32);
	}

	M1(): Uint8Array {
		return makeMessage(this.#tampering, "M1", [
			[TlvType.State, Uint8Array.of(PairState.M1)],
			[TlvType.PublicKey, x25519PublicKey(this.#secret)],
		]);
	}

	M3(answer: Uint8Array): Uint8Array {
		const [accessoryKey, sealed] = expectAnswer(answer, PairState.M2, TlvType.PublicKey, TlvType.EncryptedData);
		const key = this.agree(accessoryKey);
		const text = readItems(open(key, "PV-Msg02", sealed));
		const ownKey = x25519PublicKey(this.#secret);
		const signed = join(accessoryKey, text.get(TlvType.Identifier)!, ownKey);
		require(ed25519Verify(signed, text.get(TlvType.Signature)!, this.#accessoryLTPK), "the accessory's signature in M2");
		const { idBytes } = this.#controller;
		const ownText = makeMessage(this.#tampering, "M3 text", [
			[TlvType.Identifier, idBytes],
			[TlvType.Signature, this.#controller.sign(ownKey, idBytes, accessoryKey)],
		]);
		return makeMessage(this.#tampering, "M3", [
			[TlvType.State, Uint8Array.of(PairState.M3)],
			[TlvType.EncryptedData, seal(key, "PV-Msg03", ownText)],
		]);
	}

	/** The secret of the session, when M4 is the end of it. */
	finish(answer: Uint8Array): Uint8Array {
		expectAnswer(answer, PairState.M4);
		return this.#shared;
	}

	/** Key by which the accessory's frames are read, HAP R2 "Session Security". */
	get accessoryToController(): Uint8Array {
		return hkdfSha512(this.#shared, "Control-Salt", "Control-Read-Encryption-Key");
	}

	get controllerToAccessory(): Uint8Array {
		return hkdfSha512(this.#shared, "Control-Salt", "Control-Write-Encryption-Key");
	}

	private agree(accessoryKey: Uint8Array): Uint8Array {
		const shared = x25519(this.#secret, accessoryKey);
		if (!shared)
			throw new ControllerError("the accessory's public key");
		this.#shared = shared;
		return hkdfSha512(shared, "Pair-Verify-Encrypt-Salt", "Pair-Verify-Encrypt-Info");
	}
}

/* Bodies of POST /pairings, HAP R2 "Add Pairing", "Remove Pairing", "List Pairings" */

function pairingsBody(method: PairingMethod, ...items: [TlvType, Uint8Array][]): Uint8Array {
	return writeTlv([[TlvType.State, Uint8Array.of(PairState.M1)], [TlvType.Method, Uint8Array.of(method)], ...items]);
}

export function addPairingBody({ idBytes, LTPK }: Controller, permissions: number): Uint8Array {
	return pairingsBody(
		PairingMethod.AddPairing,
		[TlvType.Identifier, idBytes],
		[TlvType.PublicKey, LTPK],
		[TlvType.Permissions, Uint8Array.of(permissions)],
	);
}

export function removePairingBody({ idBytes }: Controller): Uint8Array {
	return pairingsBody(PairingMethod.RemovePairing, [TlvType.Identifier, idBytes]);
}

export function listPairingsBody(): Uint8Array {
	return pairingsBody(PairingMethod.ListPairings);
}
