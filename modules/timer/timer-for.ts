/** Timers that know whom they are for: a function made for one, with its environment, takes eight slots more for as long as it runs. */

import Timer from "timer";

export interface TimerFor<Target> extends Timer {
	readonly target: Target;
}

/** `callback` is a function of a module, and finds in the timer what it is about. `repeatMS` 0: once. */
export function timerFor<Target>(target: Target, callback: (timer: TimerFor<Target>) => void, ms: number, repeatMS = 0): Timer {
	const timer = Timer.set(callback as (timer: Timer) => void, ms, repeatMS);
	return Object.assign(timer, { target });
}
