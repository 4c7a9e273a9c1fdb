/** What the switch is when power comes back. */

import { PowerOnState } from "hap/accessory/power-on-state";
import { Records } from "hap/storage/records";
import { equal, same, sleep, test } from "tests/harness";

class Store {
	readonly kept = new Map<string, ArrayBuffer>();
	readonly faults: unknown[] = [];
	writes = 0;
	isFull = false;
	readonly records = new Records(this, () => {});

	read(key: string): ArrayBuffer | undefined {
		return this.kept.get(key);
	}

	write(key: string, value: Uint8Array): void {
		if (this.isFull)
			throw new Error("full");
		this.writes++;
		this.kept.set(key, value.slice().buffer);
	}

	delete(key: string): void {
		this.kept.delete(key);
	}

	onFault(error: unknown): void {
		this.faults.push(error);
	}
}

test("off and on are what they say, whatever was", () => {
	const store = new Store();
	const on = new PowerOnState(store.records, "on", store);
	equal(on.isOn, true);
	equal(on.keep(true), false, "nothing new");
	equal(on.keep(false), true);
	on.close();
	equal(new PowerOnState(store.records, "on", store).isOn, true);
	equal(new PowerOnState(store.records, "off", store).isOn, false);
	equal(store.writes, 0);
});

test("last: off at first, then as it was", () => {
	const store = new Store();
	const state = new PowerOnState(store.records, "last", store);
	equal(state.isOn, false);
	state.keep(true);
	state.close();
	state.close();
	equal(store.writes, 1);
	equal(new PowerOnState(store.records, "last", store).isOn, true);
});

test("a switch that is played with writes once", async () => {
	const store = new Store();
	const state = new PowerOnState(store.records, "last", store);
	for (const isOn of [true, false, true, false, true])
		state.keep(isOn);
	equal(store.writes, 0);
	await sleep(2500);
	equal(store.writes, 1);
	state.close();
	equal(store.writes, 1);
});

test("a store that takes nothing is told, and nothing else happens", async () => {
	const store = new Store();
	const state = new PowerOnState(store.records, "last", store);
	store.isFull = true;
	state.keep(true);
	await sleep(2500);
	equal(store.faults.length, 1);
	same([...store.kept.keys()], []);
});
