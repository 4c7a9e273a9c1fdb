/** The accessory's case, which the pane draws: its label, what its button does, what is inside. */

import Timer from "timer";
import { providerName } from "hap/crypto/crypto";
import type { AccessoryServer } from "hap/accessory/accessory-server";
import type { Pins } from "hap/accessory/target";
import { deliver, listen, type PaneListener, type PaneMessage, post } from "sim/pane";
import { exit, heapCounters, InputWatch, print, SignalWatch } from "sim/process";
import { Keys, type KeysOwner } from "target/keys";
import { qrRows } from "target/qr-rows";

const PRESS_MS = 80;
const GOODBYE_MS = 50;

export class Case implements PaneListener, KeysOwner {
	readonly server: AccessoryServer;
	private readonly pins: Pins;

	constructor(server: AccessoryServer, pins: Pins, host: string | undefined) {
		this.server = server;
		this.pins = pins;
		new SignalWatch<Case>({ target: this, onByte: onSignal });
		new InputWatch<Keys>({ target: new Keys(this), onByte: onKey });
		listen(this);
		screen.context = this;
		this.showLabel();
		this.showInside();
		this.printLabel(host);
	}

	/** For the pane. */
	onPaneMessage(message: PaneMessage): void {
		if (message.hello)
			this.showLabel();
		if (message.hello || message.look)
			this.showInside();
		if (message.reset)
			this.server.reset();
	}

	/** For mcsim: the image is closed. */
	onQuit(): void {
		this.server.stop();
	}

	press(): void {
		const pin = this.pins.button?.pin;
		deliver({ pin, level: 0 });
		Timer.set(() => deliver({ pin, level: 1 }), PRESS_MS);
	}

	quit(): void {
		this.server.stop();
		Timer.set(() => exit(0), GOODBYE_MS);
	}

	print(line: string): void {
		print(line);
	}

	private showLabel(): void {
		const { name, deviceId, port, setupCode, setupPayload } = this.server;
		const { relay, led, button } = this.pins;
		post({
			label: { name, deviceId, port, setupCode, setupPayload, crypto: providerName, qr: qrRows(setupPayload) },
			pins: { relay: relay.pin, led: led?.pin, button: button?.pin },
		});
	}

	private showInside(): void {
		const { slots, chunkBytes } = heapCounters();
		const pairingsCount = this.server.pairings.count;
		post({ inside: { pairingsCount, sessions: this.server.describeSessions(), slots, chunkBytes } });
	}

	/** The same lines as the desktop target's. */
	private printLabel(host: string | undefined): void {
		const { deviceId, port, setupCode, setupPayload, isPaired, pairings } = this.server;
		print(`listening on ${host ?? "all interfaces"} port ${port}`);
		print(`device id ${deviceId}`);
		print(`crypto: ${providerName}`);
		if (isPaired)
			print(`paired with ${pairings.count} controller${pairings.count === 1 ? "" : "s"}`);
		else {
			print(`setup code  ${setupCode}`);
			print(`payload     ${setupPayload}`);
		}
		print("ready");
	}
}

function onKey(this: { readonly target: Keys; }, byte: number): void {
	this.target.onKey(byte);
}

function onSignal(this: { readonly target: Case; }): void {
	this.target.quit();
}
