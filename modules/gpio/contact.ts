/** A contact on a pin, which tells of a change when its bouncing is over. */

import Digital from "embedded:io/digital";
import Timer from "timer";
import { type TimerFor, timerFor } from "hap/timer/timer-for";

const DEBOUNCE_MS = 30; // contacts of push buttons bounce for up to some 20 ms

function onReadable(this: Digital & { readonly target: Contact; }): void {
	this.target.onEdge();
}

const onSettled = ({ target }: TimerFor<Contact>) => target.onSettled();

export abstract class Contact {
	protected isClosed: boolean;
	private readonly digital: Digital;
	private readonly closedLevel: 0 | 1;
	declare private settling: Timer | undefined;

	/**
	 * `isActiveLow`: closed, it pulls the pin to ground, and the chip pulls it up otherwise; else it drives the pin, high when closed.
	 * What is closed when power comes was closed before.
	 */
	constructor(pin: number, isActiveLow: boolean) {
		this.closedLevel = isActiveLow ? 0 : 1;
		this.digital = new Digital({
			pin,
			mode: isActiveLow ? Digital.InputPullUp : Digital.Input,
			edge: (Digital.Rising as unknown as number) | (Digital.Falling as unknown as number),
			target: this,
			onReadable,
		} as never);
		this.isClosed = this.readClosed();
	}

	protected abstract onChange(): void;

	close(): void {
		Timer.clear(this.settling);
		this.digital.close();
	}

	/** For the pin. */
	onEdge(): void {
		Timer.clear(this.settling);
		this.settling = timerFor<Contact>(this, onSettled, DEBOUNCE_MS);
	}

	/** For the timer. */
	onSettled(): void {
		this.settling = undefined;
		const isClosed = this.readClosed();
		if (isClosed === this.isClosed)
			return;
		this.isClosed = isClosed;
		this.onChange();
	}

	private readClosed(): boolean {
		return this.digital.read() === this.closedLevel;
	}
}
