/** What becomes of a newcomer when every place is taken: three sessions, and two places for strangers. */

import type { PairVerify } from "hap/pairing/pair-verify";
import type { EventedHTTPServer } from "hap/server/evented-http-server";
import { Kind } from "tests/fakes/all-kinds";
import { LoopbackController, openServer, until } from "tests/fakes/loopback-server";
import { equal, same, test } from "tests/harness";
import { fromText } from "hap/bytes/bytes";

type Opened = Awaited<ReturnType<typeof LoopbackController.open>>;

const PAIR_VERIFY = { close() {} } as unknown as PairVerify;

/** With a clock that is turned by hand. */
class Full {
	time = 1000;
	readonly server: EventedHTTPServer = openServer({ now: () => this.time, maxConnections: 5 });
	readonly controllers: Opened[] = [];

	/** One second after the last thing that happened; `u` is unverified, `p` in the middle of pair-verify, `v` verified, `s` subscribed. */
	async add(kind: string): Promise<Opened> {
		this.time += 1000;
		const controller = await LoopbackController.open(this.server);
		if (kind === "p")
			controller.connection.pairVerify = PAIR_VERIFY;
		if (kind === "v" || kind === "s")
			await controller.verify();
		if (kind === "s")
			controller.connection.enableEventNotifications(1, Kind.Bool);
		this.controllers.push(controller);
		return controller;
	}

	async use(index: number): Promise<void> {
		this.time += 1000;
		await this.controllers[index].ask("GET", "/a");
	}

	/** A request that does not end. */
	async begin(index: number): Promise<void> {
		this.time += 1000;
		const { connection } = this.controllers[index];
		this.controllers[index].send(fromText("GET /a"));
		await until(() => !connection.isIdle, "the first bytes");
	}

	/** Which of them have gone. */
	closed(): number[] {
		return this.controllers.flatMap(({ connection }, i) => (connection.isOpen ? [] : [i]));
	}
}

async function filled(kinds: string): Promise<Full> {
	const full = new Full();
	for (const kind of kinds)
		await full.add(kind);
	return full;
}

for (
	const [what, kinds, used, victim] of [
		["one without subscriptions goes before one with, idle for longer", "ssv", [], 2],
		["of two without subscriptions, the one that is idle for longer", "svv", [1], 2],
		["of subscribers, the one that is idle for longest", "sss", [], 0],
		["... whichever came first", "sss", [0, 1], 2],
		["strangers stay, for whom the place is no use", "uusvv", [3], 4],
	] as const
)
	test(`a controller is verified beyond the number of sessions: ${what}`, async () => {
		const full = await filled(kinds);
		for (const index of used)
			await full.use(index);
		if (full.controllers.length === 5)
			await full.controllers[0].verify();
		else
			await full.add("v");
		same(full.closed(), [victim]);
		full.server.stop();
	});

test("strangers take places from strangers, the oldest first, and none from sessions", async () => {
	const full = await filled("vsvuuuu");
	same(full.closed(), [3, 4]);
	equal(full.server.connections.length, 5);
	equal(await full.controllers[6].ask("GET", "/new"), "200 /new");
	full.server.stop();
});

test("a stranger in the middle of a request is no better than a silent one", async () => {
	const full = await filled("vsvuu");
	await full.begin(3);
	await full.add("u");
	same(full.closed(), [3]);
	full.server.stop();
});

test("a session in the middle of a request stays, and a better one goes in its place", async () => {
	const full = await filled("vss");
	await full.begin(0);
	await full.add("v");
	same(full.closed(), [1]);
	full.server.stop();
});

test("when all sessions are in the middle of a request, one more is too many until one of them is done", async () => {
	const full = await filled("vss");
	for (const index of [0, 1, 2])
		await full.begin(index);
	await full.add("v");
	await full.add("u");
	same(full.closed(), []);
	await full.begin(3);
	full.controllers[1].send(fromText(" HTTP/1.1\r\n\r\n"));
	equal(await full.controllers[1].line(), "200 /a");
	await full.add("u");
	same(full.closed(), [1]);
	full.server.stop();
});

test("when all strangers are in the middle of pair-verify, the newcomer gets 503, and nobody else is disturbed", async () => {
	const full = await filled("vsvpp");
	const newcomer = new LoopbackController(full.server.address()?.port ?? 0);
	equal(await newcomer.line(), "503");
	await until(() => newcomer.isClosed, "the end");
	same(full.closed(), []);
	full.server.stop();
});

test("who stopped in the middle of pair-verify does not keep everybody else out for ever", async () => {
	const full = await filled("vsvpp");
	full.time += 10_000;
	await full.add("u");
	same(full.closed(), [3]);
	equal(await full.controllers[5].ask("GET", "/new"), "200 /new");
	full.server.stop();
});
