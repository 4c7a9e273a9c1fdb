/** The switch's hardware: a relay, a button and a switch in the wall that toggle it, a light that shows it. */

import type { AccessoryServer } from "hap/accessory/accessory-server";
import type { Characteristic } from "hap/accessory/declaration";
import { Panel } from "hap/accessory/panel";
import { PowerOnState } from "hap/accessory/power-on-state";
import { Output } from "hap/gpio/output";
import { WallSwitch, type WallSwitchListener } from "hap/gpio/wall-switch";
import { joinText } from "hap/bytes/bytes";
import type { Value } from "hap/model/types";
import { SWITCH } from "host/this-accessory";

export class SwitchDevice extends Panel<AccessoryServer> implements WallSwitchListener {
	declare private readonly wallSwitch: WallSwitch | undefined;
	private readonly relay: Output;
	private readonly powerOnState: PowerOnState;

	constructor(server: AccessoryServer) {
		const { pins, powerOn, wallSwitch = "toggle" } = server.target;
		super(pins, server);
		this.powerOnState = new PowerOnState(server.records, powerOn, server);
		const { isOn } = this.powerOnState;
		this.relay = new Output(pins.relay, isOn);
		this.light(isOn);
		if (pins.wallSwitch)
			this.wallSwitch = new WallSwitch(pins.wallSwitch, wallSwitch, this);
		if (isOn)
			server.update(SWITCH.on, true);
	}

	switchTo(isOn: boolean): void {
		this.relay.write(isOn);
		this.light(isOn);
	}

	override onPress(): void {
		this.toggle();
	}

	onWallSwitch(): void {
		this.toggle();
	}

	onChanged(characteristic: Characteristic, value: Value, controllerId: string | undefined): void {
		if (characteristic === SWITCH.on && this.powerOnState.keep(value === true))
			this.owner.target.log(joinText("switched ", value ? "on" : "off", " by ", controllerId ?? "hand"));
	}

	override close(): void {
		this.powerOnState.close();
		this.wallSwitch?.close();
		super.close();
	}

	private toggle(): void {
		const isOn = !this.owner.value(SWITCH.on);
		this.switchTo(isOn);
		this.owner.update(SWITCH.on, isOn);
	}
}
