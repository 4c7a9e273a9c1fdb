/** A light that blinks in patterns which a person can tell apart. */

import Timer from "timer";
import { Output, type OutputOptions } from "hap/gpio/output";
import { type TimerFor, timerFor } from "hap/timer/timer-for";

/** Milliseconds lit, dark, lit, dark …, over and over; a single number is what it is for good: 1 lit, 0 dark. */
export type Pattern = readonly number[];

export const DARK: Pattern = Object.freeze([0]);
export const LIT: Pattern = Object.freeze([1]);

const onTimer = ({ target }: TimerFor<Light>) => target.next();

export class Light {
	private readonly output: Output;
	private pattern: Pattern = DARK;
	private step = 0;
	declare private timer: Timer | undefined;

	constructor(options: OutputOptions) {
		this.output = new Output(options);
	}

	/** From the pattern's beginning; the same pattern again goes on. */
	show(pattern: Pattern): void {
		if (pattern === this.pattern)
			return;
		this.pattern = pattern;
		this.step = 0;
		if (this.timer)
			this.stop();
		this.next();
	}

	close(): void {
		this.stop();
		this.output.close();
	}

	private stop(): void {
		if (this.timer)
			Timer.clear(this.timer);
		this.timer = undefined;
	}

	/** For the timer. */
	next(): void {
		const pattern = this.pattern;
		if (pattern.length === 1) {
			this.output.write(pattern[0] === 1);
			return;
		}
		this.output.write(this.step % 2 === 0);
		this.timer = timerFor(this, onTimer, pattern[this.step]);
		this.step = (this.step + 1) % pattern.length;
	}
}
