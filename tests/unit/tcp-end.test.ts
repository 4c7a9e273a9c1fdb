/** How connections of the host's TCP end: a FIN, a reset, a refusal, and close from anywhere. */

import { collectGarbage } from "host:process";
import Timer from "timer";
import { sameBytes } from "hap/bytes/bytes";
import { connect, End, type Happening, openListener, overfill, pattern, until } from "tests/fakes/loopback";
import { equal, ok, same, sleep, test, throws } from "tests/harness";

const QUIET_MS = 30;
const PIECE = pattern(4096);

function fill({ socket }: End): void {
	while ((socket.write(PIECE) ?? 0) >= PIECE.length);
}

test("what was written before close arrives though the peer goes on sending, and then it is reset", async () => {
	const { client, server } = await connect();
	client.isReading = false;
	server.isReading = false;
	overfill(client);
	await until(() => server.arrivals.length > 0, "the first bytes");
	server.socket.write(pattern(10));
	server.socket.close();
	await until(() => client.arrivals.length > 0, "the answer");
	same(client.socket.read(), pattern(10).buffer);
	await until(() => {
		fill(client);
		return client.errors === 1;
	}, "the reset");
	client.socket.close();
});

test("the end of a peer is told once, when every byte before it has been read", async () => {
	const { client, server } = await connect();
	server.isReading = false;
	const all = pattern(20000);
	for (let at = 0; at < all.length; at += 4000)
		client.socket.write(all.subarray(at, at + 4000));
	client.socket.close();
	await until(() => server.arrivals.length > 0, "the first bytes");
	await sleep(QUIET_MS);
	equal(server.errors, 0);
	server.isReading = true;
	server.readAll();
	await until(() => server.errors > 0, "the end");
	ok(sameBytes(server.received, all), "other bytes");
	await sleep(QUIET_MS);
	equal(server.errors, 1);
	server.socket.close();
});

test("what was written before close still arrives, the send buffer's too", async () => {
	const { client, server } = await connect();
	server.isReading = false;
	let written = 0;
	let room = PIECE.length;
	for (; room >= PIECE.length; written += PIECE.length)
		room = client.socket.write(PIECE) ?? 0;
	client.socket.close();
	let count = 0;
	server.hook = (happening) => {
		if (happening === "readable")
			count += server.socket.read()?.byteLength ?? 0;
	};
	count += server.socket.read()?.byteLength ?? 0;
	await until(() => server.errors === 1, "the end");
	equal(count, written);
	server.socket.close();
});

test("a reset reaches onError, once", async () => {
	const { client, server } = await connect();
	server.isReading = false;
	overfill(client);
	await until(() => server.arrivals.length > 0, "the first bytes");
	server.socket.close();
	await until(() => client.errors > 0, "the reset");
	await sleep(QUIET_MS);
	equal(client.errors, 1);
	equal(client.socket.write(Uint8Array.of(1)), undefined);
	client.socket.close();
});

test("a reset reaches onError while the send buffer is full", async () => {
	const { client, server } = await connect();
	server.isReading = false;
	fill(client);
	const rooms = client.rooms.length;
	server.socket.close();
	await until(() => client.errors > 0, "the reset");
	equal(client.errors, 1);
	equal(client.rooms.length, rooms);
	client.socket.close();
});

test("a reset reaches onError though bytes wait to be read", async () => {
	const { client, server } = await connect();
	client.isReading = false;
	server.isReading = false;
	server.socket.write(pattern(10));
	await until(() => client.arrivals.length > 0, "bytes at the client");
	overfill(client);
	await until(() => server.arrivals.length > 0, "bytes at the server");
	server.socket.close();
	await until(() => {
		fill(client);
		return client.errors === 1;
	}, "the reset");
	same(client.socket.read(), pattern(10).buffer);
	client.socket.close();
});

test("a connection that is refused reaches onError and no other callback", async () => {
	const listener = openListener({ address: "127.0.0.1" });
	const { port } = listener;
	listener.close();
	await sleep(1);
	const client = new End({ address: "127.0.0.1", port });
	await until(() => client.errors > 0, "the refusal");
	await sleep(QUIET_MS);
	equal(client.errors, 1);
	same(client.rooms, []);
	same(client.arrivals, []);
	client.socket.close();
});

test("a connection is closed twice, and before it is there", async () => {
	const listener = openListener({ address: "127.0.0.1" });
	const client = new End({ address: "127.0.0.1", port: listener.port });
	client.socket.close();
	client.socket.close();
	listener.close();
	await sleep(QUIET_MS);
	equal(client.errors, 0);
	same(client.rooms, []);
});

for (const which of ["readable", "writable", "error"] as const satisfies Happening[])
	test(`a ${which} callback closes its connection, and none comes after it`, async () => {
		const listener = openListener({
			address: "127.0.0.1",
			onReadable() {
				const from = this.read();
				if (!from)
					return;
				const server = new End({ from });
				server.socket.write(Uint8Array.of(1));
				server.socket.close();
			},
		});
		const client = new End({ address: "127.0.0.1", port: listener.port });
		const happenings: Happening[] = [];
		client.hook = (happening) => {
			happenings.push(happening);
			if (happening !== which)
				return;
			client.isReading = false;
			client.socket.close();
			client.socket.close();
		};
		await until(() => happenings.includes(which), which);
		await sleep(QUIET_MS);
		equal(happenings.indexOf(which), happenings.length - 1);
		listener.close();
	});

test("a closed connection is not used", async () => {
	const { client, close } = await connect();
	close();
	throws(() => client.socket.read());
	throws(() => client.socket.write(Uint8Array.of(1)));
	throws(() => client.socket.remoteAddress);
});

/** What the server's end of a connection hears, which says that it wants to be told the end. */
test("a collection leaves open connections alone", async () => {
	const happenings: Happening[] = [];
	const open = async () => {
		const { client, server } = await connect();
		server.hook = (happening) => {
			happenings.push(happening);
			if (happening === "error")
				server.socket.close();
		};
		Timer.set(() => {
			client.socket.write(pattern(3));
			client.socket.close();
		}, 1);
	};
	await open();
	collectGarbage();
	await until(() => happenings.includes("error"), "the end");
	same(happenings, ["readable", "error"]);
});
