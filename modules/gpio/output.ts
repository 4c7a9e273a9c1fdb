/** A relay, or a light, behind a digital output. */

import Digital from "embedded:io/digital";

export interface OutputOptions {
	pin: number;
	/** The level that means on is low. */
	activeLow?: boolean;
}

export class Output {
	private readonly digital: Digital;
	private readonly inverted: 0 | 1;

	/** From the first moment on what `isOn` says: a relay must not click in between. */
	constructor({ pin, activeLow }: OutputOptions, isOn = false) {
		this.inverted = activeLow ? 1 : 0;
		this.digital = new Digital({ pin, mode: Digital.Output as never, initialValue: this.levelOf(isOn) } as never);
	}

	write(isOn: boolean): void {
		this.digital.write(this.levelOf(isOn));
	}

	close(): void {
		this.digital.close();
	}

	private levelOf(isOn: boolean): 0 | 1 {
		return ((isOn ? 1 : 0) ^ this.inverted) as 0 | 1;
	}
}
