/** mcsim as the hardware: virtual pins and a case that the pane draws, the computer's own network. */

import config from "mc/config";
import { Case } from "sim/case";
import { post } from "sim/pane";
import { environment, exit, networkAddresses, networkLinks, NetworkWatch, print } from "sim/process";
import type { AccessoryServer } from "hap/accessory/accessory-server";
import type { NetworkListener } from "hap/accessory/network";
import type { PowerOn } from "hap/accessory/power-on-state";
import type { Pins, Target } from "hap/accessory/target";

const PINS: Pins = Object.freeze({ relay: { pin: 26 }, led: { pin: 2 }, button: { pin: 0 } }, true);

/** From the environment of mcsim, which needs no new image, else what mcconfig was told. An empty text is none. */
function option(variable: string, key: string): string | undefined {
	const chosen = environment(variable) ?? config[key];
	return chosen === undefined || chosen === "" ? undefined : String(chosen);
}

class SimTarget implements Target {
	get pins(): Pins {
		return PINS;
	}

	get storagePath(): string {
		return option("HAP_XS_STATE", "state") ?? `${environment("HOME") ?? "."}/.hap-xs-sim`;
	}

	/** Port 0 asks for none in particular. */
	get port(): number | undefined {
		return Number(option("HAP_XS_PORT", "port") ?? 0) || undefined;
	}

	get host(): string | undefined {
		return option("HAP_XS_HOST", "host");
	}

	get name(): string | undefined {
		return option("HAP_XS_NAME", "name");
	}

	get setupCode(): string | undefined {
		return option("HAP_XS_CODE", "setupCode");
	}

	get powerOn(): PowerOn {
		return option("HAP_XS_POWER_ON", "powerOn") as PowerOn | undefined ?? "last";
	}

	get isDiscoverable(): boolean {
		return option("HAP_XS_DISCOVERY", "discovery") !== "off";
	}

	get interfaces(): readonly string[] {
		return networkLinks();
	}

	/** The machine of mcsim on Linux takes more memory when it needs it. */
	get maxConnections(): number {
		return 16;
	}

	get isPortShared(): boolean {
		return true;
	}

	/** The network is the computer's: there already, and when it goes another comes. */
	startNetwork(listener: NetworkListener): void {
		new NetworkWatch<NetworkListener>({ target: listener, host: this.host, onChange });
		listener.onAddress();
	}

	addresses(link?: number): readonly string[] {
		return networkAddresses(link);
	}

	log(line: string): void {
		print(line);
		post({ log: line });
	}

	/** The label shows why, if somebody sees it. */
	fail(message: string): void {
		this.log(`hap-xs: ${message}`);
		post({ failure: message });
		if (environment("HAP_XS_HEADLESS"))
			exit(1);
	}

	onReady(server: AccessoryServer): void {
		new Case(server, PINS, this.host);
	}
}

function onChange(this: { readonly target: NetworkListener; }): void {
	this.target.onAddress();
}

export function openTarget(): Target {
	return new SimTarget();
}
