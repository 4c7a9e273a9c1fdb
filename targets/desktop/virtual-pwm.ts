/** A PWM pin (ECMA-419) that is a line of the log: what it would do to a lamp. */

const WIDTH = 20;
const RESOLUTION = 10;

export abstract class VirtualPWM {
	readonly hz: number;
	private readonly pin: number;

	constructor({ pin, hz = 1024 }: { pin: number; hz?: number; }) {
		this.pin = pin;
		this.hz = hz;
	}

	protected abstract print(line: string): void;

	get resolution(): number {
		return RESOLUTION;
	}

	get format(): string {
		return "number";
	}

	write(value: number): void {
		const share = value / (2 ** RESOLUTION - 1);
		const lit = Math.round(share * WIDTH);
		this.print(`pin ${this.pin}: ${"█".repeat(lit)}${"░".repeat(WIDTH - lit)} ${Math.round(100 * share)} %`);
	}

	close(): void {}
}
