/** An accessory's light and button together, on virtual pins. */

import { drivePin, pinLevel } from "host:pins";
import { Panel } from "hap/accessory/panel";
import { equal, ok, same, sleep, test } from "tests/harness";

const LED = 41, BUTTON = 42;
const SETTLED_MS = 150;

class Person extends Panel {
	readonly did: string[];

	constructor() {
		const did: string[] = [];
		super({ led: { pin: LED }, button: { pin: BUTTON } }, { reset: () => did.push("reset") });
		this.did = did;
	}

	override onPress(): void {
		this.did.push("press");
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

test("the light is as it was told to be, once connected and paired", async () => {
	const person = new Person();
	ok((await blinks()) >= 1, "offline: flashes");
	person.showConnected(true);
	person.showPaired(true);
	equal(pinLevel(LED), 0);
	person.light(true);
	equal(pinLevel(LED), 1);
	equal(await blinks(), 0);
	person.close();
});

test("what is urgent hides what is not: a fault hides offline, offline hides unpaired", async () => {
	const person = new Person();
	person.showPaired(false);
	person.showConnected(true);
	equal(await blinks(), 0, "unpaired: a second lit");
	person.showFault();
	person.showConnected(false);
	ok((await blinks()) >= 3, "fault: three flashes");
	person.identify();
	equal(pinLevel(LED), 1);
	person.close();
});

test("a short press is told; let go after ten seconds it resets, and the light warns from five on", async () => {
	const person = new Person();
	person.showConnected(true);
	person.showPaired(true);
	drivePin(BUTTON, 0);
	await sleep(SETTLED_MS);
	drivePin(BUTTON, 1);
	await sleep(SETTLED_MS);
	same(person.did, ["press"]);
	drivePin(BUTTON, 0);
	await sleep(3500);
	equal(await blinks(), 0);
	await sleep(1600);
	ok((await blinks()) >= 4, "warns");
	same(person.did, ["press"]);
	await sleep(4500);
	same(person.did, ["press"]);
	equal(await blinks(), 0, "the blinking ends when it may be let go");
	drivePin(BUTTON, 1);
	await sleep(SETTLED_MS);
	same(person.did, ["press", "reset"]);
	person.close();
});

test("let go before the ten seconds, nothing is lost and the warning ends", async () => {
	const person = new Person();
	person.showConnected(true);
	person.showPaired(true);
	drivePin(BUTTON, 0);
	await sleep(5600);
	drivePin(BUTTON, 1);
	await sleep(SETTLED_MS);
	same(person.did, []);
	equal(await blinks(), 0);
	person.close();
});

test("a button that is stuck resets nothing, and the light shows a fault", async () => {
	const person = new Person();
	person.showConnected(true);
	person.showPaired(true);
	person.onStuck();
	ok((await blinks()) >= 3, "fault: three flashes");
	same(person.did, []);
	person.close();
});

test("a button that is stuck from the start does nothing", async () => {
	drivePin(BUTTON, 0);
	const person = new Person();
	await sleep(SETTLED_MS);
	person.close();
	drivePin(BUTTON, 1);
	same(person.did, []);
});
