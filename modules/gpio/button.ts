/** A push button between a pin and ground: debounced presses, and the hold that resets. */

import Timer from "timer";
import { Contact } from "hap/gpio/contact";
import { type TimerFor, timerFor } from "hap/timer/timer-for";

export interface ButtonOptions {
	pin: number;
	onPress(): void;
	/** Held for `warnMS`: what follows the hold is announced. */
	onHoldWarning?(): void;
	/** Held for `holdMS`: whoever lets go now means it. */
	onHoldReached?(): void;
	/** Let go after `holdMS`. */
	onHold?(): void;
	/** Let go after the warning and before the hold. */
	onHoldCancelled?(): void;
	/** Held for so long that nobody does; what it does from here on is nothing, until it is let go. */
	onStuck?(): void;
	warnMS?: number;
	holdMS?: number;
}

const WARN_MS = 5000;
const HOLD_MS = 10000;

/** How often the time from the warning to the hold has passed. */
const enum Phase {
	Pressed,
	Warned,
	Reached,
	/** With the usual times: after thirty seconds. */
	Stuck = 6,
}

const onHoldTime = ({ target }: TimerFor<Button>) => target.onHoldTime();

export class Button extends Contact {
	private readonly options: ButtonOptions;
	private phase: number = Phase.Pressed;
	declare private holding: Timer | undefined;

	constructor(options: ButtonOptions) {
		super(options.pin, true);
		this.options = options;
	}

	override close(): void {
		Timer.clear(this.holding);
		super.close();
	}

	/** For the timer. */
	onHoldTime(): void {
		this.phase++;
		if (this.phase === Phase.Warned)
			this.options.onHoldWarning?.();
		else if (this.phase === Phase.Reached)
			this.options.onHoldReached?.();
		else if (this.phase === Phase.Stuck) {
			this.endHold();
			this.options.onStuck?.();
		}
	}

	protected override onChange(): void {
		if (!this.isClosed) {
			this.onUp();
			return;
		}
		const { warnMS = WARN_MS, holdMS = HOLD_MS } = this.options;
		this.phase = Phase.Pressed;
		this.holding = timerFor<Button>(this, onHoldTime, warnMS, holdMS - warnMS);
	}

	private onUp(): void {
		const { phase, holding } = this;
		this.endHold();
		if (!holding)
			return;
		if (phase === Phase.Pressed)
			this.options.onPress();
		else if (phase === Phase.Warned)
			this.options.onHoldCancelled?.();
		else
			this.options.onHold?.();
	}

	private endHold(): void {
		Timer.clear(this.holding);
		this.holding = undefined;
	}
}
