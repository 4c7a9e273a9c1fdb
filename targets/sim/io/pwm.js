/** A virtual PWM pin: what it would do to a lamp is a line of the log. */

import { print } from "sim/process";

const WIDTH = 20;

class PWM {
	#pin;

	constructor({ pin, hz = 1024 }) {
		this.#pin = pin;
		this.hz = hz;
	}

	get resolution() {
		return 10;
	}

	get format() {
		return "number";
	}

	write(value) {
		const share = value / (2 ** this.resolution - 1);
		const lit = Math.round(share * WIDTH);
		print(`pin ${this.#pin}: ${"█".repeat(lit)}${"░".repeat(WIDTH - lit)} ${Math.round(100 * share)} %`);
	}

	close() {}
}

export default Object.freeze(PWM, true);
