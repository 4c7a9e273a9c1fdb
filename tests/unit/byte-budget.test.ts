/** Memory that all connections share. */

import { ByteBudget } from "hap/bytes/byte-budget";
import { equal, test } from "tests/harness";

test("what is taken is no longer left", () => {
	const budget = new ByteBudget(100);
	equal(budget.left, 100);
	equal(budget.take(60), true);
	equal(budget.left, 40);
});

test("all of it may be taken, to the last byte", () => {
	const budget = new ByteBudget(100);
	equal(budget.take(99), true);
	equal(budget.take(1), true);
	equal(budget.left, 0);
});

test("one byte more than is left is refused, and costs nothing", () => {
	const budget = new ByteBudget(100);
	equal(budget.take(101), false);
	equal(budget.left, 100);
	budget.take(70);
	equal(budget.take(31), false);
	equal(budget.left, 30);
});

test("nothing may always be taken", () => {
	equal(new ByteBudget(0).take(0), true);
	equal(new ByteBudget(0).take(1), false);
});

test("what is given back may be taken again", () => {
	const budget = new ByteBudget(10);
	budget.take(10);
	budget.give(4);
	equal(budget.left, 4);
	equal(budget.take(5), false);
	equal(budget.take(4), true);
});
