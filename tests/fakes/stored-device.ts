/** An accessory as it starts from what lies in its store: who it is, its code, its pairings, its configuration number, its switch. */

import { keptCode, openSetupCode } from "hap/accessory/settings";
import { PowerOnState } from "hap/accessory/power-on-state";
import { defineAccessories } from "hap/model/define";
import { loadConfigurationNumber } from "hap/model/configuration";
import type { DatabaseDefinition } from "hap/model/types";
import { loadIdentity, readVerifier } from "hap/pairing/identity";
import { PairSetup } from "hap/pairing/pair-setup";
import { handlePairings } from "hap/pairing/pairings-procedure";
import { Pairings } from "hap/pairing/pairings";
import { Tries } from "hap/pairing/tries";
import { type KeyValueStorage, Records } from "hap/storage/records";
import { ALL_KINDS, DEFINITION } from "tests/fakes/all-kinds";
import { type Controller, SetupDialogue } from "tests/fakes/pairing-controller";
import { listOf } from "tests/fakes/pairing-list";

export const CODE = "518-08-582";
/** The database of all kinds with an accessory less: another configuration. */
export const OTHER_DEFINITION = defineAccessories(ALL_KINDS.slice(0, 1));

export class StoredDevice {
	/** What was set aside, and what the store refused. */
	readonly reports: string[] = [];
	readonly faults: unknown[] = [];
	readonly records: Records;
	readonly identity;
	readonly pairings: Pairings;
	readonly tries: Tries;
	readonly pairSetup: PairSetup;
	readonly switch: PowerOnState;
	readonly configurationNumber: number;
	readonly #connection = {};

	constructor(storage: KeyValueStorage, definition: DatabaseDefinition = DEFINITION, code: string | undefined = CODE) {
		this.records = new Records(storage, (key) => this.reports.push(key));
		this.identity = loadIdentity(this.records);
		openSetupCode(this.records, code);
		this.pairings = new Pairings(this.records);
		this.tries = new Tries(this.records);
		this.pairSetup = new PairSetup({
			identity: this.identity,
			pairings: this.pairings,
			tries: this.tries,
			readVerifier: () => readVerifier(this.records),
			onPaired() {},
			onFault: (error) => this.onFault(error),
		});
		this.switch = new PowerOnState(this.records, "last", this);
		this.configurationNumber = loadConfigurationNumber(this.records, definition, this.pairings.isPaired);
	}

	onFault(error: unknown): void {
		this.faults.push(error);
	}

	get code(): string | undefined {
		return keptCode(this.records);
	}

	/** Identifiers of the controllers it is paired with, in order. */
	get paired(): string {
		return listOf(this.pairings).map(({ controllerId }) => controllerId).join();
	}

	/** The answer of pair-setup. */
	say(body: Uint8Array): Uint8Array {
		return this.pairSetup.handle(body, this.#connection, 0);
	}

	/** Answers M6. */
	pair(controller: Controller): Uint8Array {
		const dialogue = new SetupDialogue(controller, CODE);
		return this.say(dialogue.M5(this.say(dialogue.M3(this.say(dialogue.M1())))));
	}

	/** The answer of POST /pairings to that controller. */
	ask({ id }: Controller, body: Uint8Array): Uint8Array {
		return handlePairings(body, id, this.pairings, { onRemoved() {}, onUser() {}, onFault: (error) => this.onFault(error) });
	}
}
