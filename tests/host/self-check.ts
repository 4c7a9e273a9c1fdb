/** An accessory that looks after itself often, and keys that break it: "l" its listener, "d" its discovery. self-check.ts FOLDER. */

import { argumentText, print, watchKeys } from "host:process";
import { AccessoryServer } from "hap/accessory/accessory-server";
import type { Target } from "hap/accessory/target";
import { ACCESSORY } from "host/this-accessory";

const HOST = "127.0.0.1";
const CHECK_MS = 300;
const LISTENER_KEY = 108;

const TARGET: Target = {
	pins: { relay: { pin: 26 } },
	storagePath: argumentText(0) ?? "",
	port: undefined,
	host: HOST,
	name: undefined,
	setupCode: undefined,
	powerOn: "off",
	isDiscoverable: true,
	interfaces: [HOST],
	maxConnections: 12,
	isPortShared: true,
	checkMS: CHECK_MS,
	startNetwork(listener) {
		listener.onAddress();
	},
	addresses: () => [HOST],
	log: print,
	fail: print,
	onReady() {},
};

interface Broken {
	close(): void;
}

/** What the server does not hear of. */
interface Inside {
	readonly server: { readonly listener: Broken; };
	readonly discovery: { readonly sockets: Broken[]; };
}

export default function main(): void {
	const server = new AccessoryServer(TARGET, ACCESSORY as never, () => undefined);
	server.onAddress();
	watchKeys((code) => {
		const inside = server as unknown as Inside;
		if (code === LISTENER_KEY)
			inside.server.listener.close();
		else
			inside.discovery.sockets[0].close();
	});
	print(`port ${server.port}`);
}
