/** What the host's TCP says about room: write answers it, onWritable tells when it is back. */

import { connect, End, pattern, until } from "tests/fakes/loopback";
import { equal, ok, same, test, throws } from "tests/harness";

const PIECE = pattern(4096);

/** Writes until the send buffer holds something; answers the bytes written and the room left. */
function fill({ socket }: End): { written: number; room: number; } {
	for (let written = PIECE.length;; written += PIECE.length) {
		const room = socket.write(PIECE) ?? 0;
		if (room < PIECE.length)
			return { written, room };
	}
}

/** Reads, keeping nothing, and counts. */
function drain(end: End): { count: number; } {
	const total = { count: 0 };
	const read = () => {
		total.count += end.socket.read()?.byteLength ?? 0;
	};
	end.hook = (happening) => happening === "readable" && read();
	read();
	return total;
}

test("an empty send buffer has room when the connection is there", async () => {
	const { client, server, close } = await connect();
	await until(() => server.rooms.length === 1, "room at the server");
	equal(client.rooms.length, 1);
	ok(client.rooms[0] > 0);
	equal(client.socket.write(new Uint8Array(0)), client.rooms[0]);
	close();
});

test("a write of more than the room is refused whole, one of all the room is taken", async () => {
	const { client, server, close } = await connect();
	server.isReading = false;
	const { written, room } = fill(client);
	let message = "";
	try {
		client.socket.write(new Uint8Array(room + 1));
	}
	catch (error) {
		message = String(error);
	}
	ok(message.includes("would block"), message);
	equal(client.socket.write(new Uint8Array(room)), 0);
	throws(() => client.socket.write(new Uint8Array(1)));
	equal(client.socket.write(new Uint8Array(0)), 0);
	const total = drain(server);
	await until(() => total.count >= written + room, "what was taken");
	equal(total.count, written + room);
	close();
});

test("onWritable comes when there is room again, and not before", async () => {
	const { client, server, close } = await connect();
	server.isReading = false;
	let turns = 0;
	await until(() => turns++ === 5, "some turns");
	const before = client.rooms.length;
	const { written } = fill(client);
	await until(() => turns++ === 15, "more turns");
	equal(client.rooms.length, before);
	const total = drain(server);
	await until(() => client.rooms.length > before, "room");
	ok(client.rooms[before] > 0);
	await until(() => total.count === written, "everything");
	close();
});

test("the bytes of a stalled connection arrive in order", async () => {
	const { client, server, close } = await connect();
	server.isReading = false;
	let { written } = fill(client);
	const last = Uint8Array.of(255, 254, 253);
	let tail = 0;
	client.hook = (happening) => {
		if (happening !== "writable" || tail > 0)
			return;
		client.socket.write(last);
		tail = last.length;
		written += tail;
	};
	let isRight = true;
	let at = 0;
	let end = new Uint8Array(0);
	server.hook = (happening) => {
		if (happening !== "readable")
			return;
		end = new Uint8Array(server.socket.read() ?? new ArrayBuffer(0));
		if (tail === 0)
			isRight &&= end[0] === PIECE[at % PIECE.length];
		at += end.length;
	};
	at += server.socket.read()?.byteLength ?? 0;
	await until(() => tail > 0 && at === written, "everything");
	ok(isRight);
	same(end.slice(-last.length), last);
	close();
});

test("a write before the connection is there is refused", async () => {
	const { client, close } = await connect();
	const early = new End({ address: "127.0.0.1", port: client.socket.remotePort });
	throws(() => early.socket.write(Uint8Array.of(1)));
	early.socket.close();
	close();
});

test("a write takes bytes only", async () => {
	const { client, close } = await connect();
	throws(() => client.socket.write(undefined as never), TypeError);
	throws(() => client.socket.write("text" as never), TypeError);
	close();
});
