/** What the switch is when power comes: always off, always on, or as it was. */

import Timer from "timer";
import type { Records } from "hap/storage/records";
import { type TimerFor, timerFor } from "hap/timer/timer-for";

export type PowerOn = "off" | "on" | "last";

const KEY = "on";
const VERSION = 1;
/** A switch that is played with writes once: flash lasts for some 100,000 writes a page. Power that fails sooner loses that change. */
const WRITE_AFTER_MS = 2000;

export interface FaultListener {
	onFault(error: unknown): void;
}

const onTimer = ({ target }: TimerFor<PowerOnState>) => target.write();

export class PowerOnState {
	private readonly records: Records;
	private readonly choice: PowerOn;
	private readonly faults: FaultListener;
	isOn: boolean;
	declare private timer: Timer | undefined;

	constructor(records: Records, choice: PowerOn, faults: FaultListener) {
		this.records = records;
		this.choice = choice;
		this.faults = faults;
		this.isOn = choice === "last" ? records.read(KEY, VERSION)?.[0] === 1 : choice === "on";
	}

	/** The switch is that now. Answers whether it was something else before. */
	keep(isOn: boolean): boolean {
		if (isOn === this.isOn)
			return false;
		this.isOn = isOn;
		if (this.choice === "last")
			this.timer ??= timerFor(this, onTimer, WRITE_AFTER_MS);
		return true;
	}

	/** Writes what is not written yet. */
	close(): void {
		if (!this.timer)
			return;
		Timer.clear(this.timer);
		this.write();
	}

	/** For the timer. */
	write(): void {
		this.timer = undefined;
		try {
			this.records.write(KEY, VERSION, Uint8Array.of(this.isOn ? 1 : 0));
		}
		catch (error) {
			this.faults.onFault(error);
		}
	}
}
