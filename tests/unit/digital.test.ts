/** The virtual pins of the host: levels, pull-ups and edges. */

import Digital from "embedded:io/digital";
import { drivePin, pinLevel } from "host:pins";
import { equal, same, sleep, test, throws } from "tests/harness";

const PIN = 5;
const QUIET_MS = 5;

interface Pin extends Digital {
	close(): void;
}

function input(options: { mode?: number; edge?: number; }, onReadable: () => void = () => {}): Pin {
	return new Digital({ pin: PIN, mode: Digital.Input, ...options, onReadable } as never) as Pin;
}

for (const [name, mode, level] of [["an input", 0, 0], ["a pull-up", 1, 1], ["a pull-down", 2, 0]] as const)
	test(`${name} rests at ${level}`, () => {
		const pin = input({ mode });
		equal(pin.read(), level);
		equal(pinLevel(PIN), level);
		pin.close();
	});

test("the modes and edges have the numbers of ECMA-419's host", () => {
	same([Digital.Input, Digital.InputPullUp, Digital.InputPullDown, Digital.InputPullUpDown, Digital.Output, Digital.OutputOpenDrain], [
		0,
		1,
		2,
		3,
		8,
		9,
	]);
	same([Digital.Rising, Digital.Falling], [1, 2]);
});

for (
	const [name, edge, expected] of [
		["rising", Digital.Rising, [1, 1]],
		["falling", Digital.Falling, [0, 0]],
		["both", Digital.Rising | Digital.Falling, [1, 0, 1, 0]],
		["no", 0, []],
	] as const
)
	test(`${name} edges call back, with the new level to read`, async () => {
		const levels: number[] = [];
		const pin = input({ edge }, () => levels.push(pin.read()));
		for (const level of [1, 0, 1, 0]) {
			drivePin(PIN, level);
			await sleep(QUIET_MS);
		}
		same(levels, expected);
		pin.close();
	});

test("a level that stays is no edge", async () => {
	let calls = 0;
	const pin = input({ edge: Digital.Rising | Digital.Falling }, () => calls++);
	drivePin(PIN, 0);
	await sleep(QUIET_MS);
	equal(calls, 0);
	drivePin(PIN, 1);
	drivePin(PIN, 1);
	await sleep(QUIET_MS);
	equal(calls, 1);
	pin.close();
});

test("a callback comes when the stack is empty, not from within drivePin", async () => {
	let calls = 0;
	const pin = input({ edge: Digital.Rising }, () => calls++);
	drivePin(PIN, 1);
	equal(calls, 0);
	await sleep(QUIET_MS);
	equal(calls, 1);
	pin.close();
});

test("a closed input hears nothing, though an edge was under way", async () => {
	let calls = 0;
	const pin = input({ edge: Digital.Rising }, () => calls++);
	drivePin(PIN, 1);
	pin.close();
	pin.close();
	await sleep(QUIET_MS);
	drivePin(PIN, 0);
	drivePin(PIN, 1);
	await sleep(QUIET_MS);
	equal(calls, 0);
	throws(() => pin.read());
});

test("an input closes itself in its callback", async () => {
	let calls = 0;
	const pin = input({ edge: Digital.Rising | Digital.Falling }, () => {
		calls++;
		pin.close();
	});
	drivePin(PIN, 1);
	await sleep(QUIET_MS);
	drivePin(PIN, 0);
	await sleep(QUIET_MS);
	equal(calls, 1);
});

test("an output has its initial value and what is written", () => {
	const pin = new Digital({ pin: PIN, mode: Digital.Output, initialValue: 1 } as never) as Pin;
	equal(pinLevel(PIN), 1);
	pin.write(0);
	equal(pinLevel(PIN), 0);
	equal(pin.read(), 0);
	pin.write(1);
	equal(pinLevel(PIN), 1);
	pin.close();
	throws(() => pin.write(0));
});

test("an input is not written", () => {
	const pin = input({});
	throws(() => pin.write(1));
	pin.close();
});

for (
	const [name, options, kind] of [
		["no pin", { mode: 0 }, TypeError],
		["no mode", { pin: PIN }, TypeError],
		["a pin that is not there", { pin: 64, mode: 0 }, RangeError],
		["an unknown mode", { pin: PIN, mode: 10 }, RangeError],
		["an unknown edge", { pin: PIN, mode: 0, edge: 4 }, RangeError],
	] as const
)
	test(`${name} is refused`, () => throws(() => new Digital(options as never), kind));

test("the world has no other pins either", () => {
	throws(() => drivePin(64, 1), RangeError);
	throws(() => drivePin(-1, 1), RangeError);
	throws(() => pinLevel(64), RangeError);
});
