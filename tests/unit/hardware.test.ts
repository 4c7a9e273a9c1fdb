/** The switch's relay, light and button together, on virtual pins. */

import { drivePin, pinLevel } from "host:pins";
import { Hardware, type Operator } from "host/hardware";
import { equal, ok, same, sleep, test } from "tests/harness";

const RELAY = 40, LED = 41, BUTTON = 42;
const SETTLED_MS = 150;

class Person implements Operator {
	readonly did: string[] = [];
	readonly hardware: Hardware;

	constructor(isOn = false) {
		this.hardware = new Hardware({ relay: { pin: RELAY }, led: { pin: LED }, button: { pin: BUTTON } }, this, isOn);
	}

	toggle(): void {
		this.did.push("toggle");
	}

	reset(): void {
		this.did.push("reset");
	}
}

/** Changes of the light in half a second: 0 steady or slow, few for offline, many for what is urgent. */
async function blinks(): Promise<number> {
	let count = 0;
	for (let i = 0, level = pinLevel(LED); i < 100; i++) {
		await sleep(5);
		if (pinLevel(LED) !== level)
			count++;
		level = pinLevel(LED);
	}
	return count;
}

test("the relay is what it was told to be from the first moment on", () => {
	const { hardware } = new Person(true);
	equal(pinLevel(RELAY), 1);
	hardware.switchTo(false);
	equal(pinLevel(RELAY), 0);
	hardware.close();
});

test("the light is as the relay is, once connected and paired", async () => {
	const { hardware } = new Person();
	ok((await blinks()) >= 1, "offline: flashes");
	hardware.showConnected(true);
	hardware.showPaired(true);
	equal(pinLevel(LED), 0);
	hardware.switchTo(true);
	equal(pinLevel(LED), 1);
	equal(await blinks(), 0);
	hardware.close();
});

test("what is urgent hides what is not: a fault hides offline, offline hides unpaired", async () => {
	const { hardware } = new Person();
	hardware.showPaired(false);
	hardware.showConnected(true);
	equal(await blinks(), 0, "unpaired: a second lit");
	hardware.showFault();
	hardware.showConnected(false);
	ok((await blinks()) >= 3, "fault: three flashes");
	hardware.identify();
	equal(pinLevel(LED), 1);
	hardware.close();
});

test("a short press toggles; ten seconds reset, and the light warns from five on", async () => {
	const { hardware, did } = new Person();
	hardware.showConnected(true);
	hardware.showPaired(true);
	drivePin(BUTTON, 0);
	await sleep(SETTLED_MS);
	drivePin(BUTTON, 1);
	await sleep(SETTLED_MS);
	same(did, ["toggle"]);
	drivePin(BUTTON, 0);
	await sleep(3500);
	equal(await blinks(), 0);
	await sleep(1600);
	ok((await blinks()) >= 4, "warns");
	same(did, ["toggle"]);
	await sleep(4500);
	same(did, ["toggle", "reset"]);
	equal(await blinks(), 0);
	drivePin(BUTTON, 1);
	await sleep(SETTLED_MS);
	same(did, ["toggle", "reset"]);
	hardware.close();
});

test("let go before the ten seconds, nothing is lost and the warning ends", async () => {
	const { hardware, did } = new Person();
	hardware.showConnected(true);
	hardware.showPaired(true);
	drivePin(BUTTON, 0);
	await sleep(5600);
	drivePin(BUTTON, 1);
	await sleep(SETTLED_MS);
	same(did, []);
	equal(await blinks(), 0);
	hardware.close();
});

test("a button that is stuck from the start does nothing", async () => {
	drivePin(BUTTON, 0);
	const { hardware, did } = new Person();
	await sleep(SETTLED_MS);
	hardware.close();
	drivePin(BUTTON, 1);
	same(did, []);
});
