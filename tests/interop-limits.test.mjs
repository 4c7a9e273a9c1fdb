/** How many may be connected, from both sides of the bound, and that nothing is left of those beyond it: docs/limits.md. */

import assert from "node:assert";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { withAccessory } from "./interop/accessory.mjs";
import { counters, settled } from "./interop/soak.mjs";

const IS_SIMULATOR = process.env.HAP_XS_TARGET === "sim";
const BEYOND = 5;
/** Longer than the timer runs on that looks after connections. */
const WATCH_MS = 6000;

for (const [places, bytes] of [[12, 65536], [18, 131072]])
	test(`${places} strangers are served in a block of ${bytes} bytes; each one more puts the oldest out, and leaves nothing behind`, {
		skip: IS_SIMULATOR,
	}, () =>
		withAccessory(async (accessory) => {
			const asked = async (stranger) => assert.strictEqual((await stranger.request("GET", "/accessories")).status, 470);
			const connected = async (count) => {
				const strangers = [];
				for (let i = 0; i < count; i++) {
					strangers.push(await accessory.connect());
					await asked(strangers[i]);
				}
				return strangers;
			};
			const leave = async (strangers) => {
				for (const stranger of strangers)
					await stranger.close();
			};
			await leave(await connected(places));
			await sleep(WATCH_MS);
			await settled(accessory);
			const before = await counters(accessory);
			const strangers = await connected(places);
			for (const stranger of strangers)
				await asked(stranger);
			const more = await connected(BEYOND);
			await Promise.all(strangers.slice(0, BEYOND).map(({ closed }) => closed));
			for (const stranger of [...strangers.slice(BEYOND), ...more])
				await asked(stranger);
			await leave([...strangers, ...more]);
			assert.deepStrictEqual(await settled(accessory, before), before);
		}, { parameters: ["--no-discovery", "--heap", String(bytes)] }));
