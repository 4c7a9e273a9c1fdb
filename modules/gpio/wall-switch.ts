/** The switch in the wall, wired to an input of the device. */

import { Contact } from "hap/gpio/contact";

export interface WallSwitchOptions {
	readonly pin: number;
	/** Closed, it pulls the pin to ground; else it drives the pin, high when closed. */
	readonly activeLow?: boolean;
}

/** A rocker stays where it is put, and each change of it counts; a push button springs back, and each press counts. */
export type WallSwitchKind = "toggle" | "momentary";

export interface WallSwitchListener {
	/** Somebody wants a change. */
	onWallSwitch(): void;
}

export class WallSwitch extends Contact {
	private readonly kind: WallSwitchKind;
	private readonly listener: WallSwitchListener;

	constructor({ pin, activeLow }: WallSwitchOptions, kind: WallSwitchKind, listener: WallSwitchListener) {
		super(pin, activeLow === true);
		this.kind = kind;
		this.listener = listener;
	}

	protected override onChange(): void {
		if (this.isClosed || this.kind === "toggle")
			this.listener.onWallSwitch();
	}
}
