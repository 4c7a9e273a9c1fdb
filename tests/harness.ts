/** A small test harness for modules that run in XS: cases are collected, run in order, and reported as TAP. */

import Timer from "timer";

interface Case {
	name: string;
	body: () => void | Promise<void>;
}

const cases: Case[] = [];

class AssertionError extends Error {}

export function test(name: string, body: () => void | Promise<void>): void {
	cases.push({ name, body });
}

export function ok(condition: unknown, message = "expected a true value"): void {
	if (!condition)
		throw new AssertionError(message);
}

/** Same value in the sense of Object.is. */
export function equal(actual: unknown, expected: unknown, message = ""): void {
	if (!Object.is(actual, expected))
		throw new AssertionError(`${message && `${message}: `}got ${show(actual)}, expected ${show(expected)}`);
}

/** Deep equality of plain objects, arrays, maps and typed arrays. */
export function same(actual: unknown, expected: unknown, message = ""): void {
	if (!isSame(actual, expected))
		throw new AssertionError(`${message && `${message}: `}got ${show(actual)}, expected ${show(expected)}`);
}

export function throws(body: () => unknown, kind: new(...parameters: never[]) => Error = Error, message = ""): void {
	try {
		body();
	}
	catch (error) {
		if (error instanceof kind)
			return;
		throw new AssertionError(`${message && `${message}: `}threw ${String(error)}, expected ${kind.name}`);
	}
	throw new AssertionError(`${message && `${message}: `}did not throw ${kind.name}`);
}

export function sleep(milliseconds: number): Promise<void> {
	return new Promise((resolve) => {
		Timer.set(() => resolve(), milliseconds);
	});
}

function isSame(a: unknown, b: unknown): boolean {
	if (Object.is(a, b))
		return true;
	if (typeof a !== "object" || typeof b !== "object" || a === null || b === null)
		return false;
	if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b))
		return false;
	if (a instanceof ArrayBuffer && b instanceof ArrayBuffer)
		return isSame(new Uint8Array(a), new Uint8Array(b));
	if (a instanceof Map && b instanceof Map)
		return isSame([...a], [...b]);
	const names = Object.keys(a);
	if (names.length !== Object.keys(b).length)
		return false;
	return names.every((name) => Object.hasOwn(b, name) && isSame(a[name as keyof typeof a], b[name as keyof typeof b]));
}

function show(value: unknown): string {
	if (value instanceof Uint8Array) {
		const digits = Array.from(value, (byte) => byte.toString(16).padStart(2, "0"));
		return `<${digits.join("")}>`;
	}
	if (value instanceof Map)
		return `Map ${show([...value])}`;
	if (typeof value === "bigint")
		return `${value}n`;
	if (Array.isArray(value))
		return `[${value.map(show).join(", ")}]`;
	if (typeof value === "object" && value !== null)
		return `{${
			Object.entries(value)
				.map(([name, item]) => `${name}: ${show(item)}`)
				.join(", ")
		}}`;
	if (typeof value === "string")
		return JSON.stringify(value);
	return String(value);
}

/** Runs every case in order; answers the number that failed. */
export async function run(print: (line: string) => void): Promise<number> {
	let failed = 0;
	let number = 0;
	print("TAP version 13");
	for (const { name, body } of cases) {
		number++;
		try {
			await body();
			print(`ok ${number} - ${name}`);
		}
		catch (error) {
			failed++;
			print(`not ok ${number} - ${name}`);
			const lines = error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ""}` : String(error);
			for (const line of lines.split("\n"))
				print(`  ${line}`);
		}
	}
	print(`1..${number}`);
	return failed;
}
