/** What ends a process: the first argument says how. The lines of `throw` are in tests/host.test.mjs. */

import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import { argumentText, print } from "host:process";
import Timer from "timer";

function fail(): never {
	throw new RangeError("on purpose");
}

function engineFault(value: { inner: { name: string; }; } | undefined): string {
	return (value as { inner: { name: string; }; }).inner.name;
}

function overflow(depth: number): number {
	return 1 + overflow(depth + 1);
}

function inSocketCallback(): void {
	const listener: Listener = new Listener({
		address: "127.0.0.1",
		onReadable() {
			fail();
		},
	});
	new TCP({ address: "127.0.0.1", port: listener.port });
}

/** Keeps what `make` answers until there is no room for more. */
function keep(make: (index: number) => unknown): void {
	const all: unknown[] = [];
	for (let i = 0;; i++)
		all.push(make(i));
}

function names(): void {
	const all: Record<string, number> = {};
	for (let i = 0;; i++)
		all[`name${i}`] = i;
}

const KINDS: Record<string, () => unknown> = {
	chunks: () => keep(() => new Uint8Array(100)),
	slots: () => keep(() => ({})),
	text: () => keep((index) => `text ${index}`.repeat(10)),
	buffer: () => new Uint8Array(1 << 24),
	names,
	stack: () => overflow(0),
	nested: () => JSON.parse("[".repeat(5000)),
	throw: fail,
	engine: () => engineFault(undefined),
	value: () => {
		throw "only text";
	},
	timer: () => Timer.set(fail, 1),
	socket: inSocketCallback,
	rejection: () => {
		Promise.reject(new RangeError("on purpose"));
	},
	late: () => new Promise((_, reject) => Timer.set(() => reject(new RangeError("on purpose")), 1)),
	handled: () => {
		const promise = Promise.reject(new Error("taken"));
		promise.catch(() => print("taken"));
	},
	nothing: () => undefined,
};

export default async function main(): Promise<void> {
	print("begins");
	await KINDS[argumentText(0) ?? "nothing"]();
}
