/** A person's computer as the hardware: virtual pins, the terminal as the case with its button and its label. */

import { log, openReport } from "host:crash";
import {
	argumentText,
	exit,
	type HeapCounters,
	heapCounters,
	networkAddresses,
	networkLinks,
	print,
	printError,
	watchNetwork,
} from "host:process";
import { Console } from "target/console";
import type { AccessoryServer } from "hap/accessory/accessory-server";
import type { NetworkListener } from "hap/accessory/network";
import type { PowerOn } from "hap/accessory/power-on-state";
import type { Pins, Target } from "hap/accessory/target";

/** As npm start passes them, in this order; an empty text is an option that was not given. */
const enum Argument {
	Port,
	Host,
	State,
	Code,
	Name,
	Discovery,
	PowerOn,
}

const PINS: Pins & { button: { pin: number; }; } = Object.freeze({ relay: { pin: 26 }, led: { pin: 2 }, button: { pin: 0 } }, true);

/** A block of so many slots holds sixteen sessions and two strangers: 40 KiB of an ESP32's. */
const SLOTS_FOR_ALL = 2560;

function option(argument: Argument): string | undefined {
	return argumentText(argument) || undefined;
}

/** A connection takes some 50 slots; docs/architecture.md has the sum. */
function connectionsOf({ blockBytes, slotBytes }: HeapCounters): number {
	return blockBytes / slotBytes < SLOTS_FOR_ALL ? 12 : 18;
}

class DesktopTarget implements Target {
	/** What the last run could not say any more is said now. */
	constructor() {
		const lines = openReport(this.storagePath)?.split("\n") ?? [];
		if (lines.length > 0)
			print(`the last run ended by a mistake: ${lines[0]}`);
		for (let i = 1; i < lines.length - 1; i++)
			print(`  before that: ${lines[i]}`);
	}

	/** Asked for at every connection, and counting the heap takes a look at all of the stack. */
	readonly maxConnections = connectionsOf(heapCounters());

	get pins(): Pins {
		return PINS;
	}

	get storagePath(): string {
		return option(Argument.State) ?? ".state";
	}

	/** Port 0 asks for none in particular. */
	get port(): number | undefined {
		return Number(option(Argument.Port) ?? 0) || undefined;
	}

	get host(): string | undefined {
		return option(Argument.Host);
	}

	get name(): string | undefined {
		return option(Argument.Name);
	}

	get setupCode(): string | undefined {
		return option(Argument.Code);
	}

	get powerOn(): PowerOn {
		return option(Argument.PowerOn) as PowerOn | undefined ?? "last";
	}

	get isDiscoverable(): boolean {
		return option(Argument.Discovery) !== "off";
	}

	get interfaces(): readonly string[] {
		return networkLinks();
	}

	get isPortShared(): boolean {
		return true;
	}

	/** The network is the computer's: there already, and when it goes another comes. */
	startNetwork(listener: NetworkListener): void {
		watchNetwork(() => listener.onAddress(), this.host);
		listener.onAddress();
	}

	addresses(link?: number): readonly string[] {
		return networkAddresses(link);
	}

	log(line: string): void {
		log(line);
	}

	fail(message: string): void {
		printError(`hap-xs: ${message}`);
		exit(1);
	}

	onReady(server: AccessoryServer): void {
		new Console(server, PINS.button.pin, this.host);
	}
}

export function openTarget(): Target {
	return new DesktopTarget();
}
