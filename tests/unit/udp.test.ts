/** The host's UDP on the loopback interface: to one, to a group, and away from it. */

import UDP from "embedded:io/socket/udp";
import { until } from "tests/fakes/loopback";
import { equal, ok, same, sleep, test, throws } from "tests/harness";

const LOOPBACK = "127.0.0.1";
const GROUP = "224.0.0.251";
const QUIET_MS = 50;

interface Packet {
	readonly bytes: Uint8Array;
	readonly address: string;
	readonly port: number;
}

interface Socket extends UDP {
	close(): void;
	add(group: string, address?: string): void;
	remove(group: string): void;
}

interface Options {
	port?: number;
	address?: string;
	multicast?: string;
	timeToLive?: number;
}

/** A port of this run: the others on this computer use theirs. */
const PORT = 20000 + Math.floor(Math.random() * 20000);

function open(options: Options): { socket: Socket; packets: Packet[]; } {
	const packets: Packet[] = [];
	const all = {
		...options,
		onReadable(this: UDP, count: number) {
			for (let i = 0; i < count; i++) {
				const packet = this.read();
				if (packet)
					packets.push({ bytes: new Uint8Array(packet), address: packet.address, port: packet.port });
			}
		},
	};
	return { socket: new UDP(all as never) as Socket, packets };
}

for (const address of [LOOPBACK, "::1"] as const)
	test(`a datagram and its answer on ${address}`, async () => {
		const one = open({ address, port: PORT });
		const two = open({ address });
		two.socket.write(Uint8Array.of(1, 2), address, PORT);
		await until(() => one.packets.length === 1, "the datagram");
		const { bytes, address: from, port } = one.packets[0];
		same(bytes, Uint8Array.of(1, 2));
		equal(from, address);
		one.socket.write(Uint8Array.of(3), from, port);
		await until(() => two.packets.length === 1, "the answer");
		same(two.packets[0], { bytes: Uint8Array.of(3), address, port: PORT });
		one.socket.close();
		two.socket.close();
	});

test("datagrams keep their boundaries and their order, an empty one too", async () => {
	const one = open({ address: LOOPBACK, port: PORT });
	const two = open({ address: LOOPBACK });
	for (const length of [3, 0, 1500, 1])
		two.socket.write(new Uint8Array(length), LOOPBACK, PORT);
	await until(() => one.packets.length === 4, "four");
	same(one.packets.map(({ bytes }) => bytes.length), [3, 0, 1500, 1]);
	one.socket.close();
	two.socket.close();
});

test("a datagram longer than an Ethernet frame holds is dropped, the next one comes", async () => {
	const one = open({ address: LOOPBACK, port: PORT });
	const two = open({ address: LOOPBACK });
	two.socket.write(new Uint8Array(1501), LOOPBACK, PORT);
	two.socket.write(Uint8Array.of(7), LOOPBACK, PORT);
	await until(() => one.packets.length > 0, "the short one");
	same(one.packets.map(({ bytes }) => bytes.length), [1]);
	one.socket.close();
	two.socket.close();
});

test("a datagram to nobody is lost without harm", async () => {
	const { socket } = open({ address: LOOPBACK });
	socket.write(Uint8Array.of(1), LOOPBACK, PORT);
	await sleep(QUIET_MS);
	socket.write(Uint8Array.of(1), LOOPBACK, PORT);
	socket.close();
});

test("read answers undefined when nothing waits", () => {
	const { socket } = open({ address: LOOPBACK });
	equal(socket.read(), undefined);
	socket.close();
});

test("members of a group share its port, and each hears every datagram, its own too", async () => {
	const members = [1, 2].map(() => open({ address: LOOPBACK, multicast: GROUP, port: PORT, timeToLive: 255 }));
	members[0].socket.write(Uint8Array.of(5), GROUP, PORT);
	for (const { packets } of members) {
		await until(() => packets.length === 1, "the datagram");
		same(packets[0], { bytes: Uint8Array.of(5), address: LOOPBACK, port: PORT });
	}
	for (const { socket } of members)
		socket.close();
});

test("one that left a group hears no more of it, and may come back", async () => {
	const stays = open({ address: LOOPBACK, multicast: GROUP, port: PORT, timeToLive: 255 });
	const leaves = open({ address: LOOPBACK, multicast: GROUP, port: PORT, timeToLive: 255 });
	leaves.socket.remove(GROUP);
	stays.socket.write(Uint8Array.of(1), GROUP, PORT);
	await until(() => stays.packets.length === 1, "the datagram");
	await sleep(QUIET_MS);
	equal(leaves.packets.length, 0);
	leaves.socket.add(GROUP, LOOPBACK);
	stays.socket.write(Uint8Array.of(2), GROUP, PORT);
	await until(() => leaves.packets.length === 1, "the datagram after it came back");
	stays.socket.close();
	leaves.socket.close();
});

test("one that joined on an interface which is not there hears nothing and sends to nobody", async () => {
	const lost = open({ address: "203.0.113.1", multicast: GROUP, port: PORT, timeToLive: 255 });
	const member = open({ address: LOOPBACK, multicast: GROUP, port: PORT, timeToLive: 255 });
	member.socket.write(Uint8Array.of(1), GROUP, PORT);
	lost.socket.write(Uint8Array.of(2), GROUP, PORT);
	await until(() => member.packets.length > 0, "the member's own");
	await sleep(QUIET_MS);
	equal(lost.packets.length, 0);
	equal(member.packets.length, 1);
	lost.socket.close();
	member.socket.close();
});

test("a port that is taken is refused", () => {
	const one = open({ address: LOOPBACK, port: PORT });
	throws(() => open({ address: LOOPBACK, port: PORT }));
	one.socket.close();
	open({ address: LOOPBACK, port: PORT }).socket.close();
});

test("a socket is closed twice, in its callback too, and not used after it", async () => {
	let calls = 0;
	const options = {
		address: LOOPBACK,
		port: PORT,
		onReadable(this: UDP) {
			calls++;
			(this as Socket).close();
			(this as Socket).close();
		},
	};
	const one = new UDP(options as never) as Socket;
	const two = open({ address: LOOPBACK });
	two.socket.write(Uint8Array.of(1), LOOPBACK, PORT);
	two.socket.write(Uint8Array.of(2), LOOPBACK, PORT);
	await until(() => calls > 0, "the callback");
	await sleep(QUIET_MS);
	equal(calls, 1);
	two.socket.close();
	throws(() => one.read());
	throws(() => two.socket.write(Uint8Array.of(1), LOOPBACK, PORT));
});

test("what cannot be sent anywhere is refused", () => {
	const { socket } = open({ address: LOOPBACK });
	const bytes = Uint8Array.of(1);
	throws(() => socket.write(bytes, "nowhere", 1), RangeError);
	throws(() => socket.write(bytes, LOOPBACK, 65536), RangeError);
	throws(() => socket.write(bytes, LOOPBACK, -1), RangeError);
	throws(() => (socket as unknown as { write(bytes: Uint8Array): void; }).write(bytes), TypeError);
	throws(() => socket.write("text" as never, LOOPBACK, PORT), TypeError);
	ok(socket.read() === undefined);
	socket.close();
});

for (const options of [{ port: 65536 }, { multicast: "no group", port: 1 }, { multicast: GROUP, timeToLive: 0 }] as const)
	test(`${JSON.stringify(options)} is refused`, () => {
		throws(() => open({ address: LOOPBACK, ...options }), RangeError);
	});
