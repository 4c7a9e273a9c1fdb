/** An accessory as far as pairing goes: what lies in its store, and the objects that read it when it starts. */

import { type Identity, loadIdentity, readVerifier, type SetupVerifier, writeVerifier } from "hap/pairing/identity";
import { PairSetup } from "hap/pairing/pair-setup";
import type { PairingError, PairState } from "hap/pairing/pairing-tlv";
import { Pairings } from "hap/pairing/pairings";
import { Tries } from "hap/pairing/tries";
import { Records } from "hap/storage/records";
import { TlvType } from "hap/wire/tlv8";
import type { Controller, SetupDialogue } from "tests/fakes/pairing-controller";
import { MemoryStorage } from "tests/fakes/memory-storage";
import { readTlv } from "tests/fakes/tlv";
import { same } from "tests/harness";

export const CODE = "518-08-582";

function makeStore(): MemoryStorage {
	const storage = new MemoryStorage();
	const records = new Records(storage, () => {});
	loadIdentity(records);
	writeVerifier(records, CODE);
	return storage;
}

const FRESH = makeStore();

export class PairingAccessory {
	readonly storage: MemoryStorage;
	readonly records: Records;
	readonly identity: Identity;
	readonly pairings: Pairings;
	readonly tries: Tries;
	readonly pairSetup: PairSetup;
	/** Controllers that onPaired told of, and verifiers that were read. */
	readonly paired: string[] = [];
	readonly verifiers: SetupVerifier[] = [];
	now = 0;
	onPaired = (): void => {};
	readonly #connection = {};

	constructor(storage = FRESH.restarted()) {
		this.storage = storage;
		this.records = new Records(storage, () => {});
		this.identity = loadIdentity(this.records);
		this.pairings = new Pairings(this.records);
		this.tries = new Tries(this.records);
		this.pairSetup = new PairSetup({
			identity: this.identity,
			pairings: this.pairings,
			tries: this.tries,
			readVerifier: () => this.readVerifier(),
			onPaired: (controllerId) => {
				this.paired.push(controllerId);
				this.onPaired();
			},
		});
	}

	/** The one that runs after the power came back. */
	restarted(): PairingAccessory {
		return new PairingAccessory(this.storage.restarted());
	}

	/** The answer of pair-setup; without `connection`, all bodies come over the same one. */
	say(body: Uint8Array, connection: object = this.#connection): Uint8Array {
		return this.pairSetup.handle(body, connection, this.now);
	}

	/** Answers M6. */
	pair(dialogue: SetupDialogue, connection: object = this.#connection): Uint8Array {
		const M2 = this.say(dialogue.M1(), connection);
		const M4 = this.say(dialogue.M3(M2), connection);
		return this.say(dialogue.M5(M4), connection);
	}

	/** Puts a pairing into the store. */
	know({ id, LTPK }: Controller, permissions: number): void {
		this.pairings.set({ controllerId: id, controllerLTPK: LTPK, permissions });
	}

	private readVerifier(): SetupVerifier | undefined {
		const verifier = readVerifier(this.records);
		if (verifier)
			this.verifiers.push(verifier);
		return verifier;
	}
}

/** The answer has that state and that error, and nothing else. */
export function isRefused(answer: Uint8Array, state: PairState, error: PairingError, message = ""): void {
	same(readTlv(answer), [[TlvType.State, [state]], [TlvType.Error, [error]]], message);
}
