/** A relay, or a light, behind a digital output. */

import Digital from "embedded:io/digital";

export interface OutputOptions {
	pin: number;
	/** The level that means on is low. */
	activeLow?: boolean;
}

export class Output {
	private readonly digital: Digital;
	private readonly activeLow: boolean;

	/** From the first moment on what `isOn` says: a relay must not click in between. */
	constructor({ pin, activeLow }: OutputOptions, isOn = false) {
		this.activeLow = activeLow === true;
		this.digital = new Digital({ pin, mode: Digital.Output as never, initialValue: isOn === this.activeLow ? 0 : 1 } as never);
	}

	write(isOn: boolean): void {
		this.digital.write(isOn === this.activeLow ? 0 : 1);
	}

	close(): void {
		this.digital.close();
	}
}
