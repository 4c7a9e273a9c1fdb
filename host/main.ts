/** Where the image begins. */

import { Firmware } from "host/firmware";
import { StartError } from "host/target";
import { openTarget } from "target/target";
import { StorageError } from "hap/storage/records";

export default function main(): void {
	const target = openTarget();
	try {
		const firmware = new Firmware(target);
		target.startNetwork(firmware);
		target.onReady(firmware);
	}
	catch (error) {
		if (!(error instanceof StartError || error instanceof StorageError))
			throw error;
		target.fail(error.message);
	}
}
