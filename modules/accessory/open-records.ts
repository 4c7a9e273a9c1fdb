/** The records of this accessory, in its target's storage. */

import KeyValue from "embedded:storage/key-value";
import { messageOf, StartError, type Target } from "hap/accessory/target";
import { type KeyValueStorage, Records } from "hap/storage/records";

class TargetRecords extends Records {
	private readonly target: Target;

	constructor(storage: KeyValueStorage, target: Target) {
		super(storage);
		this.target = target;
	}

	protected override onSetAside(key: string, keptAs: string, reason: string): void {
		this.target.log(`the record "${key}" ${reason}; it is kept as "${keptAs}", and not used`);
	}
}

/** StartError when there is no storage to be had. */
export function openRecords(target: Target): Records {
	try {
		return new TargetRecords(KeyValue.open({ path: target.storagePath, format: "buffer" }) as KeyValueStorage, target);
	}
	catch (error) {
		throw new StartError(`the state folder cannot be used: ${messageOf(error)}`);
	}
}
