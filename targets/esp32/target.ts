/** A microcontroller of the ESP32 family. The board's manifest says which pins there are, and the command line what is secret. */

import config from "mc/config";
import { Light } from "hap/gpio/light";
import type { AccessoryServer } from "hap/accessory/accessory-server";
import type { NetworkListener } from "hap/accessory/network";
import type { WallSwitchKind } from "hap/gpio/wall-switch";
import type { PowerOn } from "hap/accessory/power-on-state";
import type { Pins, Target } from "hap/accessory/target";
import { LinkNetwork } from "esp32/link-network";
import { beginLog, logLine, printLine } from "esp32/log";
import { printQr } from "target/qr-lines";

/** The manifest's `config`, and what follows mcconfig's options on its command line. */
interface Config {
	readonly pins: Pins;
	readonly name?: string;
	readonly setupCode?: string;
	readonly powerOn?: PowerOn;
	readonly wallSwitch?: WallSwitchKind;
}

const CONFIG = config as unknown as Config;

const ALL_INTERFACES: readonly string[] = Object.freeze(["0.0.0.0"]); // lwIP's UDP in the SDK joins groups of IPv4 only
const FAULT = Object.freeze([150, 150, 150, 150, 150, 1200]);

class Esp32Target implements Target {
	/** Before anything else: the hardware's generator gives true randomness while the radio runs, and lwIP runs from here on. */
	private readonly network = new LinkNetwork(this);

	get pins(): Pins {
		return CONFIG.pins;
	}

	get storagePath(): string {
		return "hap-xs";
	}

	get port(): number | undefined {
		return undefined;
	}

	get host(): string | undefined {
		return undefined;
	}

	get name(): string | undefined {
		return CONFIG.name;
	}

	get setupCode(): string | undefined {
		return CONFIG.setupCode;
	}

	get powerOn(): PowerOn {
		return CONFIG.powerOn ?? "last";
	}

	get wallSwitch(): WallSwitchKind {
		return CONFIG.wallSwitch ?? "toggle";
	}

	get isDiscoverable(): boolean {
		return true;
	}

	get interfaces(): readonly string[] {
		return ALL_INTERFACES;
	}

	/** What fits into 32 KiB beside a pair-setup: docs/architecture.md. */
	get maxConnections(): number {
		return 12;
	}

	get isPortShared(): boolean {
		return false;
	}

	startNetwork(listener: NetworkListener): void {
		this.network.startNetwork(listener);
	}

	addresses(): readonly string[] {
		return this.network.addresses();
	}

	log(line: string): void {
		logLine(line);
	}

	/** The relay stays off; the light says so until the power goes. */
	fail(message: string): void {
		logLine(`hap-xs: ${message}`);
		if (CONFIG.pins.led)
			new Light(CONFIG.pins.led).show(FAULT);
	}

	/** Where a desktop prints its label. */
	onReady(server: AccessoryServer): void {
		logLine(`device id ${server.deviceId}, ${server.pairings.count} paired`);
		if (server.isPaired)
			return;
		printLine(`setup code ${server.setupCode}`);
		printLine(server.setupPayload);
		printQr(server.setupPayload, printLine);
	}
}

export function openTarget(): Target {
	beginLog();
	return new Esp32Target();
}
