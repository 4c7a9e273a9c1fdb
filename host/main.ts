/** Where the image begins. */

import { Firmware } from "host/firmware";
import { StartError } from "host/target";
import { openTarget } from "target/target";
import { StorageError } from "hap/storage/records";

export default function main(): void {
	const target = openTarget();
	try {
		target.onReady(new Firmware(target));
	}
	catch (error) {
		if (!(error instanceof StartError || error instanceof StorageError))
			throw error;
		target.fail(error.message);
	}
}
