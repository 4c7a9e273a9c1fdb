/** Relay, light and button on the desktop's virtual pins. */

import { drivePin, pinLevel } from "host:pins";
import { Button } from "hap/gpio/button";
import { Output } from "hap/gpio/output";
import { equal, same, sleep, test } from "tests/harness";

/** Longer than contacts bounce, with a margin for a busy computer. */
const SETTLED_MS = 150;
const DOWN = 0;
const UP = 1;

test("an output is off at first, and then as it is told", () => {
	const output = new Output({ pin: 1 });
	equal(pinLevel(1), 0);
	output.write(true);
	equal(pinLevel(1), 1);
	output.write(true);
	equal(pinLevel(1), 1);
	output.write(false);
	equal(pinLevel(1), 0);
	output.close();
	output.close();
});

test("an output that is active low is off when its pin is high", () => {
	const output = new Output({ pin: 2, activeLow: true });
	equal(pinLevel(2), 1);
	output.write(true);
	equal(pinLevel(2), 0);
	output.write(false);
	equal(pinLevel(2), 1);
	output.close();
});

/** A button whose hold is short, and what it tells. */
class Held {
	readonly heard: string[] = [];
	readonly button: Button;
	readonly #pin: number;

	constructor(pin: number, warnMS = 400, holdMS = 800) {
		const { heard } = this;
		this.#pin = pin;
		this.button = new Button({
			pin,
			warnMS,
			holdMS,
			onPress: () => heard.push("press"),
			onHoldWarning: () => heard.push("warning"),
			onHoldReached: () => heard.push("reached"),
			onHold: () => heard.push("hold"),
			onStuck: () => heard.push("stuck"),
			onHoldCancelled: () => heard.push("cancelled"),
		});
	}

	async go(level: number, milliseconds: number): Promise<void> {
		drivePin(this.#pin, level);
		await sleep(milliseconds);
	}
}

test("a press is told when the button is let go", async () => {
	const held = new Held(10);
	await held.go(DOWN, SETTLED_MS);
	same(held.heard, []);
	await held.go(UP, SETTLED_MS);
	same(held.heard, ["press"]);
	held.button.close();
});

test("contacts that bounce are one press", async () => {
	const held = new Held(11);
	for (const level of [DOWN, UP, DOWN, UP])
		await held.go(level, 4);
	await held.go(DOWN, SETTLED_MS);
	for (const level of [UP, DOWN, UP, DOWN])
		await held.go(level, 4);
	await held.go(UP, SETTLED_MS);
	same(held.heard, ["press"]);
	held.button.close();
});

test("a spike that is over before contacts settle is no press", async () => {
	const held = new Held(12);
	await held.go(DOWN, 4);
	await held.go(UP, SETTLED_MS);
	same(held.heard, []);
	held.button.close();
});

test("held, it warns, and says when to let go, which does what it warned of and is no press", async () => {
	const held = new Held(13, 1000, 2000);
	await held.go(DOWN, 2600);
	same(held.heard, ["warning", "reached"]);
	await held.go(UP, SETTLED_MS);
	same(held.heard, ["warning", "reached", "hold"]);
	held.button.close();
});

test("one that is stuck does nothing, not even when it comes free, and works again then", async () => {
	const held = new Held(17, 100, 200);
	await held.go(DOWN, 1200);
	same(held.heard, ["warning", "reached", "stuck"]);
	await held.go(UP, SETTLED_MS);
	same(held.heard, ["warning", "reached", "stuck"]);
	await held.go(DOWN, 60);
	await held.go(UP, SETTLED_MS);
	same(held.heard, ["warning", "reached", "stuck", "press"]);
	held.button.close();
});

test("let go after the warning, it takes it back", async () => {
	const held = new Held(14, 600, 60_000);
	await held.go(DOWN, 1200);
	same(held.heard, ["warning"]);
	await held.go(UP, SETTLED_MS);
	same(held.heard, ["warning", "cancelled"]);
	await held.go(DOWN, SETTLED_MS);
	await held.go(UP, SETTLED_MS);
	same(held.heard, ["warning", "cancelled", "press"]);
	held.button.close();
});

test("without anybody who cares for holds, a hold does nothing", async () => {
	let presses = 0;
	const button = new Button({ pin: 15, warnMS: 50, holdMS: 100, onPress: () => presses++ });
	drivePin(15, DOWN);
	await sleep(400);
	drivePin(15, UP);
	await sleep(SETTLED_MS);
	equal(presses, 0);
	button.close();
});

test("a closed button tells nothing, settled or not, and may be closed again", async () => {
	for (const wait of [0, SETTLED_MS]) {
		const held = new Held(16, 600, 700);
		await held.go(DOWN, wait);
		held.button.close();
		await held.go(UP, 1000);
		held.button.close();
		same(held.heard, []);
	}
});
