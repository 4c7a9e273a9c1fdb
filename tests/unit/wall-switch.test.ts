/** Wall switches on the desktop's virtual pins: rockers and push buttons, wired either way. */

import { drivePin } from "host:pins";
import { WallSwitch, type WallSwitchKind } from "hap/gpio/wall-switch";
import { equal, sleep, test } from "tests/harness";

/** Longer than contacts bounce, with a margin for a busy computer. */
const SETTLED_MS = 150;

class Wall {
	wishes = 0;
	readonly wallSwitch: WallSwitch;
	readonly #pin: number;

	constructor(pin: number, kind: WallSwitchKind, activeLow = false) {
		this.#pin = pin;
		this.wallSwitch = new WallSwitch({ pin, activeLow }, kind, this);
	}

	onWallSwitch(): void {
		this.wishes++;
	}

	async go(level: number): Promise<number> {
		drivePin(this.#pin, level);
		await sleep(SETTLED_MS);
		return this.wishes;
	}
}

for (const activeLow of [false, true]) {
	const [open, closed] = activeLow ? [1, 0] : [0, 1];
	const wiring = activeLow ? "closed is low" : "closed is high";

	test(`each change of a rocker counts, ${wiring}`, async () => {
		const wall = new Wall(50, "toggle", activeLow);
		equal(await wall.go(closed), 1);
		equal(await wall.go(open), 2);
		equal(await wall.go(closed), 3);
		wall.wallSwitch.close();
	});

	test(`of a push button in the wall each press counts, letting go does not, ${wiring}`, async () => {
		const wall = new Wall(51, "momentary", activeLow);
		equal(await wall.go(closed), 1);
		equal(await wall.go(open), 1);
		equal(await wall.go(closed), 2);
		wall.wallSwitch.close();
	});
}

test("as it is when power comes, nobody wants anything", async () => {
	const wall = new Wall(52, "toggle");
	await sleep(SETTLED_MS);
	equal(wall.wishes, 0);
	wall.wallSwitch.close();
});

test("contacts that bounce are one change, and a spike is none", async () => {
	const wall = new Wall(53, "toggle");
	for (const level of [1, 0, 1, 0]) {
		drivePin(53, level);
		await sleep(4);
	}
	equal(await wall.go(0), 0);
	for (const level of [1, 0, 1]) {
		drivePin(53, level);
		await sleep(4);
	}
	equal(await wall.go(1), 1);
	wall.wallSwitch.close();
});

test("one that is stuck closed counts once", async () => {
	const wall = new Wall(54, "momentary");
	equal(await wall.go(1), 1);
	await sleep(5 * SETTLED_MS);
	equal(wall.wishes, 1);
	wall.wallSwitch.close();
});

test("a closed one tells nothing, in the middle of bouncing or not, and may be closed again", async () => {
	for (const wait of [0, SETTLED_MS]) {
		const wall = new Wall(55, "toggle");
		drivePin(55, 1);
		await sleep(wait);
		const { wishes } = wall;
		wall.wallSwitch.close();
		wall.wallSwitch.close();
		equal(await wall.go(0), wishes);
	}
});
