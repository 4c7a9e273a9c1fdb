/** Who makes room when every session is taken: design.md section 3, "Sessions". */

import type { EventedHTTPServer } from "hap/server/evented-http-server";
import { Kind } from "tests/fakes/all-kinds";
import { LoopbackController, openServer, until } from "tests/fakes/loopback-server";
import { equal, same, test } from "tests/harness";
import { fromText } from "hap/bytes/bytes";

type Opened = Awaited<ReturnType<typeof LoopbackController.open>>;

/** A server of three sessions, with a clock that is turned by hand. */
class Full {
	time = 1000;
	readonly server: EventedHTTPServer = openServer({ now: () => this.time, maxConnections: 3 });
	readonly controllers: Opened[] = [];

	/** One second after the last thing that happened; `u` is unverified, `v` verified, `s` subscribed. */
	async add(kind: string): Promise<void> {
		this.time += 1000;
		const controller = await LoopbackController.open(this.server);
		if (kind !== "u")
			await controller.verify();
		if (kind === "s")
			controller.connection.enableEventNotifications(1, Kind.Bool);
		this.controllers.push(controller);
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

	/** Which of the three has gone. */
	closed(): number[] {
		return this.controllers.flatMap(({ connection }, i) => (connection.isOpen ? [] : [i]));
	}
}

for (
	const [what, kinds, used, victim] of [
		["an unverified one goes before verified ones that are idle for longer", "vvu", [], 2],
		["... and before one that was verified and never used", "svu", [2], 2],
		["of two unverified ones, the one that is idle for longer", "uuv", [], 0],
		["... whichever came first", "uuv", [0], 1],
		["a verified one without subscriptions goes before one with, idle for longer", "ssv", [], 2],
		["of two without subscriptions, the one that is idle for longer", "svv", [1], 2],
		["of subscribers, the one that is idle for longest", "sss", [], 0],
		["... whichever came first", "sss", [0, 1], 2],
	] as const
)
	test(what, async () => {
		const full = new Full();
		for (const kind of kinds)
			await full.add(kind);
		for (const index of used)
			await full.use(index);
		await full.add("u");
		same(full.closed(), [victim]);
		equal(full.server.connections.length, 3);
		equal(await full.controllers[3].ask("GET", "/new"), "200 /new");
		full.server.stop();
	});

test("one that is in the middle of a request stays, and a better one goes in its place", async () => {
	const full = new Full();
	for (const kind of "usv")
		await full.add(kind);
	await full.begin(0);
	await full.add("u");
	same(full.closed(), [2]);
	full.server.stop();
});

test("when all are in the middle of a request, the newcomer gets 503, and nobody else is disturbed", async () => {
	const full = new Full();
	for (const kind of "uvs")
		await full.add(kind);
	for (const index of [0, 1, 2])
		await full.begin(index);
	const newcomer = new LoopbackController(full.server.address()?.port ?? 0);
	equal(await newcomer.line(), "503");
	await until(() => newcomer.isClosed, "the end");
	same(full.closed(), []);
	full.controllers[0].send(fromText(" HTTP/1.1\r\n\r\n"));
	equal(await full.controllers[0].line(), "200 /a");
	full.server.stop();
});

test("sessions that stopped in the middle of a request do not keep everybody else out for ever", async () => {
	const full = new Full();
	for (const kind of "uvs")
		await full.add(kind);
	for (const index of [2, 1, 0])
		await full.begin(index);
	full.time += 60_000;
	await full.add("u");
	same(full.closed(), [0]);
	equal(await full.controllers[3].ask("GET", "/new"), "200 /new");
	full.server.stop();
});
