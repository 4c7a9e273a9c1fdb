/** The host's listener: where it listens, what it accepts, how it ends. */

import TCP from "embedded:io/socket/tcp";
import { connect, End, openListener, type Server, until } from "tests/fakes/loopback";
import { equal, ok, same, sleep, test, throws } from "tests/harness";

const QUIET_MS = 30;

/** Accepts everything, and answers what it accepted. */
function accepting(options: { port?: number; address?: string; }): { listener: Server; accepted: End[]; } {
	const accepted: End[] = [];
	const listener = openListener({
		...options,
		onReadable() {
			const from = this.read();
			if (from)
				accepted.push(new End({ from }));
		},
	});
	return { listener, accepted };
}

test("port 0 is a free port, which it tells", () => {
	const one = openListener({ port: 0, address: "127.0.0.1" });
	const two = openListener({ port: 0, address: "127.0.0.1" });
	ok(one.port > 0 && two.port > 0 && one.port !== two.port);
	equal(one.address, "127.0.0.1");
	one.close();
	two.close();
});

test("a port that is taken is refused with the reason, and free again after close", () => {
	const one = openListener({ address: "127.0.0.1" });
	const { port } = one;
	let message = "";
	try {
		openListener({ address: "127.0.0.1", port });
	}
	catch (error) {
		message = String(error);
	}
	ok(message.includes("in use"), message);
	one.close();
	openListener({ address: "127.0.0.1", port }).close();
});

for (const address of ["203.0.113.1", "no address", "256.0.0.1"] as const)
	test(`${address} is no address to listen on`, () => {
		throws(() => openListener({ address }));
	});

for (const port of [-1, 65536] as const)
	test(`port ${port} is refused`, () => {
		throws(() => openListener({ address: "127.0.0.1", port }), RangeError);
	});

test("without an address it serves both families, and an IPv4 peer reads as IPv4", async () => {
	const { listener, accepted } = accepting({});
	const clients: End[] = [];
	for (const address of ["127.0.0.1", "::1"]) {
		clients.push(new End({ address, port: listener.port }));
		await until(() => accepted.length === clients.length, address);
		equal(accepted[clients.length - 1].socket.remoteAddress, address);
		equal(accepted[clients.length - 1].socket.localAddress, address);
	}
	for (const end of [...clients, ...accepted])
		end.socket.close();
	listener.close();
});

test("with an address it serves that one only", async () => {
	const { listener, accepted } = accepting({ address: "127.0.0.1" });
	const other = new End({ address: "::1", port: listener.port });
	await until(() => other.errors === 1, "the refusal");
	equal(accepted.length, 0);
	other.socket.close();
	listener.close();
});

test("several that wait are accepted one by one", async () => {
	const { listener, accepted } = accepting({ address: "127.0.0.1" });
	const clients = Array.from({ length: 10 }, () => new End({ address: "127.0.0.1", port: listener.port }));
	await until(() => accepted.length === clients.length, "ten");
	const ports = new Set(accepted.map(({ socket }) => socket.remotePort));
	equal(ports.size, 10);
	for (const end of [...clients, ...accepted])
		end.socket.close();
	listener.close();
});

test("a connection is refused by closing it", async () => {
	const listener = openListener({
		address: "127.0.0.1",
		onReadable() {
			this.read()?.close();
		},
	});
	const client = new End({ address: "127.0.0.1", port: listener.port });
	await until(() => client.errors === 1, "the end");
	same([...client.received], []);
	client.socket.close();
	listener.close();
});

test("read answers undefined when nobody waits", () => {
	const listener = openListener({ address: "127.0.0.1" });
	equal(listener.read(), undefined);
	listener.close();
});

test("one without onReadable is read when the program likes", async () => {
	const listener = openListener({ address: "127.0.0.1" });
	const client = new End({ address: "127.0.0.1", port: listener.port });
	await until(() => client.rooms.length > 0, "connected");
	const from = listener.read();
	ok(from);
	from?.close();
	client.socket.close();
	listener.close();
});

test("a listener is closed twice, and in its own callback", async () => {
	let calls = 0;
	const listener = openListener({
		address: "127.0.0.1",
		onReadable() {
			calls++;
			this.close();
			this.close();
		},
	});
	const clients = [1, 2].map(() => new End({ address: "127.0.0.1", port: listener.port }));
	await until(() => clients.every(({ errors }) => errors > 0), "both refused");
	await sleep(QUIET_MS);
	equal(calls, 1);
	throws(() => listener.read());
	equal(listener.port, undefined);
	for (const { socket } of clients)
		socket.close();
});

test("a connection is read into a fresh shell only", async () => {
	interface Reader {
		readInto(shell?: unknown): unknown;
	}
	const { client, close } = await connect();
	const listener = openListener({ address: "127.0.0.1" });
	for (const shell of [undefined, {}, listener, client.socket])
		throws(() => (listener as unknown as Reader).readInto(shell), TypeError);
	equal((listener as unknown as Reader).readInto(new (TCP as unknown as new() => TCP)()), undefined);
	listener.close();
	close();
});
