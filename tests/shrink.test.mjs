/** What release images are relieved of changes nothing that can be seen. */

import assert from "node:assert";
import { test } from "node:test";
import { shrink } from "../scripts/shrink.mjs";

const load = (source) => import(`data:text/javascript,${encodeURIComponent(source)}`);

test("functions are called from the first line on, export what they exported, and keep their names", async () => {
	const small = await shrink(`
		export const first = twice(4);
		export function twice(number = fallback(), ...rest) { return 2 * number + rest.length; }
		function fallback() { return 21; }
		export { fallback as other };
	`);
	const { first, twice, other } = await load(small);
	assert.deepStrictEqual([first, twice(), twice(1, 2, 3), other(), twice.name], [8, 42, 4, 21, "twice"]);
	assert.strictEqual(twice.prototype, undefined, "nobody constructs it");
});

test("a function whose name is assigned to is still called by it", async () => {
	const small = await shrink(`
		export function declare() { return serve() + 1; }
		export function serve() { return 1; }
		export function leave(gone) { [declare, serve] = gone; }
	`);
	const module = await load(small);
	assert.strictEqual(module.declare(), 2);
	const gone = () => 0;
	module.leave([gone, gone]);
	assert.deepStrictEqual([module.declare, module.serve], [gone, gone]);
});

test("functions with a this, an arguments or a new.target of their own, generators and asynchronous ones stay what they are", async () => {
	const small = await shrink(`
		export function self() { return this; }
		export function count() { return arguments.length; }
		export function target() { return new.target; }
		export function inner() { return (() => this)(); }
		export function outer() { return class { who() { return this; } }; }
		export function* each() { yield 1; }
		export async function later() { return 2; }
	`);
	const module = await load(small);
	assert.strictEqual(module.self.call(5), 5);
	assert.strictEqual(module.count(1, 2), 2);
	assert.strictEqual(new module.target(), module.target);
	assert.strictEqual(module.inner.call(6), 6);
	const made = new (module.outer())();
	assert.strictEqual(made.who(), made);
	assert.deepStrictEqual([...module.each()], [1]);
	assert.strictEqual(await module.later(), 2);
});

test("constants of the module need no name, locals have short ones", async () => {
	const small = await shrink(`
		const LIMIT = 512;
		export function check(message) { const messageLength = message.length; return messageLength <= LIMIT && messageLength > 0; }
	`);
	assert.doesNotMatch(small, /LIMIT|message/);
	const { check } = await load(small);
	assert.deepStrictEqual([check("a"), check(""), check("a".repeat(513))], [true, false, false]);
});

test("private fields, properties and exports keep their names", async () => {
	const small = await shrink("export class Budget { bytesLeft = 3; take(bytes) { this.bytesLeft -= bytes; return this.bytesLeft; } }");
	const budget = new (await load(small)).Budget();
	assert.strictEqual(budget.take(1), 2);
	assert.deepStrictEqual(Object.keys(budget), ["bytesLeft"]);
});

test("native functions stay as mcconfig's compiler knows them", async () => {
	const small = await shrink('export function random(bytes) { native("xs_hap_random").call(this, bytes); }');
	assert.match(small, /function random\((\w+)\)\{native\("xs_hap_random"\)\.call\(this,\1\)\}/);
});
