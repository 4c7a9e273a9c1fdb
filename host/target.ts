/** What a target gives to the firmware, and what it hears of it. Pins, network and person differ; nothing else does. */

import type { OutputOptions } from "hap/gpio/output";
import type { Firmware } from "host/firmware";

export interface Target {
	readonly pins: { readonly relay: OutputOptions; readonly led?: OutputOptions; readonly button?: { readonly pin: number; }; };
	/** Folder, or NVS namespace, of the records. */
	readonly storagePath: string;
	/** Undefined: the one of last time, else one that is free. */
	readonly port?: number;
	/** Undefined: every interface. */
	readonly host?: string;
	readonly name?: string;
	/** Chosen by a person; undefined: a random one, made once and kept. */
	readonly setupCode?: string;
	readonly isDiscoverable: boolean;
	/** Textual addresses that controllers reach this accessory at, as they are now. */
	addresses(): readonly string[];
	/** What discovery listens on: an address for each interface, "0.0.0.0" and "::" for all of a family. */
	readonly interfaces: readonly string[];
	/** Other programs of this computer may listen on mDNS's port. */
	readonly isPortShared: boolean;
	/** One line for each thing that happens. */
	log(line: string): void;
	/** The firmware does not start; a person must mend it. */
	fail(message: string): void;
	/** The firmware serves; what the person does reaches it from here on. */
	onReady(firmware: Firmware): void;
}

/** The firmware cannot start, and one sentence says why. */
export class StartError extends Error {}
