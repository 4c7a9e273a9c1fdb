/** The keys of npm start, from standard input: what a script presses without a mouse. */

import type { Firmware } from "host/firmware";
import { InputWatch, print } from "sim/process";

const enum Key {
	Space = 32,
	Q = 113,
	R = 114,
	Y = 121,
}

export interface KeysOwner {
	readonly firmware: Firmware;
	/** Presses the button, and lets it go. */
	press(): void;
	quit(): void;
}

export class Keys {
	readonly #owner: KeysOwner;
	#isAsking = false;

	constructor(owner: KeysOwner) {
		this.#owner = owner;
		new InputWatch<Keys>({ target: this, onByte });
	}

	/** For the input. */
	onKey(key: number): void {
		if (this.#isAsking) {
			this.onAnswer(key === Key.Y);
			return;
		}
		switch (key) {
			case Key.Space:
				this.#owner.press();
				break;
			case Key.R:
				this.#isAsking = true;
				print("reset: all pairings are removed. y to go on, any other key to leave it");
				break;
			case Key.Q:
				this.#owner.quit();
				break;
			default:
				break;
		}
	}

	private onAnswer(isYes: boolean): void {
		this.#isAsking = false;
		print(isYes ? "resetting" : "not reset");
		if (isYes)
			this.#owner.firmware.reset();
	}
}

function onByte(this: { readonly target: Keys; }, byte: number): void {
	this.target.onKey(byte);
}
