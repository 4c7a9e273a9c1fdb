/** What a target gives to the server, and what it hears of it. Pins, network and person differ; nothing else does. */

import type { OutputOptions } from "hap/gpio/output";
import type { WallSwitchKind, WallSwitchOptions } from "hap/gpio/wall-switch";
import type { AccessoryServer } from "hap/accessory/accessory-server";
import type { Network } from "hap/accessory/network";
import type { PowerOn } from "hap/accessory/power-on-state";

export interface Pins {
	readonly relay: OutputOptions;
	readonly led?: OutputOptions;
	readonly button?: { readonly pin: number; };
	readonly wallSwitch?: WallSwitchOptions;
}

/** A class with methods and getters: what is not a field costs no memory. */
export interface Target extends Network {
	readonly pins: Pins;
	/** Folder, or NVS namespace, of the records. */
	readonly storagePath: string;
	/** Undefined: the one of last time, else one that is free. */
	readonly port: number | undefined;
	/** Undefined: every interface. */
	readonly host: string | undefined;
	readonly name: string | undefined;
	/** Chosen by a person; undefined: a random one, made once and kept. */
	readonly setupCode: string | undefined;
	/** What the switch is when power comes. */
	readonly powerOn: PowerOn;
	/** Undefined: one that stays where it is put. */
	readonly wallSwitch?: WallSwitchKind;
	readonly isDiscoverable: boolean;
	/** What discovery listens on: an address for each link (DiscoveryOptions.interfaces). */
	readonly interfaces: readonly string[];
	/** What its TCP stack and its memory allow; HomeKit asks for eight. */
	readonly maxConnections: number;
	/** Other programs of this computer may listen on mDNS's port. */
	readonly isPortShared: boolean;
	/** From one self-check to the next; undefined: five minutes. */
	readonly checkMS?: number;
	/** One line for each thing that happens. */
	log(line: string): void;
	/** The server does not start; a person must mend it. */
	fail(message: string): void;
	/** The server runs; what the person does reaches it from here on. */
	onReady(server: AccessoryServer): void;
}

/** The server cannot start, and one sentence says why. */
export class StartError extends Error {}

export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
