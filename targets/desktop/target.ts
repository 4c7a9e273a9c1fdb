/** A person's computer as the hardware: virtual pins, the terminal as the case with its button and its label. */

import { argumentText, exit, networkAddresses, print, printError } from "host:process";
import { startConsole } from "target/console";
import type { Target } from "host/target";

/** As npm start passes them, in this order; an empty text is an option that was not given. */
const enum Argument {
	Port,
	Host,
	State,
	Code,
	Name,
	Discovery,
	Provider,
}

const PINS = Object.freeze({ relay: { pin: 26 }, led: { pin: 2 }, button: { pin: 0 } }, true);

const ALL_INTERFACES: readonly string[] = Object.freeze(["0.0.0.0", "::"]);

function option(argument: Argument): string | undefined {
	return argumentText(argument) || undefined;
}

export function openTarget(): Target {
	const port = Number(option(Argument.Port) ?? 0);
	const host = option(Argument.Host);
	return {
		pins: PINS,
		storagePath: option(Argument.State) ?? ".state",
		port: port === 0 ? undefined : port,
		host,
		name: option(Argument.Name),
		setupCode: option(Argument.Code),
		isDiscoverable: option(Argument.Discovery) !== "off",
		addresses: () => networkAddresses(host),
		interfaces: host === undefined ? ALL_INTERFACES : [host],
		isPortShared: true,
		log: print,
		fail: (message) => {
			printError(`hap-xs: ${message}`);
			exit(1);
		},
		onReady: (firmware) => startConsole(firmware, PINS.button.pin, host),
	};
}
