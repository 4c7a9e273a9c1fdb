/** Milliseconds that never go back and never wrap: the device's ticks are 32 bits, which last 24 days. */

import Time from "time";

export class Clock {
	private last = Time.ticks;
	private total = 0;

	/** To be called at least once in 24 days; any timer or packet does. */
	now(): number {
		const ticks = Time.ticks;
		if (ticks !== this.last) {
			this.total += Time.delta(this.last, ticks);
			this.last = ticks;
		}
		return this.total;
	}
}
