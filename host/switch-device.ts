/** The switch's hardware: a relay, a button that toggles it, a light that shows it. */

import type { AccessoryServer } from "hap/accessory/accessory-server";
import type { Characteristic } from "hap/accessory/declaration";
import { Panel } from "hap/accessory/panel";
import { PowerOnState } from "hap/accessory/power-on-state";
import { Output } from "hap/gpio/output";
import type { Value } from "hap/model/types";
import { SWITCH } from "host/this-accessory";

export class SwitchDevice extends Panel<AccessoryServer> {
	private readonly relay: Output;
	private readonly powerOnState: PowerOnState;

	constructor(server: AccessoryServer) {
		const { pins, powerOn } = server.target;
		super(pins, server);
		this.powerOnState = new PowerOnState(server.records, powerOn, server);
		const { isOn } = this.powerOnState;
		this.relay = new Output(pins.relay, isOn);
		this.light(isOn);
		if (isOn)
			server.update(SWITCH.on, true);
	}

	switchTo(isOn: boolean): void {
		this.relay.write(isOn);
		this.light(isOn);
	}

	override onPress(): void {
		const isOn = !this.owner.value(SWITCH.on);
		this.switchTo(isOn);
		this.owner.update(SWITCH.on, isOn);
	}

	onChanged(characteristic: Characteristic, value: Value, controllerId: string | undefined): void {
		if (characteristic === SWITCH.on && this.powerOnState.keep(value === true))
			this.owner.target.log(`switched ${value ? "on" : "off"} by ${controllerId ?? "hand"}`);
	}

	override close(): void {
		this.powerOnState.close();
		super.close();
	}
}
