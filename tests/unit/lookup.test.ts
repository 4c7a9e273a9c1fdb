/**
 * What the desktop host remembers of look-ups never outlives what was looked up. Each question is asked twice by one place in the
 * code: the first answer is remembered, the second one is what was.
 */

import { ByteBudget } from "hap/bytes/byte-budget";
import { equal, ok, test, throws } from "tests/harness";

interface Sample {
	value?: unknown;
	other?: unknown;
	take?: unknown;
}

function read(sample: Sample): unknown {
	return sample.value;
}

function readTwice(sample: Sample): unknown {
	const first = read(sample);
	equal(read(sample), first);
	return first;
}

function write(sample: Sample, value: unknown): void {
	sample.value = value;
}

function method(budget: ByteBudget): unknown {
	return budget.take;
}

test("a property that was written is read, however often", () => {
	const sample: Sample = {};
	for (let i = 0; i < 5; i++) {
		write(sample, i);
		equal(readTwice(sample), i);
	}
});

test("a property that is deleted is gone, and a new one is another", () => {
	const sample: Sample = { value: 1, other: 2 };
	equal(readTwice(sample), 1);
	write(sample, 3);
	delete sample.value;
	equal(readTwice(sample), undefined);
	write(sample, 4);
	equal(readTwice(sample), 4);
	equal(sample.other, 2);
});

test("a property that was nowhere is found when it comes", () => {
	const sample: Sample = { other: 1 };
	equal(readTwice(sample), undefined);
	write(sample, 2);
	equal(readTwice(sample), 2);
	const empty: Sample = {};
	equal(readTwice(empty), undefined);
	Object.defineProperty(empty, "value", { value: 3 });
	equal(readTwice(empty), 3);
});

test("a property of the object's own hides the method of its class", () => {
	const budget = new ByteBudget(1);
	const { take } = ByteBudget.prototype;
	equal(method(budget), take);
	equal(method(budget), take);
	Object.defineProperty(budget, "take", { value: 1, configurable: true });
	equal(method(budget), 1);
	equal(method(budget), 1);
	delete (budget as Sample).take;
	equal(method(budget), take);
});

test("another prototype has other properties", () => {
	const sample: Sample = {};
	equal(readTwice(sample), undefined);
	Object.setPrototypeOf(sample, { value: 1 });
	equal(readTwice(sample), 1);
	Object.setPrototypeOf(sample, { value: 2 });
	equal(readTwice(sample), 2);
	Object.setPrototypeOf(sample, null);
	equal(readTwice(sample), undefined);
});

test("what a prototype on the heap gets or loses, its objects do", () => {
	const prototype: Sample = {};
	const sample: Sample = Object.create(Object.create(prototype));
	equal(readTwice(sample), undefined);
	prototype.value = 1;
	equal(readTwice(sample), 1);
	delete prototype.value;
	equal(readTwice(sample), undefined);
});

test("an accessor takes the place of a value, and a value an accessor's", () => {
	const sample: Sample = { value: 1 };
	let asked = 0;
	let told: unknown;
	equal(readTwice(sample), 1);
	write(sample, 2);
	Object.defineProperty(sample, "value", {
		configurable: true,
		get: () => ++asked,
		set(value: unknown) {
			told = value;
		},
	});
	equal(read(sample), 1);
	equal(read(sample), 2);
	write(sample, "set");
	equal(told, "set");
	Object.defineProperty(sample, "value", { value: 3, writable: true });
	equal(readTwice(sample), 3);
});

test("what is frozen after it was written is written no more", () => {
	const sample: Sample = { value: 1 };
	write(sample, 2);
	Object.freeze(sample);
	throws(() => write(sample, 3), TypeError);
	equal(readTwice(sample), 2);
	throws(() => write(Object.freeze(new ByteBudget(1)) as Sample, 1), TypeError);
});

test("objects that come to be where others were have their own properties", () => {
	const kept: { value: number; sample: Sample; }[] = [];
	for (let i = 0; i < 20000; i++) {
		const sample: Sample = i % 3 === 0 ? { value: i } : i % 3 === 1 ? { other: 0, value: i } : { other: i };
		equal(read(sample), i % 3 === 2 ? undefined : i);
		if (i % 3 === 2)
			write(sample, i);
		equal(read(sample), i);
		if (i % 997 === 0)
			kept.push({ value: i, sample });
	}
	for (const { value, sample } of kept)
		equal(readTwice(sample), value);
});

test("an object keeps what it has while others go", () => {
	const budget = new ByteBudget(1000);
	const sample: Sample = { value: 0 };
	for (let i = 1; i <= 1000; i++) {
		write(sample, i);
		const litter = [];
		for (let j = 0; j < 40; j++)
			litter.push({ value: j });
		equal(litter.length, 40);
		equal(read(sample), i);
		ok(budget.take(1));
	}
	equal(budget.left, 0);
});
