/** The records of this accessory, in its target's storage. */

import KeyValue from "embedded:storage/key-value";
import { type KeyValueStorage, Records } from "hap/storage/records";
import { messageOf, StartError, type Target } from "hap/accessory/target";

/** StartError when there is no storage to be had. */
export function openRecords(target: Target): Records {
	try {
		const storage = KeyValue.open({ path: target.storagePath, format: "buffer" }) as KeyValueStorage;
		return new Records(
			storage,
			(key, keptAs, reason) => target.log(`the record "${key}" ${reason}; it is kept as "${keptAs}", and not used`),
		);
	}
	catch (error) {
		throw new StartError(`the state folder cannot be used: ${messageOf(error)}`);
	}
}
