/** HAP-NodeJS's surface: names, states, and the end of a session. */

import { EventedHTTPServer } from "hap/server/evented-http-server";
import type { HAPResponse } from "hap/server/hap-response";
import { Kind } from "tests/fakes/all-kinds";
import { request } from "tests/fakes/controller";
import { DialogueServer } from "tests/fakes/dialogue-server";
import { equal, ok, same, test } from "tests/harness";

const { destroyExistingConnectionsAfterUnpair } = EventedHTTPServer;

test("a connection says where it comes from, and when it was last used", () => {
	const server = new DialogueServer();
	const { connection } = server.connect();
	const { localAddress, remoteAddress, remotePort, lastSocketOperation, username } = connection;
	same([localAddress, remoteAddress, remotePort, username], ["192.0.2.7", "192.0.2.9", 49152, undefined]);
	equal(lastSocketOperation, server.time);
	ok(connection.sessionID !== server.connect().connection.sessionID);
});

test("bytes in and bytes out are operations, and waiting is none", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool]);
	const { connection } = controller;
	server.advance(10);
	const frame = controller.seal(request("GET", "/a"));
	controller.deliver(frame.subarray(0, 10));
	equal(connection.lastSocketOperation, server.time);
	server.advance(10);
	equal(connection.lastSocketOperation, server.time - 10);
	controller.deliver(frame.subarray(10));
	equal(connection.lastSocketOperation, server.time);
	server.advance(10);
	server.change(Kind.Bool, true);
	equal(connection.lastSocketOperation, server.time);
});

test("it becomes authenticated, and says so with the controller's name", () => {
	const server = new DialogueServer();
	const heard: string[] = [];
	server.on("authenticated", ({ username }) => heard.push(`server ${username}`));
	const { connection } = server.connect();
	connection.on("authenticated", (username) => heard.push(`connection ${username}`));
	equal(connection.isAuthenticated(), false);
	connection.connectionAuthenticated("somebody");
	same([connection.isAuthenticated(), connection.username], [true, "somebody"]);
	same(heard, ["connection somebody", "server somebody"]);
});

test("every request is told by the connection, and then by the server", () => {
	const heard: string[] = [];
	const server = new DialogueServer({
		handler: (connection, { path }) => heard.push(`server ${connection === controller.connection} ${path}`),
	});
	const controller = server.connect();
	controller.connection.on("request", ({ path }) => heard.push(`connection ${path}`));
	controller.send("GET", "/a");
	same(heard, ["connection /a", "server true /a"]);
});

test("what the connection's listener answered is answered", () => {
	const controller = new DialogueServer().connect();
	controller.connection.on("request", (_request, response) => response.sendEmpty(204));
	same(controller.ask("GET", "/a"), ["204"]);
});

test("subscriptions are named by accessory and instance", () => {
	const { connection } = new DialogueServer().connectSecured();
	connection.enableEventNotifications(1, Kind.Bool);
	connection.enableEventNotifications(1, Kind.Bool);
	connection.enableEventNotifications(1, Kind.UInt8);
	same([1, 2].map((aid) => connection.hasEventNotifications(aid, Kind.Bool)), [true, false]);
	equal(connection.subscriptionsCount, 2);
	connection.disableEventNotifications(1, Kind.Bool);
	connection.disableEventNotifications(1, Kind.Bool);
	equal(connection.hasEventNotifications(1, Kind.Bool), false);
	equal(connection.subscriptionsCount, 1);
	connection.clearRegisteredEvents();
	equal(connection.hasEventNotifications(1, Kind.UInt8), false);
});

test("what does not notify, or is not there, cannot be subscribed to", () => {
	const { connection } = new DialogueServer().connectSecured();
	for (const iid of [Kind.Int, 999, 20]) {
		connection.enableEventNotifications(1, iid);
		equal(connection.hasEventNotifications(1, iid), false);
	}
	equal(connection.subscriptionsCount, 0);
});

test("closing is told once, however often it is asked for, and from inside as well", () => {
	const server = new DialogueServer();
	const { connection, socket } = server.connectSecured([Kind.Bool]);
	let closed = 0;
	connection.on("closed", () => {
		closed++;
		connection.close();
	});
	const heard: unknown[] = [];
	server.on("connection-closed", (other) => heard.push(other));
	connection.close();
	connection.close();
	same([closed, heard.length, heard[0] === connection, socket.isClosed], [1, 1, true, true]);
	same([connection.isOpen, connection.isAuthenticated(), connection.subscriptionsCount], [false, false, 0]);
	equal(server.connections.length, 0);
});

test("a closed connection takes events, answers and subscriptions without harm", () => {
	const waiting: HAPResponse[] = [];
	const server = new DialogueServer({ handler: (_connection, _request, response) => waiting.push(response) });
	const controller = server.connectSecured([Kind.Bool]);
	controller.send("GET", "/a");
	controller.connection.close();
	waiting[0].sendEmpty(204);
	controller.connection.enableEventNotifications(1, Kind.Bool);
	controller.connection.sendEvent(1, Kind.Bool, true);
	server.change(Kind.Bool, true);
	server.advance(1000);
	equal(controller.socket.takeSent().length, 0);
});

test("a handler may close its own connection", () => {
	const server = new DialogueServer({
		handler(connection, _request, response) {
			connection.close();
			response.sendEmpty(204);
		},
	});
	const controller = server.connect();
	controller.deliver(new Uint8Array([...request("GET", "/a"), ...request("GET", "/b")]));
	equal(controller.isClosed, true);
	equal(controller.socket.takeSent().length, 0);
	equal(server.faults.length, 0);
});

test("unpairing closes the other sessions of that controller at once, and the initiator's behind its answer", () => {
	let atAnswer: boolean[] = [];
	const server = new DialogueServer({
		handler(connection, _request, response) {
			destroyExistingConnectionsAfterUnpair(connection, "gone");
			atAnswer = [initiator, other, stays].map(({ isClosed }) => isClosed);
			response.sendEmpty(200);
		},
	});
	const initiator = server.connectSecured([Kind.Bool], "gone");
	const other = server.connectSecured([Kind.Bool], "gone");
	const stays = server.connectSecured([], "stays");
	initiator.socket.setRoom(0);
	initiator.send("POST", "/pairings");
	same(atAnswer, [false, true, false]);
	equal(initiator.isClosed, false, "its answer is not out yet");
	equal(initiator.connection.isAuthenticated(), false);
	initiator.socket.setRoom(undefined);
	same(initiator.hear(), ["200"]);
	same([initiator, other, stays].map(({ isClosed }) => isClosed), [true, true, false]);
});

test("the initiator's last word is the answer: no event, and no further request", () => {
	const server = new DialogueServer({
		handler(connection, { path }, response) {
			destroyExistingConnectionsAfterUnpair(connection, "gone");
			server.change(Kind.Bool, true);
			response.send(200, undefined, path);
		},
	});
	const controller = server.connectSecured([Kind.Bool], "gone");
	controller.deliver(controller.seal(new Uint8Array([...request("POST", "/a"), ...request("POST", "/b")])));
	same(controller.hear(), ["200 /a"]);
	equal(controller.isClosed, true);
});

test("unpairing by nobody, and by an initiator that asked nothing, closes at once", () => {
	const server = new DialogueServer();
	const [one, idle] = [server.connectSecured([], "one"), server.connectSecured([], "idle")];
	server.closeSessionsOf("one");
	equal(one.isClosed, true);
	destroyExistingConnectionsAfterUnpair(idle.connection, "idle");
	equal(idle.isClosed, true);
});

test("an initiator of another name stays", () => {
	const server = new DialogueServer();
	const [admin, removed] = [server.connectSecured([], "admin"), server.connectSecured([], "removed")];
	destroyExistingConnectionsAfterUnpair(admin.connection, "removed");
	same([admin.isClosed, removed.isClosed], [false, true]);
});

test("stopping closes every connection, and may be asked for twice", () => {
	const server = new DialogueServer();
	const controllers = [server.connect(), server.connectSecured()];
	server.stop();
	server.destroy();
	same(controllers.map(({ isClosed }) => isClosed), [true, true]);
	equal(server.connections.length, 0);
	equal(server.address(), undefined);
});
