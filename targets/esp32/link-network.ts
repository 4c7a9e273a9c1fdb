/** The network over one interface: an uplink, the chip's clock, and a timer. Which interface that is, the manifest chooses. */

import Timer from "timer";
import { Clock } from "hap/accessory/clock";
import type { Network, NetworkListener } from "hap/accessory/network";
import { type Link, Uplink } from "hap/accessory/uplink";
import { messageOf } from "hap/accessory/target";
import { type TimerFor, timerFor } from "hap/timer/timer-for";
import { openLink } from "esp32/link";

export interface FailureListener {
	fail(message: string): void;
}

const NONE: readonly string[] = Object.freeze([]);

const onTimer = ({ target }: TimerFor<LinkNetwork>) => target.onTimer();

export class LinkNetwork extends Clock implements Network {
	private readonly failures: FailureListener;
	private readonly link: Link;
	private uplink: Uplink | undefined;
	declare private timer: Timer | undefined;

	constructor(failures: FailureListener) {
		super();
		this.failures = failures;
		this.link = openLink(() => this.step(true));
	}

	startNetwork(listener: NetworkListener): void {
		this.uplink = new Uplink(this.link, listener);
		this.step(false);
	}

	addresses(): readonly string[] {
		const address = this.uplink?.address;
		return address === undefined ? NONE : [address];
	}

	/** The link has changed, or time has passed. An error must not leave a callback, it would end the machine. */
	private step(isChange: boolean): void {
		const uplink = this.uplink;
		if (!uplink)
			return;
		const now = this.now();
		try {
			if (isChange)
				uplink.onChanged(now);
			else
				uplink.tick(now);
		}
		catch (error) {
			this.failures.fail(messageOf(error));
		}
		this.schedule(uplink, now);
	}

	private schedule({ due }: Uplink, now: number): void {
		if (this.timer)
			Timer.clear(this.timer);
		this.timer = due === Infinity ? undefined : timerFor(this, onTimer, Math.max(0, due - now));
	}

	/** For the timer. */
	onTimer(): void {
		this.timer = undefined;
		this.step(false);
	}
}
