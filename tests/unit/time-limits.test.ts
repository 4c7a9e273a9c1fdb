/** How long a connection may stand still: docs/limits.md "Time". */

import { fromText } from "hap/bytes/bytes";
import type { HAPConnection } from "hap/server/hap-connection";
import type { HAPResponse } from "hap/server/hap-response";
import { TIME_LIMITS } from "hap/server/time-limits";
import { request } from "tests/fakes/controller";
import { DialogueServer } from "tests/fakes/dialogue-server";
import { LoopbackController, openServer, until } from "tests/fakes/loopback-server";
import { equal, same, test } from "tests/harness";

const { periodMS, requestMS, answerMS, strangerMS, pairSetupMS } = TIME_LIMITS;
const DAYS = 30 * 24 * 3600_000;

/** Time passes, and the server looks at its connections as often as it does. */
function wait(server: DialogueServer, milliseconds: number): void {
	for (let passed = 0; passed < milliseconds; passed += periodMS)
		server.advance(Math.min(periodMS, milliseconds - passed));
}

/** The two sides of a limit: still open just before it, closed when it is over. */
function isBounded(server: DialogueServer, controller: { readonly isClosed: boolean; }, milliseconds: number): void {
	server.advance(0);
	wait(server, milliseconds - 1);
	equal(controller.isClosed, false, "before the limit");
	server.advance(1);
	equal(controller.isClosed, true, "at the limit");
}

test("a stranger that says nothing", () => {
	const server = new DialogueServer();
	isBounded(server, server.connect(), strangerMS);
});

test("... that asks again and again, and does not pair", () => {
	const server = new DialogueServer();
	const controller = server.connect();
	server.advance(0);
	for (let passed = 0; passed < strangerMS; passed += periodMS) {
		equal(controller.isClosed, false);
		controller.send("GET", "/a");
		controller.hear();
		server.advance(periodMS);
	}
	equal(controller.isClosed, true);
});

test("... that sends a request byte by byte", () => {
	const server = new DialogueServer();
	const controller = server.connect();
	server.advance(0);
	for (let passed = 0; passed < strangerMS; passed += periodMS) {
		equal(controller.isClosed, false);
		controller.deliver(fromText("x"));
		server.advance(periodMS);
	}
	equal(controller.isClosed, true);
});

test("an idle session has all the time there is", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured();
	for (let i = 0; i < 10; i++)
		server.advance(DAYS);
	same(controller.ask("GET", "/a"), ["200 /a "]);
});

test("a stranger that becomes a session in time stays one", () => {
	const server = new DialogueServer();
	const controller = server.connect();
	wait(server, strangerMS - 1);
	controller.connection.connectionAuthenticated("controller");
	wait(server, 2 * strangerMS);
	equal(controller.isClosed, false);
});

test("a session's request that stops half-way", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured();
	wait(server, strangerMS);
	controller.deliver(controller.seal(fromText("GET /a HT")));
	isBounded(server, controller, requestMS);
});

test("... whose bytes come one by one", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured();
	server.advance(0);
	controller.deliver(controller.seal(fromText("G")));
	server.advance(0);
	for (let passed = 0; passed < requestMS; passed += periodMS) {
		equal(controller.isClosed, false);
		controller.deliver(controller.seal(fromText("E")));
		server.advance(periodMS);
	}
	equal(controller.isClosed, true);
});

test("... whose frame stops half-way", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured();
	controller.deliver(controller.seal(request("GET", "/a")).subarray(0, 1));
	isBounded(server, controller, requestMS);
});

test("a session that is seen in the middle of one request after the other is at work", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured();
	const bytes = request("GET", "/a");
	for (let i = 0; i < 10; i++) {
		controller.deliver(controller.seal(bytes.subarray(0, 9)));
		server.advance(periodMS);
		controller.deliver(controller.seal(bytes.subarray(9)));
		same(controller.hear(), ["200 /a "]);
	}
});

test("an answer that the accessory takes its time for is waited for", () => {
	const waiting: HAPResponse[] = [];
	const server = new DialogueServer({ handler: (_connection, _request, response) => waiting.push(response) });
	const controller = server.connectSecured();
	controller.send("GET", "/a");
	wait(server, 10 * requestMS);
	waiting[0].sendEmpty(204);
	same(controller.hear(), ["204"]);
});

test("an answer of which the peer takes nothing", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured();
	controller.socket.setRoom(0);
	controller.send("GET", "/a");
	isBounded(server, controller, answerMS);
});

test("who holds the pair-setup may wait for a person to type, for minutes and not for ever", () => {
	const pairing: { connection: HAPConnection | undefined; } = { connection: undefined };
	const server = new DialogueServer({ isPairing: (connection) => connection === pairing.connection });
	const controller = server.connect();
	pairing.connection = controller.connection;
	wait(server, strangerMS * 2);
	controller.send("POST", "/pair-setup");
	controller.hear();
	isBounded(server, controller, pairSetupMS);
});

test("... and when it has paired, it has the time of a stranger to be verified", () => {
	const pairing: { connection: HAPConnection | undefined; } = { connection: undefined };
	const server = new DialogueServer({ isPairing: (connection) => connection === pairing.connection });
	const controller = server.connect();
	pairing.connection = controller.connection;
	wait(server, strangerMS * 2);
	pairing.connection = undefined;
	isBounded(server, controller, strangerMS);
});

const SHORT = { periodMS: 10, requestMS: 40, answerMS: 40, strangerMS: 60, pairSetupMS: 100 };

test("over sockets, with short limits: strangers and half requests go, sessions stay", async () => {
	let time = 0;
	const server = openServer({ now: () => time, timeLimits: SHORT });
	const [silent, half, session] = [
		await LoopbackController.open(server),
		await LoopbackController.open(server),
		await LoopbackController.open(server),
	];
	await half.verify();
	await session.verify();
	half.send(fromText("GET /a"));
	await until(() => !half.connection.isIdle, "half a request");
	await until(() => {
		time += 10;
		return silent.isClosed && half.isClosed;
	}, "the ends");
	equal(await session.ask("GET", "/b"), "200 /b");
	server.stop();
});
