/** The switch's hardware: a relay, a button that toggles it, a light that shows it. */

import type { AccessoryServer } from "hap/accessory/accessory-server";
import type { Characteristic } from "hap/accessory/declaration";
import { Panel } from "hap/accessory/panel";
import { Output } from "hap/gpio/output";
import type { Value } from "hap/model/types";
import { PowerOnState } from "hap/accessory/power-on-state";

export class SwitchDevice extends Panel<AccessoryServer> {
	readonly #relay: Output;
	readonly #powerOnState: PowerOnState;
	readonly #on: Characteristic<boolean>;

	/** `on`: which of the accessory's characteristics the relay is. */
	constructor(server: AccessoryServer, on: Characteristic<boolean>) {
		const { pins, powerOn } = server.target;
		super(pins, server);
		this.#on = on;
		this.#powerOnState = new PowerOnState(server.records, powerOn, server);
		const { isOn } = this.#powerOnState;
		this.#relay = new Output(pins.relay, isOn);
		this.light(isOn);
		if (isOn)
			server.update(on, true);
	}

	switchTo(isOn: boolean): void {
		this.#relay.write(isOn);
		this.light(isOn);
	}

	override onPress(): void {
		const isOn = !this.owner.value(this.#on);
		this.switchTo(isOn);
		this.owner.update(this.#on, isOn);
	}

	onChanged(characteristic: Characteristic, value: Value, controllerId: string | undefined): void {
		if (characteristic === this.#on && this.#powerOnState.keep(value === true))
			this.owner.target.log(`switched ${value ? "on" : "off"} by ${controllerId ?? "hand"}`);
	}

	override close(): void {
		this.#powerOnState.close();
		super.close();
	}
}
