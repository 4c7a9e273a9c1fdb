/** The status light on the desktop's virtual pins. */

import { pinLevel } from "host:pins";
import { DARK, Light, LIT, type Pattern } from "hap/gpio/light";
import { equal, ok, sleep, test } from "tests/harness";

/** How often the pin changed in that time, looked at every few milliseconds. */
async function changes(pin: number, milliseconds: number): Promise<number> {
	let count = 0;
	let level = pinLevel(pin);
	for (let i = 0; i < milliseconds / 5; i++) {
		await sleep(5);
		if (pinLevel(pin) !== level)
			count++;
		level = pinLevel(pin);
	}
	return count;
}

test("a light is dark, lit, or dark for good", async () => {
	const light = new Light({ pin: 20 });
	equal(pinLevel(20), 0);
	light.show(LIT);
	equal(pinLevel(20), 1);
	equal(await changes(20, 100), 0);
	light.show(DARK);
	equal(pinLevel(20), 0);
	light.close();
});

test("a pattern begins lit and goes round", async () => {
	const light = new Light({ pin: 21 });
	light.show([60, 60]);
	equal(pinLevel(21), 1);
	ok((await changes(21, 600)) >= 4, "blinks");
	light.close();
	equal(await changes(21, 200), 0, "a closed light rests");
});

test("the same pattern again does not begin anew, another one does", async () => {
	const light = new Light({ pin: 22 });
	const pattern: Pattern = [100_000, 100];
	light.show(pattern);
	light.show(pattern);
	equal(pinLevel(22), 1);
	light.show([1, 100_000]);
	await sleep(100);
	equal(pinLevel(22), 0);
	light.show(pattern);
	equal(pinLevel(22), 1);
	light.close();
});

test("a light that is active low is lit when its pin is low", () => {
	const light = new Light({ pin: 23, activeLow: true });
	equal(pinLevel(23), 1);
	light.show(LIT);
	equal(pinLevel(23), 0);
	light.close();
});
