/** The keyboard as a case's button and switches: the keys of npm start, for every target that has one. */

import type { AccessoryServer } from "hap/accessory/accessory-server";

const enum Key {
	Space = 32,
	EndOfText = 3, // control-C, where the terminal does not make a signal of it
	Q = 113,
	R = 114,
	S = 115,
	Y = 121,
}

export interface KeysOwner {
	readonly server: AccessoryServer;
	/** Presses the button, and lets it go. */
	press(): void;
	/** Shows what is inside, where keys can ask for it. */
	look?(): void;
	quit(): void;
	print(line: string): void;
}

export class Keys {
	private readonly owner: KeysOwner;
	private isAsking = false;

	constructor(owner: KeysOwner) {
		this.owner = owner;
	}

	onKey(code: number): void {
		if (this.isAsking) {
			this.onAnswer(code === Key.Y);
			return;
		}
		switch (code) {
			case Key.Space:
				this.owner.press();
				break;
			case Key.R:
				this.isAsking = true;
				this.owner.print("reset: all pairings are removed. y to go on, any other key to leave it");
				break;
			case Key.S:
				this.owner.look?.();
				break;
			case Key.Q:
			case Key.EndOfText:
				this.owner.quit();
				break;
			default:
				break;
		}
	}

	private onAnswer(isYes: boolean): void {
		this.isAsking = false;
		this.owner.print(isYes ? "resetting" : "not reset");
		if (isYes)
			this.owner.server.reset();
	}
}
