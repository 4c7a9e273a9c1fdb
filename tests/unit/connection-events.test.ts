/** Events of a session: who hears of what, when, and in which order. */

import { Kind, SECOND } from "tests/fakes/all-kinds";
import { DialogueServer } from "tests/fakes/dialogue-server";
import { equal, same, test } from "tests/harness";

const WINDOW_MS = 250;
const WRITER = Object.freeze({});

function write(server: DialogueServer, iid: number, value: unknown, originator: object): void {
	const characteristic = server.database.find(1, iid);
	equal(characteristic && server.database.write(1, characteristic, value, originator), 0);
}

test("the first event after quiet goes at once", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool]);
	server.change(Kind.Bool, true);
	same(controller.hear(), [`EVENT 1.${Kind.Bool}=true`]);
});

test("what changes within the window goes at its end, in one event, newest first", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool, Kind.UInt8, Kind.UInt16]);
	server.change(Kind.Bool, true);
	controller.hear();
	server.advance(10);
	server.change(Kind.UInt8, 5);
	server.advance(100);
	server.change(Kind.UInt16, 500);
	server.change(Kind.Bool, false);
	server.advance(WINDOW_MS - 111);
	same(controller.hear(), []);
	server.advance(1);
	same(controller.hear(), [`EVENT 1.${Kind.Bool}=false 1.${Kind.UInt16}=500 1.${Kind.UInt8}=5`]);
});

test("each event opens a window of its own, and behind it there is quiet again", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.UInt8]);
	server.change(Kind.UInt8, 1);
	server.change(Kind.UInt8, 2);
	server.advance(WINDOW_MS);
	same(controller.hear(), [`EVENT 1.${Kind.UInt8}=1`, `EVENT 1.${Kind.UInt8}=2`]);
	server.change(Kind.UInt8, 3);
	server.advance(WINDOW_MS - 1);
	same(controller.hear(), []);
	server.advance(1);
	same(controller.hear(), [`EVENT 1.${Kind.UInt8}=3`]);
	server.advance(WINDOW_MS);
	server.change(Kind.UInt8, 4);
	same(controller.hear(), [`EVENT 1.${Kind.UInt8}=4`]);
});

test("the window is an option", () => {
	const server = new DialogueServer({ eventWindowMS: 1000 });
	const controller = server.connectSecured([Kind.UInt8]);
	server.change(Kind.UInt8, 1);
	server.change(Kind.UInt8, 2);
	server.advance(999);
	same(controller.hear(), [`EVENT 1.${Kind.UInt8}=1`]);
	server.advance(1);
	same(controller.hear(), [`EVENT 1.${Kind.UInt8}=2`]);
});

test("different values are all kept, for automations that depend on them", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool, Kind.UInt8]);
	server.change(Kind.UInt8, 1);
	controller.hear();
	for (const value of [true, false, true])
		server.change(Kind.Bool, value);
	server.advance(WINDOW_MS);
	same(controller.hear(), [`EVENT 1.${Kind.Bool}=true 1.${Kind.Bool}=false 1.${Kind.Bool}=true`]);
});

test("the value of the newest that waits is not told twice", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool, Kind.UInt8]);
	server.change(Kind.UInt8, 1);
	controller.hear();
	for (const value of [true, true, false, false])
		server.broadcastEvent(1, Kind.Bool, value);
	server.advance(WINDOW_MS);
	same(controller.hear(), [`EVENT 1.${Kind.Bool}=false 1.${Kind.Bool}=true`]);
});

test("only subscribers hear, and of what they subscribed to", () => {
	const server = new DialogueServer();
	const [one, other, none] = [server.connectSecured([Kind.Bool]), server.connectSecured([Kind.UInt8]), server.connectSecured()];
	server.change(Kind.Bool, true);
	server.change(Kind.Bool, true, SECOND);
	server.advance(WINDOW_MS);
	same([one.hear(), other.hear(), none.hear()], [[`EVENT 1.${Kind.Bool}=true`], [], []]);
});

test("each of several subscribers hears each change as it is, whatever the others have heard", () => {
	const server = new DialogueServer();
	const [both, first, second] = [[Kind.Bool, Kind.UInt8], [Kind.Bool], [Kind.UInt8]].map((kinds) => server.connectSecured(kinds));
	server.change(Kind.Bool, true);
	same([both, first, second].map((controller) => controller.hear()), [[`EVENT 1.${Kind.Bool}=true`], [`EVENT 1.${Kind.Bool}=true`], []]);
	server.change(Kind.UInt8, 1);
	same([both, first, second].map((controller) => controller.hear()), [[], [], [`EVENT 1.${Kind.UInt8}=1`]]);
	server.advance(WINDOW_MS);
	same([both, first].map((controller) => controller.hear()), [[`EVENT 1.${Kind.UInt8}=1`], []]);
	server.change(Kind.Bool, false);
	same([both, first, second].map((controller) => controller.hear()), [[], [`EVENT 1.${Kind.Bool}=false`], []]);
	server.advance(WINDOW_MS);
	same([both, first, second].map((controller) => controller.hear()), [[`EVENT 1.${Kind.Bool}=false`], [], []]);
});

test("who caused a change does not hear of it, and hears of the next one by somebody else", () => {
	const server = new DialogueServer();
	const [writer, other] = [server.connectSecured([Kind.Bool]), server.connectSecured([Kind.Bool])];
	write(server, Kind.Bool, true, writer.connection);
	same([writer.hear(), other.hear()], [[], [`EVENT 1.${Kind.Bool}=true`]]);
	server.advance(WINDOW_MS);
	write(server, Kind.Bool, false, other.connection);
	same([writer.hear(), other.hear()], [[`EVENT 1.${Kind.Bool}=false`], []]);
});

test("an event of nothing is never sent: all that changed was the session's own, or not subscribed to", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool]);
	write(server, Kind.Bool, true, controller.connection);
	server.change(Kind.UInt8, 1);
	server.broadcastEvent(1, 999, 1);
	server.broadcastEvent(1, Kind.Int, 1);
	server.advance(WINDOW_MS);
	equal(controller.socket.takeSent().length, 0);
});

test("subscribing sends nothing", () => {
	const server = new DialogueServer();
	server.change(Kind.Bool, true);
	const controller = server.connectSecured([Kind.Bool]);
	server.advance(WINDOW_MS);
	same(controller.hear(), []);
});

test("what changed before the subscription is not told, though the session waits for other events", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool]);
	server.change(Kind.Bool, true);
	server.change(Kind.UInt8, 1);
	server.change(Kind.Bool, false);
	controller.send("PUT", `/on?${Kind.UInt8}`);
	server.change(Kind.UInt8, 2);
	server.advance(WINDOW_MS);
	same(controller.hear(), [`EVENT 1.${Kind.Bool}=true`, "204", `EVENT 1.${Kind.UInt8}=2 1.${Kind.Bool}=false`]);
});

test("nothing is sent after an unsubscribe, though it changed before", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool, Kind.UInt8]);
	server.change(Kind.Bool, true);
	server.change(Kind.UInt8, 1);
	server.change(Kind.Bool, false);
	controller.send("PUT", `/off?${Kind.Bool}`);
	server.advance(WINDOW_MS);
	same(controller.hear(), [`EVENT 1.${Kind.Bool}=true`, "204", `EVENT 1.${Kind.UInt8}=1`]);
	server.change(Kind.Bool, true);
	server.advance(WINDOW_MS);
	same(controller.hear(), []);
});

test("who unsubscribes and subscribes again hears of nothing that changed before", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool, Kind.UInt8]);
	server.change(Kind.Bool, true);
	server.change(Kind.Bool, false);
	controller.hear();
	// The second subscription finds the change already gathered by the first one.
	for (const target of [`/on?${Kind.UInt16}`, `/off?${Kind.Bool}`, `/on?${Kind.Bool}`])
		same(controller.ask("PUT", target), ["204"]);
	server.advance(WINDOW_MS);
	same(controller.hear(), []);
});

test("a session without subscriptions left hears nothing, whatever waited", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool]);
	server.change(Kind.Bool, true);
	server.change(Kind.Bool, false);
	controller.hear();
	controller.connection.clearRegisteredEvents();
	server.advance(WINDOW_MS);
	same(controller.hear(), []);
});

test("a connection that is not verified hears nothing", () => {
	const server = new DialogueServer();
	const controller = server.connect();
	controller.connection.enableEventNotifications(1, Kind.Bool);
	server.change(Kind.Bool, true);
	server.advance(WINDOW_MS);
	equal(controller.socket.takeSent().length, 0);
});

test("what one request changes reaches the others in one event, behind its answer", () => {
	const server = new DialogueServer({
		handler(connection, _request, response) {
			write(server, Kind.Bool, true, connection);
			write(server, Kind.UInt8, 7, connection);
			response.sendEmpty(204);
		},
	});
	const [writer, other] = [server.connectSecured([Kind.Bool]), server.connectSecured([Kind.Bool, Kind.UInt8])];
	same(writer.ask("PUT", "/"), ["204"]);
	same(other.hear(), [`EVENT 1.${Kind.UInt8}=7 1.${Kind.Bool}=true`]);
});

test("a value that needs escaping, and one of null, are told as JSON", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool]);
	server.broadcastEvent(1, Kind.Bool, 'a "b"\n');
	server.broadcastEvent(1, Kind.Bool, null);
	server.advance(WINDOW_MS);
	same(controller.hear(), [`EVENT 1.${Kind.Bool}="a \\"b\\"\\n"`, `EVENT 1.${Kind.Bool}=null`]);
});

test("a listener that fails while events go out costs no later event", () => {
	const server = new DialogueServer();
	const [gone, stays] = [server.connectSecured([Kind.Bool]), server.connectSecured([Kind.Bool])];
	gone.socket.isGone = true;
	gone.connection.on("closed", () => {
		throw new Error("ours");
	});
	server.change(Kind.Bool, true);
	same(server.faults.map((fault) => (fault as Error).message), ["ours"]);
	same(stays.hear(), [`EVENT 1.${Kind.Bool}=true`]);
	server.change(Kind.Bool, false);
	server.advance(WINDOW_MS);
	same(stays.hear(), [`EVENT 1.${Kind.Bool}=false`]);
});

test("an event has HAP's head", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool]);
	write(server, Kind.Bool, true, WRITER);
	const [{ protocol, status, headers, body }] = controller.hearMessages();
	same([protocol, status, headers.get("content-type")], ["EVENT/1.0", 200, "application/hap+json"]);
	equal(headers.get("content-length"), String(body.length));
});
