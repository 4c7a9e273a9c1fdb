/** The switch's hardware: the relay, the light that talks to a person, the button that listens to one. */

import Timer from "timer";
import { Button, type ButtonOptions } from "hap/gpio/button";
import { Output } from "hap/gpio/output";
import type { Pins } from "host/target";

const BLINK_MS = 250;
const BLINKS = 12;

/** What a person does with the button. */
export interface Operator {
	/** A short press. */
	toggle(): void;
	/** Held for ten seconds. */
	reset(): void;
}

export class Hardware implements ButtonOptions {
	readonly pin: number;
	readonly #operator: Operator;
	readonly #relay: Output;
	readonly #led: Output | undefined;
	readonly #button: Button | undefined;

	constructor(pins: Pins, operator: Operator) {
		this.#operator = operator;
		this.#relay = new Output(pins.relay);
		this.#led = pins.led && new Output(pins.led);
		this.pin = pins.button?.pin ?? -1;
		this.#button = pins.button && new Button(this);
	}

	switchTo(isOn: boolean): void {
		this.#relay.write(isOn);
	}

	identify(): void {
		this.blink(BLINKS);
	}

	close(): void {
		this.#button?.close();
	}

	/* The button */

	onPress(): void {
		this.#operator.toggle();
	}

	onHoldWarning(): void {
		this.blink(BLINKS);
	}

	onHold(): void {
		this.#operator.reset();
	}

	private blink(times: number): void {
		this.#led?.write(times % 2 === 0);
		if (times > 0)
			Timer.set(() => this.blink(times - 1), BLINK_MS);
	}
}
