/** Bytes through the host's TCP: both ways, both families, every form of read. */

import type TCP from "embedded:io/socket/tcp";
import { sameBytes } from "hap/bytes/bytes";
import { connect, End, openListener, pattern, type Stream, until } from "tests/fakes/loopback";
import { equal, ok, same, sleep, test, throws } from "tests/harness";

for (const address of ["127.0.0.1", "::1"] as const) {
	test(`bytes go both ways on ${address}`, async () => {
		const { client, server, close } = await connect(address);
		client.socket.write(Uint8Array.of(1, 2, 3));
		await until(() => server.received.length === 3, "the client's bytes");
		server.socket.write(Uint8Array.of(4, 5));
		await until(() => client.received.length === 2, "the server's bytes");
		same(server.received, Uint8Array.of(1, 2, 3));
		same(client.received, Uint8Array.of(4, 5));
		close();
	});

	test(`both ends of ${address} know their addresses`, async () => {
		const { client, server, close } = await connect(address);
		equal(client.socket.remoteAddress, address);
		equal(client.socket.localAddress, address);
		equal(server.socket.remoteAddress, address);
		equal(server.socket.localAddress, address);
		ok(server.socket.remotePort > 0 && client.socket.remotePort > 0);
		close();
	});
}

test("onReadable tells all that can be read, once for each arrival", async () => {
	const { client, server, close } = await connect();
	server.isReading = false;
	client.socket.write(pattern(10));
	await until(() => server.arrivals.length === 1, "the first arrival");
	client.socket.write(pattern(5, 10));
	await until(() => server.arrivals.length === 2, "the second arrival");
	same(server.arrivals, [10, 15]);
	close();
});

test("read takes all, a number, or what a buffer holds, in order", async () => {
	const { client, server, close } = await connect();
	server.isReading = false;
	client.socket.write(pattern(10));
	await until(() => server.arrivals.length > 0, "the bytes");
	same(server.socket.read(3), pattern(3).buffer);
	const bytes = new Uint8Array(4);
	equal(server.socket.read(bytes), 4);
	same(bytes, pattern(4, 3));
	same(server.socket.read(), pattern(3, 7).buffer);
	equal(server.socket.read(), undefined);
	equal(server.socket.read(1), undefined);
	equal(server.socket.read(bytes), undefined);
	close();
});

test("a read fills a view and nothing beside it", async () => {
	const { client, server, close } = await connect();
	server.isReading = false;
	client.socket.write(Uint8Array.of(7, 8));
	await until(() => server.arrivals.length > 0, "the bytes");
	const whole = new Uint8Array(6);
	equal(server.socket.read(whole.subarray(2, 4)), 2);
	same(whole, Uint8Array.of(0, 0, 7, 8, 0, 0));
	close();
});

for (const count of [0, -1, 11] as const)
	test(`a read of ${count} where there are 10 is refused and takes nothing`, async () => {
		const { client, server, close } = await connect();
		server.isReading = false;
		client.socket.write(pattern(10));
		await until(() => server.arrivals.length > 0, "the bytes");
		throws(() => server.socket.read(count), RangeError);
		if (count >= 0)
			throws(() => server.socket.read(new Uint8Array(count)), RangeError);
		same(server.socket.read(), pattern(10).buffer);
		close();
	});

test("a reader that takes a little at a time gets every byte", async () => {
	const { client, server, close } = await connect();
	const all = pattern(30000);
	let sent = 0;
	const send = () => {
		while (sent < all.length) {
			const room = client.socket.write(all.subarray(sent, sent + 1000)) ?? 0;
			sent += 1000;
			if (room < 1000)
				return;
		}
	};
	client.hook = (happening) => happening === "writable" && send();
	server.isReading = false;
	send();
	await until(() => {
		for (let i = 0; i < 100; i++)
			server.take(server.socket.read(1));
		return server.received.length === all.length;
	}, "every byte");
	ok(sameBytes(server.received, all), "other bytes");
	close();
});

/** A connection that was accepted and that nobody has taken over. */
async function untaken(): Promise<{ client: End; from: TCP; }> {
	let accepted: TCP | undefined;
	const listener = openListener({
		address: "127.0.0.1",
		onReadable() {
			accepted = this.read();
		},
	});
	const client = new End({ address: "127.0.0.1", port: listener.port });
	await until(() => accepted !== undefined && client.rooms.length > 0, "connected");
	listener.close();
	return { client, from: accepted as unknown as TCP };
}

test("what arrived before a connection was taken over is told to who takes it", async () => {
	const { client, from } = await untaken();
	client.socket.write(Uint8Array.of(9));
	client.socket.close();
	await sleep(20);
	const server = new End({ from });
	await until(() => server.errors === 1, "the end");
	same(server.received, Uint8Array.of(9));
	throws(() => new End({ from }));
	server.socket.close();
});

test("a reset before a connection was taken over is told to who takes it", async () => {
	const { client, from } = await untaken();
	client.isReading = false;
	for (let i = 0; i < 8; i++)
		(from as unknown as Stream).write(pattern(4096)); // more than the client takes in: its close is a reset
	await until(() => client.arrivals.length > 0, "bytes at the client");
	client.socket.close();
	await sleep(20);
	const server = new End({ from });
	await until(() => server.errors === 1, "the reset");
	server.socket.close();
});

test("options are checked", () => {
	throws(() => new End({ address: "127.0.0.1", port: 65536 }), RangeError);
	throws(() => new End({ address: "127.0.0.1", port: -1 }), RangeError);
	throws(() => new End({ address: "no address", port: 80 }), RangeError);
	throws(() => new End({ address: "1".repeat(100), port: 80 }), RangeError);
	throws(() => new End({ from: {} as never }), TypeError);
});
