/** onEnd, which the desktop's TCP has beside ECMA-419's callbacks: a peer writes no more, and may be written to. */

import { End, type Happening, openListener, overfill, pattern, until } from "tests/fakes/loopback";
import { equal, same, sleep, test } from "tests/harness";

const QUIET_MS = 30;

async function listen(server: { onReady?: (end: End) => void; onEnd?: (end: End) => void; isReading: boolean; }) {
	const happenings: Happening[] = [];
	let end: End | undefined;
	const listener = openListener({
		address: "127.0.0.1",
		onReadable() {
			const from = this.read();
			end = from && new End({ from }, true);
			if (!end)
				return;
			end.isReading = server.isReading;
			server.onReady?.(end);
			end.hook = (happening) => {
				happenings.push(happening);
				if (happening === "end" && end)
					server.onEnd?.(end);
			};
		},
	});
	const client = new End({ address: "127.0.0.1", port: listener.port });
	client.isReading = server.isReading;
	await until(() => end !== undefined && client.rooms.length > 0, "connected");
	listener.close();
	return { client, happenings };
}

for (const isReading of [true, false])
	test(`the end of a peer whose bytes are ${isReading ? "" : "not "}read is told once to onEnd, behind them, and not to onError`, async () => {
		let ended: End | undefined;
		const { client, happenings } = await listen({
			isReading,
			onEnd(end) {
				ended = end;
			},
		});
		client.socket.write(pattern(10));
		client.socket.close();
		await until(() => ended !== undefined, "the end");
		ended?.readAll();
		await sleep(QUIET_MS);
		same(happenings, ["writable", "readable", "end"]);
		same([...ended?.received ?? []], [...pattern(10)]);
		ended?.socket.close();
	});

test("who closes in onEnd hears nothing more", async () => {
	const { client, happenings } = await listen({ isReading: true, onEnd: ({ socket }) => socket.close() });
	client.socket.close();
	await until(() => happenings.includes("end"), "the end");
	await sleep(QUIET_MS);
	equal(happenings.indexOf("end"), happenings.length - 1);
});

test("a reset is onError's, with onEnd too", async () => {
	const { client, happenings } = await listen({ isReading: false, onReady: overfill });
	await until(() => client.arrivals.length > 0, "bytes that the client leaves unread");
	client.socket.close();
	await until(() => happenings.includes("error"), "the reset");
	await sleep(QUIET_MS);
	same(happenings, ["writable", "error"]);
});
