/** Where an accessory begins: its declaration meets the target that the image is for. */

import type { Accessory } from "hap/accessory/declaration";
import { AccessoryServer } from "hap/accessory/accessory-server";
import { StartError } from "hap/accessory/target";
import { StorageError } from "hap/storage/records";
import { openTarget } from "target/target";

/**
 * To be called once, by main(). `open` makes the hardware that the declaration's functions are given (what it may do beside them: Device); it may keep the server, to
 * tell it what changes. What hinders the start is shown as the target can show it, and then nothing is served.
 */
export function serve<D>(accessory: Accessory<D>, open: (server: AccessoryServer) => D): void {
	const target = openTarget();
	try {
		const server = new AccessoryServer(target, accessory, open);
		target.startNetwork(server);
		target.onReady(server);
	}
	catch (error) {
		if (!(error instanceof StartError || error instanceof StorageError))
			throw error;
		target.fail(error.message);
	}
}
