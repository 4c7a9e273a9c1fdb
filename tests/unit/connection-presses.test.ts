/** Stateless characteristics, events past the ring's end, and events for one session alone. */

import { Kind } from "tests/fakes/all-kinds";
import { request } from "tests/fakes/controller";
import { DialogueServer } from "tests/fakes/dialogue-server";
import { same, test } from "tests/harness";

const WINDOW_MS = 250;

test("a press does not wait for the end of the window, and takes along what waits", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool, Kind.Press]);
	server.change(Kind.Bool, true);
	server.change(Kind.Bool, false);
	server.change(Kind.Press, 0);
	same(controller.hear(), [`EVENT 1.${Kind.Bool}=true`, `EVENT 1.${Kind.Press}=0 1.${Kind.Bool}=false`]);
});

test("a press does not end the window of a session that did not subscribe to it", () => {
	const server = new DialogueServer();
	const [presses, other] = [server.connectSecured([Kind.Bool, Kind.Press]), server.connectSecured([Kind.Bool])];
	server.change(Kind.Bool, true);
	server.change(Kind.Bool, false);
	server.change(Kind.Press, 0);
	same(presses.hear(), [`EVENT 1.${Kind.Bool}=true`, `EVENT 1.${Kind.Press}=0 1.${Kind.Bool}=false`]);
	same(other.hear(), [`EVENT 1.${Kind.Bool}=true`]);
	server.advance(WINDOW_MS);
	same(other.hear(), [`EVENT 1.${Kind.Bool}=false`]);
});

test("two kinds of presses that come with one request do not wait, either of them", () => {
	const server = new DialogueServer({
		handler(_connection, _request, response) {
			server.broadcastEvent(1, Kind.UInt8, 7, undefined, true);
			server.change(Kind.Press, 1);
			response.sendEmpty(204);
		},
	});
	const [presses, other] = [server.connectSecured([Kind.Bool, Kind.Press]), server.connectSecured([Kind.Bool, Kind.UInt8])];
	server.change(Kind.Bool, true);
	for (const controller of [presses, other])
		same(controller.hear(), [`EVENT 1.${Kind.Bool}=true`]);
	same(server.connectSecured().ask("PUT", "/"), ["204"]);
	same([presses.hear(), other.hear()], [[`EVENT 1.${Kind.Press}=1`], [`EVENT 1.${Kind.UInt8}=7`]]);
});

test("every press is told, equal or not", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Press]);
	for (const press of [0, 0, 1])
		server.change(Kind.Press, press);
	same(controller.hear(), [`EVENT 1.${Kind.Press}=0`, `EVENT 1.${Kind.Press}=0`, `EVENT 1.${Kind.Press}=1`]);
});

test("presses while a request is being answered go right behind the answer, all of them, in the window or not", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool, Kind.Press]);
	server.change(Kind.Bool, true);
	const bytes = controller.seal(request("GET", "/a"));
	controller.deliver(bytes.subarray(0, 10));
	for (const press of [0, 0, 2])
		server.change(Kind.Press, press);
	controller.deliver(bytes.subarray(10));
	same(controller.hear(), [
		`EVENT 1.${Kind.Bool}=true`,
		"200 /a ",
		`EVENT 1.${Kind.Press}=2 1.${Kind.Press}=0 1.${Kind.Press}=0`,
	]);
});

test("an event may be sent at once by whoever broadcasts it", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.UInt8]);
	server.broadcastEvent(1, Kind.UInt8, 1);
	server.broadcastEvent(1, Kind.UInt8, 2, undefined, true);
	same(controller.hear(), [`EVENT 1.${Kind.UInt8}=1`, `EVENT 1.${Kind.UInt8}=2`]);
});

test("as many as the ring has places are all told", () => {
	const server = new DialogueServer({ ringCapacity: 4 });
	const controller = server.connectSecured([Kind.UInt8]);
	server.change(Kind.UInt8, 100);
	for (const value of [1, 2, 3, 4])
		server.change(Kind.UInt8, value);
	server.advance(WINDOW_MS);
	same(controller.hear(), [`EVENT 1.${Kind.UInt8}=100`, `EVENT ${[4, 3, 2, 1].map((value) => `1.${Kind.UInt8}=${value}`).join(" ")}`]);
});

test("behind the ring, a session hears the newest value of each that changed and that it subscribed to", () => {
	const server = new DialogueServer({ ringCapacity: 4 });
	const controller = server.connectSecured([Kind.Bool, Kind.UInt8, Kind.Float]);
	server.change(Kind.Bool, true);
	controller.hear();
	server.change(Kind.Bool, false);
	server.change(Kind.UInt16, 9);
	for (const value of [1, 2, 3, 4])
		server.change(Kind.UInt8, value);
	server.advance(WINDOW_MS);
	const [line, ...more] = controller.hear();
	same(more, []);
	same(line.split(" ").sort(), [`1.${Kind.Bool}=false`, `1.${Kind.UInt8}=4`, "EVENT"]);
});

test("behind the ring too, a session does not hear of what it changed itself last", () => {
	const server = new DialogueServer({ ringCapacity: 2 });
	const controller = server.connectSecured([Kind.Bool, Kind.UInt8]);
	server.change(Kind.UInt8, 50);
	controller.hear();
	server.change(Kind.Bool, true);
	server.broadcastEvent(1, Kind.Bool, false, controller.connection);
	for (const value of [1, 2, 3])
		server.change(Kind.UInt8, value);
	server.advance(WINDOW_MS);
	same(controller.hear(), [`EVENT 1.${Kind.UInt8}=3`]);
});

test("behind the ring, a press that it still has is told as what it was, and one that it lost is not told as null", () => {
	for (const [presses, changes, expected] of [[[1, 2], 3, [`1.${Kind.Press}=2`]], [[1, 2], 4, []]] as const) {
		const server = new DialogueServer({ ringCapacity: 4 });
		const controller = server.connectSecured([Kind.Press, Kind.UInt8]);
		const bytes = controller.seal(request("GET", "/a"));
		controller.deliver(bytes.subarray(0, 10));
		for (const press of presses)
			server.change(Kind.Press, press);
		for (let value = 1; value <= changes; value++)
			server.change(Kind.UInt8, value);
		controller.deliver(bytes.subarray(10));
		const [, line] = controller.hear();
		same(line.split(" ").sort(), [`1.${Kind.UInt8}=${changes}`, ...expected, "EVENT"].sort());
	}
});

test("sendEvent tells one session, if it subscribed, and no other", () => {
	const server = new DialogueServer();
	const [one, other] = [server.connectSecured([Kind.Bool]), server.connectSecured([Kind.Bool])];
	one.connection.sendEvent(1, Kind.Bool, true);
	one.connection.sendEvent(1, Kind.UInt8, 1);
	one.connection.sendEvent(1, 999, 1);
	server.advance(WINDOW_MS);
	same([one.hear(), other.hear()], [[`EVENT 1.${Kind.Bool}=true`], []]);
});

test("sendEvent keeps the rules of events: window, order, nothing lost, nothing told twice", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool, Kind.UInt8]);
	const { connection } = controller;
	connection.sendEvent(1, Kind.Bool, true);
	server.change(Kind.UInt8, 1);
	connection.sendEvent(1, Kind.UInt8, 2);
	connection.sendEvent(1, Kind.UInt8, 2);
	connection.sendEvent(1, Kind.Bool, false);
	server.advance(WINDOW_MS - 1);
	same(controller.hear(), [`EVENT 1.${Kind.Bool}=true`]);
	server.advance(1);
	same(controller.hear(), [`EVENT 1.${Kind.Bool}=false 1.${Kind.UInt8}=2 1.${Kind.UInt8}=1`]);
});

test("sendEvent at once does not wait for the window", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.UInt8]);
	controller.connection.sendEvent(1, Kind.UInt8, 1);
	controller.connection.sendEvent(1, Kind.UInt8, 2, true);
	same(controller.hear(), [`EVENT 1.${Kind.UInt8}=1`, `EVENT 1.${Kind.UInt8}=2`]);
});

test("what sendEvent left waiting is not sent after an unsubscribe", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool]);
	controller.connection.sendEvent(1, Kind.Bool, true);
	controller.connection.sendEvent(1, Kind.Bool, false);
	same(controller.ask("PUT", `/off?${Kind.Bool}`), [`EVENT 1.${Kind.Bool}=true`, "204"]);
	server.advance(WINDOW_MS);
	same(controller.hear(), []);
});

test("sendEvent to a session that cannot be told keeps the newest value of each, not all there ever were", () => {
	const server = new DialogueServer({ ringCapacity: 4 });
	const controller = server.connectSecured([Kind.Bool, Kind.UInt8]);
	const { connection } = controller;
	connection.sendEvent(1, Kind.Bool, true);
	controller.hear();
	connection.sendEvent(1, Kind.Bool, false);
	for (let value = 1; value <= 100; value++)
		connection.sendEvent(1, Kind.UInt8, value);
	server.advance(WINDOW_MS);
	same(controller.hear(), [`EVENT 1.${Kind.UInt8}=100 1.${Kind.UInt8}=99 1.${Kind.UInt8}=98 1.${Kind.Bool}=false`]);
});
