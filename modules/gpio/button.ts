/** A push button between a pin and ground: debounced presses, and the hold that resets. */

import Digital from "embedded:io/digital";
import Timer from "timer";

export interface ButtonOptions {
	pin: number;
	onPress(): void;
	/** Held for `warnMS`: what follows the hold is announced. */
	onHoldWarning?(): void;
	/** Held for `holdMS`. */
	onHold?(): void;
	/** Let go after the warning and before the hold. */
	onHoldCancelled?(): void;
	warnMS?: number;
	holdMS?: number;
}

const DEBOUNCE_MS = 30; // contacts of push buttons bounce for up to some 20 ms
const WARN_MS = 5000;
const HOLD_MS = 10000;

function onReadable(this: Digital & { readonly target: Button; }): void {
	this.target.onEdge();
}

export class Button {
	private readonly options: ButtonOptions;
	private readonly digital: Digital;
	declare private settling: Timer | undefined;
	declare private holding: Timer | undefined;
	private isDown = false;
	private phase = 0;

	constructor(options: ButtonOptions) {
		this.options = options;
		this.digital = new Digital({
			pin: options.pin,
			mode: Digital.InputPullUp,
			edge: (Digital.Rising as unknown as number) | (Digital.Falling as unknown as number),
			target: this,
			onReadable,
		} as never);
	}

	close(): void {
		Timer.clear(this.settling);
		Timer.clear(this.holding);
		this.digital.close();
	}

	/** For the pin. */
	onEdge(): void {
		Timer.clear(this.settling);
		this.settling = Timer.set(() => {
			this.settling = undefined;
			this.settle(this.digital.read() === 0);
		}, DEBOUNCE_MS);
	}

	private settle(isDown: boolean): void {
		if (isDown === this.isDown)
			return;
		this.isDown = isDown;
		if (isDown)
			this.onDown();
		else
			this.onUp();
	}

	private onDown(): void {
		this.phase = 0;
		const { warnMS = WARN_MS, holdMS = HOLD_MS } = this.options;
		this.holding = Timer.set(() => this.onHoldTime(), warnMS, holdMS - warnMS);
	}

	private onHoldTime(): void {
		this.phase++;
		if (this.phase === 1) {
			this.options.onHoldWarning?.();
			return;
		}
		this.endHold();
		this.options.onHold?.();
	}

	private onUp(): void {
		const phase = this.phase;
		this.endHold();
		if (phase === 0)
			this.options.onPress();
		else if (phase === 1)
			this.options.onHoldCancelled?.();
	}

	private endHold(): void {
		Timer.clear(this.holding);
		this.holding = undefined;
	}
}
