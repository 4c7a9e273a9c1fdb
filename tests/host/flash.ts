/**
 * Preloaded by its test, so that what is below lies in what would be flash. With each key that comes in, something of it
 * is written: the first argument says what.
 */

import { argumentText, print, watchKeys } from "host:process";

class Counter {
	static total = 0;
	#count = 0;
	get count(): number {
		return this.#count;
	}
	add(): number {
		return ++this.#count;
	}
}

let number = 1;
const object: Record<string, number> = { a: 1 };
const nested = { inner: { a: 1 } };
const array = [1, 2];
const frozen = Object.freeze({ a: 1 });
const map = new Map([[1, 1]]);
const set = new Set([1]);
const weakMap = new WeakMap<object, number>();
const bytes = new Uint8Array(4);
const view = new DataView(new ArrayBuffer(4));
const pattern = /a/g;
const counter = new Counter();
function named(): void {}

/** Copied to the machine's own memory when they are first written, as XS does on a device. */
const COPIED: Record<string, () => number> = {
	variable: () => ++number,
	property: () => ++object.a,
	newProperty: () => {
		object.b = 2;
		return object.b;
	},
	inner: () => ++nested.inner.a,
	item: () => {
		array.push(2);
		return array[2];
	},
	private: () => {
		counter.add();
		return counter.add();
	},
};

/** Not written, whatever happens. */
const STOPPED: Record<string, () => unknown> = {
	static: () => ++Counter.total,
	function: () => {
		(named as unknown as Record<string, number>).a = 1;
	},
	prototype: () => {
		(Counter.prototype as unknown as Record<string, number>).a = 1;
	},
	intrinsic: () => {
		(Array.prototype as unknown as Record<string, number>).a = 1;
	},
	frozen: () => {
		(frozen as { a: number; }).a = 2;
	},
	map: () => map.set(2, 2),
	mapValue: () => map.set(1, 2),
	mapClear: () => map.clear(),
	set: () => set.add(2),
	weakMap: () => weakMap.set(object, 2),
	bytes: () => {
		bytes[0] = 1;
	},
	fill: () => bytes.fill(1),
	view: () => view.setUint8(0, 1),
	pattern: () => pattern.exec("aa"),
};

export default function main(): void {
	const kind = argumentText(0) ?? "";
	const expected = argumentText(1) ?? "copied";
	watchKeys(() => {
		if (expected === "copied") {
			print(`written ${COPIED[kind]()}`);
			return;
		}
		try {
			STOPPED[kind]();
			print("went on");
		}
		catch (error) {
			print(`threw ${error instanceof Error ? error.name : "?"}`);
		}
	});
	print("ready");
}

export const KINDS = Object.freeze([Object.keys(COPIED), Object.keys(STOPPED)], true);
