/** A relay, or a light, behind a digital output. */

import Digital from "embedded:io/digital";

export interface OutputOptions {
	pin: number;
	/** The level that means on is low. */
	activeLow?: boolean;
}

export class Output {
	readonly #digital: Digital;
	readonly #inverted: 0 | 1;

	constructor(options: OutputOptions) {
		this.#inverted = options.activeLow ? 1 : 0;
		this.#digital = new Digital({ pin: options.pin, mode: Digital.Output as never, initialValue: this.#inverted } as never);
		this.write(false);
	}

	write(isOn: boolean): void {
		this.#digital.write(((isOn ? 1 : 0) ^ this.#inverted) as 0 | 1);
	}

	close(): void {
		this.#digital.close();
	}
}
