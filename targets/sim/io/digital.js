/** embedded:io/digital for mcsim: an input is what the pane says, an output is told to the pane. */

import { listen, post, unlisten } from "sim/pane";

const FIRST_OUTPUT = 8;
const PINS = 64;
const MODES = Object.freeze([0, 1, 2, 3, 8, 9], true);
const BOTH_EDGES = 3;

class Digital {
	#pin;
	#edge;
	#isInput;
	#level;
	#onReadable;
	#isClosed = false;

	constructor(options) {
		const { pin, mode, edge = 0, initialValue = 0, onReadable, target } = options;
		if (pin === undefined || mode === undefined)
			throw new TypeError("pin and mode are needed");
		if (!(pin >= 0 && pin < PINS) || !MODES.includes(mode) || (edge & BOTH_EDGES) !== edge)
			throw new RangeError("no such pin, mode or edge");
		if (target)
			this.target = target;
		this.#pin = pin;
		this.#edge = edge;
		this.#isInput = mode < FIRST_OUTPUT;
		this.#level = this.#isInput ? Number(mode === Digital.InputPullUp) : initialValue;
		this.#onReadable = onReadable;
		listen(this);
		this.#tell();
	}
	close() {
		this.#isClosed = true;
		unlisten(this);
	}
	read() {
		this.#check();
		return this.#level;
	}
	write(value) {
		this.#check();
		if (this.#isInput)
			throw new Error("an input is not written");
		const level = value ? 1 : 0;
		if (level === this.#level)
			return;
		this.#level = level;
		this.#tell();
	}
	get format() {
		return "number";
	}

	/** For the pane. */
	onPaneMessage({ pin, level, hello }) {
		if (this.#isClosed)
			return;
		if (hello)
			this.#tell();
		if (pin !== this.#pin || !this.#isInput || level === this.#level)
			return;
		this.#level = level;
		if (this.#edge & (level ? Digital.Rising : Digital.Falling))
			this.#onReadable?.();
	}

	#check() {
		if (this.#isClosed)
			throw new Error("closed");
	}
	#tell() {
		if (!this.#isInput)
			post({ pin: this.#pin, level: this.#level });
	}
}
Digital.Input = 0;
Digital.InputPullUp = 1;
Digital.InputPullDown = 2;
Digital.InputPullUpDown = 3;
Digital.Output = 8;
Digital.OutputOpenDrain = 9;
Digital.Rising = 1;
Digital.Falling = 2;

export default Digital;
