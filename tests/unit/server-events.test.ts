/** Events on real sockets, by the server's own timer: what the fakes stand for. */

import { now } from "host:process";
import { AccessoryDatabase } from "hap/model/database";
import type { EventedHTTPServer } from "hap/server/evented-http-server";
import type { HAPResponse } from "hap/server/hap-response";
import { DatabaseEvents } from "hap/accessory/database-events";
import { DEFINITION, Kind } from "tests/fakes/all-kinds";
import { request } from "tests/fakes/controller";
import { LoopbackController, openServer, until } from "tests/fakes/loopback-server";
import { equal, sleep, test } from "tests/harness";

/** Longer than any of these tests runs: nothing waits for its end and passes. */
const LONG_MS = 600_000;
const SHORT_MS = 20;
const RING = 4;

type Opened = Awaited<ReturnType<typeof LoopbackController.open>>;

/** A verified session that has subscribed to characteristics of the first accessory. */
async function subscribed(server: EventedHTTPServer, ...iids: Kind[]): Promise<Opened> {
	const controller = await LoopbackController.open(server);
	await controller.verify();
	for (const iid of iids)
		controller.connection.enableEventNotifications(1, iid);
	return controller;
}

/** An accessory that keeps requests of `/late` until it lets them go. */
class LateAccessory {
	readonly database = new AccessoryDatabase(DEFINITION, {
		onChanged: (aid, { iid, info }, value) => this.server.broadcastEvent(aid, iid, value, undefined, info.isStateless === true),
		onFault() {},
	});
	readonly server: EventedHTTPServer;
	readonly #waiting: HAPResponse[] = [];

	constructor(ringCapacity?: number) {
		const characteristics = new DatabaseEvents(this.database);
		this.server = openServer({ now, eventWindowMS: 0, ringCapacity, characteristics }, (_connection, { path }, response) => {
			if (path === "/late")
				this.#waiting.push(response);
			else
				response.send(200, "text/plain", path);
		});
	}

	/** The session has asked, and is not answered. */
	async keep(controller: Opened): Promise<void> {
		const before = this.#waiting.length;
		controller.send(request("GET", "/late"));
		await until(() => this.#waiting.length > before, "the request");
	}

	letGo(): void {
		for (const response of this.#waiting.splice(0))
			response.send(200, "text/plain", "late");
	}

	change(iid: Kind, value: number): void {
		this.database.update(1, iid, value);
	}
}

test("the first change goes at once, those in the window at its end, together and newest first, by the timer", async () => {
	const server = openServer({ now, eventWindowMS: SHORT_MS });
	const controller = await subscribed(server, Kind.UInt8, Kind.UInt16);
	for (let round = 0; round < 3; round++) {
		server.broadcastEvent(1, Kind.UInt8, 1);
		server.broadcastEvent(1, Kind.UInt8, 2);
		server.broadcastEvent(1, Kind.UInt16, 3);
		equal(await controller.line(), `EVENT 1.${Kind.UInt8}=1`);
		equal(await controller.line(), `EVENT 1.${Kind.UInt16}=3 1.${Kind.UInt8}=2`);
		await sleep(2 * SHORT_MS);
	}
	server.stop();
});

test("a press does not wait for the window's end, and takes along what waits", async () => {
	const server = openServer({ now, eventWindowMS: LONG_MS });
	const controller = await subscribed(server, Kind.UInt8, Kind.Press);
	for (const value of [1, 2])
		server.broadcastEvent(1, Kind.UInt8, value);
	for (const press of [0, 0])
		server.broadcastEvent(1, Kind.Press, press, undefined, true);
	equal(await controller.line(), `EVENT 1.${Kind.UInt8}=1`);
	equal(await controller.line(), `EVENT 1.${Kind.Press}=0 1.${Kind.UInt8}=2`);
	equal(await controller.line(), `EVENT 1.${Kind.Press}=0`);
	server.stop();
});

test("changes that a session makes are told to the others and not to itself", async () => {
	const server = openServer({ now, eventWindowMS: 0 });
	const [one, other] = [await subscribed(server, Kind.UInt8), await subscribed(server, Kind.UInt8)];
	server.broadcastEvent(1, Kind.UInt8, 1, one.connection);
	server.broadcastEvent(1, Kind.UInt8, 2, other.connection);
	equal(await other.line(), `EVENT 1.${Kind.UInt8}=1`);
	equal(await one.line(), `EVENT 1.${Kind.UInt8}=2`);
	for (const session of [one, other])
		equal(await session.ask("GET", "/end"), "200 /end", "and nothing before it");
	server.stop();
});

test("changes while a request is not answered come behind its answer, together, and none of them is lost", async () => {
	const late = new LateAccessory();
	const { server } = late;
	const [controller, other] = [await subscribed(server, Kind.UInt8), await subscribed(server, Kind.UInt8)];
	await late.keep(controller);
	for (const value of [1, 2, 3]) {
		late.change(Kind.UInt8, value);
		equal(await other.line(), `EVENT 1.${Kind.UInt8}=${value}`, "the other does not wait");
	}
	late.letGo();
	equal(await controller.line(), "200 late");
	equal(await controller.line(), `EVENT 1.${Kind.UInt8}=3 1.${Kind.UInt8}=2 1.${Kind.UInt8}=1`);
	server.stop();
});

test("whether a session wants an event is asked again when it can be sent", async () => {
	const late = new LateAccessory();
	const { server } = late;
	const controller = await subscribed(server, Kind.UInt8, Kind.UInt16);
	await late.keep(controller);
	late.change(Kind.UInt8, 1);
	late.change(Kind.UInt16, 2);
	controller.connection.disableEventNotifications(1, Kind.UInt8);
	late.letGo();
	equal(await controller.line(), "200 late");
	equal(await controller.line(), `EVENT 1.${Kind.UInt16}=2`);
	server.stop();
});

test("when nothing of it is wanted any more, no empty event comes", async () => {
	const late = new LateAccessory();
	const { server } = late;
	const controller = await subscribed(server, Kind.UInt8);
	await late.keep(controller);
	late.change(Kind.UInt8, 1);
	controller.connection.disableEventNotifications(1, Kind.UInt8);
	late.letGo();
	equal(await controller.line(), "200 late");
	equal(await controller.ask("GET", "/end"), "200 /end", "and nothing before it");
	server.stop();
});

test("behind the ring, a session gets the newest value of each that changed, and no press that is lost", async () => {
	const late = new LateAccessory(RING);
	const { server } = late;
	const controller = await subscribed(server, Kind.UInt8, Kind.UInt16, Kind.Press);
	await late.keep(controller);
	late.change(Kind.Press, 1);
	for (let value = 1; value <= 2 * RING; value++)
		late.change(Kind.UInt8, value);
	late.letGo();
	equal(await controller.line(), "200 late");
	equal(await controller.line(), `EVENT 1.${Kind.UInt8}=${2 * RING}`);
	server.stop();
});
