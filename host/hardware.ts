/** The switch's hardware: the relay, the light that talks to a person, the button that listens to one. */

import Timer from "timer";
import { Button, type ButtonOptions } from "hap/gpio/button";
import { DARK, Light, LIT, type Pattern } from "hap/gpio/light";
import { Output } from "hap/gpio/output";
import type { Pins } from "host/target";

/** What the light tells, the most urgent last. With none of them it is as the relay is. */
const enum Condition {
	Unpaired = 1,
	Offline = 2,
	Fault = 4,
	Identifying = 8,
	/** The button is held, and what comes of it is near. */
	Warned = 16,
}

const PATTERNS = Object.freeze({
	warned: [60, 60],
	identifying: [250, 250],
	fault: [150, 150, 150, 150, 150, 1200],
	offline: [100, 900],
	unpaired: [1000, 1000],
}, true);

const IDENTIFY_MS = 5000;

/** What a person does with the button. */
export interface Operator {
	/** A short press. */
	toggle(): void;
	/** Held for ten seconds. */
	reset(): void;
}

export class Hardware implements ButtonOptions {
	readonly pin: number;
	private readonly operator: Operator;
	private readonly relay: Output;
	private readonly light: Light | undefined;
	private readonly button: Button | undefined;
	private isOn: boolean;
	private conditions: number = Condition.Offline;
	private identifying: Timer | undefined;

	constructor(pins: Pins, operator: Operator, isOn: boolean) {
		this.operator = operator;
		this.relay = new Output(pins.relay, isOn);
		this.isOn = isOn;
		this.light = pins.led && new Light(pins.led);
		this.pin = pins.button?.pin ?? -1;
		this.button = pins.button && new Button(this);
		this.refresh();
	}

	switchTo(isOn: boolean): void {
		this.relay.write(isOn);
		this.isOn = isOn;
		this.refresh();
	}

	identify(): void {
		Timer.clear(this.identifying);
		this.identifying = Timer.set(() => this.show(Condition.Identifying, false), IDENTIFY_MS);
		this.show(Condition.Identifying, true);
	}

	showPaired(isPaired: boolean): void {
		this.show(Condition.Unpaired, !isPaired);
	}

	showConnected(isConnected: boolean): void {
		this.show(Condition.Offline, !isConnected);
	}

	showFault(): void {
		this.show(Condition.Fault, true);
	}

	close(): void {
		Timer.clear(this.identifying);
		this.button?.close();
		this.light?.close();
	}

	/* The button */

	onPress(): void {
		this.operator.toggle();
	}

	onHoldWarning(): void {
		this.show(Condition.Warned, true);
	}

	onHold(): void {
		this.show(Condition.Warned, false);
		this.operator.reset();
	}

	onHoldCancelled(): void {
		this.show(Condition.Warned, false);
	}

	private show(condition: Condition, isTrue: boolean): void {
		this.conditions = isTrue ? this.conditions | condition : this.conditions & ~condition;
		this.refresh();
	}

	private refresh(): void {
		this.light?.show(patternOf(this.conditions) ?? (this.isOn ? LIT : DARK));
	}
}

function patternOf(conditions: number): Pattern | undefined {
	if (conditions & Condition.Warned)
		return PATTERNS.warned;
	if (conditions & Condition.Identifying)
		return PATTERNS.identifying;
	if (conditions & Condition.Fault)
		return PATTERNS.fault;
	if (conditions & Condition.Offline)
		return PATTERNS.offline;
	return conditions & Condition.Unpaired ? PATTERNS.unpaired : undefined;
}
