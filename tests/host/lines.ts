/**
 * Errors from many places. A line that a stack should name has a comment: a name of the table below, and which frame it is, counted
 * from the inside. A function that returns what it calls has no frame any more. tests/host-lines.test.mjs runs this module preloaded,
 * and not.
 */

import { print } from "host:process";

type Thrower = () => unknown;

/** Its code is long enough for branches of two bytes: what it throws comes from behind all of them. */
function long(list: number[], index: number): number {
	let sum = 0;
	if (index > 0) {
		for (const item of list) {
			if (item > 100 && index > 100)
				sum += item * index + list.length + list[0] + list[1] + item * 3 + list.length * index + list[0] * 7;
			else if (item > 50)
				sum += item - index - list.length - list[0] - list[1] - item * 5 - list.length * index - list[0] * 9;
			else
				sum += item;
		}
	}
	while (sum > 10)
		sum -= 10;
	if (sum <= 10)
		throw new Error("long"); // long 1
	return sum;
}

function check(value: number): number {
	if (value < 0)
		throw new RangeError("negative"); // helper 1, finally 1, loop 1, callback 1, superclass 1, again 1, getter 1, setter 1
	return value;
}

class Base {
	protected readonly start: number;
	constructor(start: number) {
		this.start = check(start); // superclass 2
	}
}

class Derived extends Base {
	#secret = 1;
	readonly field = this.start > 5 ? undefinedValue().length : 0; // field 1
	constructor(start: number) {
		super(start); // field 2, superclass 3
		this.#secret = start;
	}
	static secretOf(object: Derived): number {
		let secret = 0;
		secret += object.#secret; // private 1
		return secret;
	}
	get value(): number {
		const value = check(-this.#secret); // getter 2
		return value;
	}
	set value(value: number) {
		check(value); // setter 2
	}
}

function undefinedValue(): number[] {
	return undefined as unknown as number[];
}

function* numbers(): Generator<number> {
	yield 1;
	yield 2;
	throw new Error("no more"); // generator 1
}

function closureOf(depth: number): Thrower {
	const list = [depth];
	if (depth > 0) {
		const inner = closureOf(depth - 1);
		return () => {
			list.push(depth);
			const result = inner(); // closures 4, closures 5
			return result;
		};
	}
	return () => {
		list.push(depth);
		const items = list.map((item) => { // closures 3
			if (item === 0)
				throw new Error("deep"); // closures 1
			return item;
		});
		return items;
	};
}

function call(body: Thrower): unknown {
	return body();
}

const worth = {
	valueOf(): number {
		throw new Error("worthless"); // operator 1
	},
} as unknown as number;

function operator(a: number): number {
	let sum = a;
	sum = sum + worth; // operator 3
	return sum;
}

function inFinally(): void {
	let text = "";
	try {
		text += "tried";
		JSON.parse("{");
	}
	catch {
		text += "caught";
	}
	finally {
		if (text === "triedcaught")
			check(-1); // finally 2
	}
}

function inCatch(): void {
	try {
		check(-1);
	}
	catch (error) {
		throw new TypeError((error as Error).message); // catch 1
	}
}

function afterCatch(): void {
	for (let i = 0; i < 3; i++) {
		try {
			if (i === 1)
				continue;
			check(-i);
		}
		catch {
			break;
		}
	}
	check(-1); // again 2
}

function choose(value: string): number {
	switch (value) {
		case "a":
			return 1;
		case "b": {
			const index = value.length;
			throw new Error(`chosen ${index}`); // switch 1
		}
		default:
			return 2;
	}
}

const TABLE: Record<string, Thrower> = {
	first: () => {
		throw new Error("first"); // first 1
	},
	value: () => undefinedValue().length, // value 1
	helper: () => {
		check(-1); // helper 2
	},
	loop: () => {
		for (let i = 2; i > -3; i--)
			check(i); // loop 2
	},
	long: () => long([51, 1, 2, 73, 9], 1),
	callback: () => {
		[1, -1].forEach((item) => { // callback 4
			check(item); // callback 2
		});
	},
	closures: () => closureOf(2)(),
	switch: () => choose("b"),
	catch: inCatch,
	finally: inFinally,
	again: afterCatch,
	operator: () => operator(1),
	superclass: () => new Derived(-1), // superclass 4
	field: () => new Derived(6), // field 3
	private: () => Derived.secretOf({} as Derived),
	getter: () => 1 + new Derived(1).value, // getter 3
	setter: () => {
		new Derived(1).value = -1; // setter 3
	},
	generator: () => [...numbers()], // generator 3
	function: () => {
		const object: Record<string, Thrower> = {};
		object.missing(); // function 1
	},
	inline: () => {
		call(() => { // inline 2
			const text = "in";
			throw new Error(`${text}line`); // inline 1
		});
	},
};

async function later(): Promise<void> {
	await undefined;
	throw new Error("later"); // async 1
}

function tell(name: string, error: unknown): void {
	const { message, stack } = error as Error;
	print(JSON.stringify({ name, message, stack }));
}

export default function main(): void {
	for (const name of Object.keys(TABLE)) {
		try {
			TABLE[name]();
		}
		catch (error) {
			tell(name, error);
		}
	}
	later().catch((error: unknown) => tell("async", error));
}
