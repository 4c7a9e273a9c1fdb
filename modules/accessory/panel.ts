/** What an accessory with a light and a button has in common with every other: what they say and do about the accessory itself. */

import Timer from "timer";
import type { Device } from "hap/accessory/device";
import { Button, type ButtonOptions } from "hap/gpio/button";
import { DARK, Light, LIT, type Pattern } from "hap/gpio/light";
import type { OutputOptions } from "hap/gpio/output";
import { type TimerFor, timerFor } from "hap/timer/timer-for";

/** What the light tells, the most urgent last. With none of them it is as the accessory's own code has it. */
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

export interface PanelPins {
	readonly led?: OutputOptions;
	readonly button?: { readonly pin: number; };
}

/** What the button does to the accessory. */
export interface PanelOwner {
	/** The button was held for ten seconds, and let go. */
	reset(): void;
}

const onIdentified = ({ target }: TimerFor<Panel>) => target.show(Condition.Identifying, false);

export abstract class Panel<Owner extends PanelOwner = PanelOwner> implements ButtonOptions, Device {
	readonly pin: number;
	protected readonly owner: Owner;
	private readonly lamp: Light | undefined;
	private readonly button: Button | undefined;
	private isLit = false;
	private conditions: number = Condition.Offline;
	declare private identifying: Timer | undefined;

	constructor({ led, button }: PanelPins, owner: Owner) {
		this.owner = owner;
		this.lamp = led && new Light(led);
		this.pin = button?.pin ?? -1;
		this.button = button && new Button(this);
		this.refresh();
	}

	/** A short press. */
	abstract onPress(): void;

	/** What the light shows when there is nothing to tell. */
	light(isLit: boolean): void {
		this.isLit = isLit;
		this.refresh();
	}

	identify(): void {
		Timer.clear(this.identifying);
		this.identifying = timerFor<Panel>(this, onIdentified, IDENTIFY_MS);
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
		this.lamp?.close();
	}

	/* The button */

	onHoldWarning(): void {
		this.show(Condition.Warned, true);
	}

	/** The blinking ends: now it may be let go. */
	onHoldReached(): void {
		this.show(Condition.Warned, false);
	}

	onHold(): void {
		this.owner.reset();
	}

	/** Nobody resets with a button that cannot be let go. */
	onStuck(): void {
		this.showFault();
	}

	onHoldCancelled(): void {
		this.show(Condition.Warned, false);
	}

	/** For the timer. */
	show(condition: Condition, isTrue: boolean): void {
		this.conditions = isTrue ? this.conditions | condition : this.conditions & ~condition;
		this.refresh();
	}

	private refresh(): void {
		this.lamp?.show(patternOf(this.conditions) ?? (this.isLit ? LIT : DARK));
	}
}

function patternOf(conditions: number): Pattern | undefined {
	if (conditions === 0)
		return undefined;
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
