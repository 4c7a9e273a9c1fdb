/**
 * An event never lands inside a response, nor between a request's first byte and its response's last; and who does not
 * read stops nobody else.
 */

import type { HAPResponse } from "hap/server/hap-response";
import { Kind } from "tests/fakes/all-kinds";
import { type Controller, request } from "tests/fakes/controller";
import { DialogueServer, type Handler } from "tests/fakes/dialogue-server";
import { equal, ok, same, test } from "tests/harness";

const WINDOW_MS = 250;
const EVENT = `EVENT 1.${Kind.Bool}=true`;
const ECHO = "200 /a ";

/** A body of `count` pieces, 100 bytes each. */
function* pieces(count: number): Generator<string> {
	for (let i = 0; i < count; i++)
		yield String(i % 10).repeat(100);
}

function longBody(count: number): string {
	return [...pieces(count)].join("");
}

const sendLong: Handler = (_connection, { path }, response) => {
	if (path === "/chunked")
		response.send(200, "text/plain", pieces(50));
	else
		response.send(200, "text/plain", longBody(50));
};

/** Lets the peer take `step` bytes at a time until nothing more comes; answers how often there was something. */
function drain(controller: Controller, step: number): string[] {
	const lines: string[] = [];
	for (let i = 0; i < 1000; i++) {
		controller.socket.setRoom(step);
		lines.push(...controller.hear());
	}
	controller.socket.setRoom(undefined);
	return [...lines, ...controller.hear()];
}

test("an event between any two parts of a request waits for the answer", () => {
	const length = 18 + request("GET", "/a").length;
	for (let cut = 1; cut < length; cut++) {
		const server = new DialogueServer();
		const controller = server.connectSecured([Kind.Bool]);
		const bytes = controller.seal(request("GET", "/a"));
		equal(bytes.length, length);
		controller.deliver(bytes.subarray(0, cut));
		server.change(Kind.Bool, true);
		same(controller.hear(), [], `cut at ${cut}`);
		controller.deliver(bytes.subarray(cut));
		same(controller.hear(), [ECHO, EVENT], `cut at ${cut}`);
	}
});

test("an event between two frames of a request waits for the answer", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool]);
	const text = request("GET", "/a");
	for (const byte of text.subarray(0, -1))
		controller.deliver(controller.seal(Uint8Array.of(byte)));
	server.change(Kind.Bool, true);
	server.advance(WINDOW_MS);
	same(controller.hear(), []);
	controller.deliver(controller.seal(text.subarray(-1)));
	same(controller.hear(), [ECHO, EVENT]);
});

test("an event between the head and the body that it announced waits for the answer", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool]);
	controller.send("PUT", "/a", "", "Content-Length: 4\r\nExpect: 100-continue\r\n");
	server.change(Kind.Bool, true);
	server.advance(WINDOW_MS);
	same(controller.hear(), ["100"]);
	controller.deliver(controller.seal(Uint8Array.of(0x62, 0x6f, 0x64, 0x79)));
	same(controller.hear(), ["200 /a body", EVENT]);
});

test("an event while an answer is being made waits for it", () => {
	let waiting: HAPResponse | undefined;
	const server = new DialogueServer({
		handler(_connection, _request, response) {
			waiting = response;
		},
	});
	const controller = server.connectSecured([Kind.Bool]);
	controller.send("GET", "/late");
	server.change(Kind.Bool, true);
	server.advance(WINDOW_MS);
	same(controller.hear(), []);
	waiting?.sendEmpty(204);
	same(controller.hear(), ["204", EVENT]);
});

test("an event that the first of two requests causes waits for the second's answer, which has come already", () => {
	const server = new DialogueServer({
		handler(_connection, { path }, response) {
			if (path === "/a")
				server.change(Kind.Bool, true);
			response.sendEmpty(204);
		},
	});
	for (const areInOneFrame of [true, false]) {
		server.database.update(1, Kind.Bool, false);
		server.advance(WINDOW_MS);
		const controller = server.connectSecured([Kind.Bool]);
		const [a, b] = [request("GET", "/a"), request("GET", "/b")];
		const both = new Uint8Array([...a, ...b]);
		controller.deliver(areInOneFrame ? controller.seal(both) : controller.seal(both, a.length));
		same(controller.hear(), ["204", "204", EVENT]);
	}
});

for (const target of ["/whole", "/chunked"])
	for (const step of [82, 83, 150, 1000, 1042, 1043, 3000])
		test(`an event while ${target} goes out ${step} bytes at a time comes behind its last byte`, () => {
			const server = new DialogueServer({ handler: sendLong });
			const controller = server.connectSecured([Kind.Bool]);
			controller.socket.setRoom(step);
			controller.send("GET", target);
			server.change(Kind.Bool, true);
			server.advance(WINDOW_MS);
			same(drain(controller, step), [`200 ${longBody(50)}`, EVENT]);
		});

test("a request that comes while an event cannot go out is answered behind it", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool]);
	controller.socket.setRoom(100);
	server.change(Kind.Bool, true);
	ok(controller.hear().length === 0, "the event has no room");
	controller.send("GET", "/a");
	equal(controller.hear().length, 0);
	same(drain(controller, 100), [EVENT, ECHO]);
});

test("no room at all: nothing is written, and no request is read", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool]);
	controller.socket.setRoom(0);
	server.change(Kind.Bool, true);
	controller.send("GET", "/a");
	equal(controller.socket.takeSent().length, 0);
	ok(controller.socket.waiting > 0, "the request stays where it is");
	controller.socket.setRoom(undefined);
	same(controller.hear(), [EVENT, ECHO]);
});

test("a slow reader stops only itself, and is told what it missed", () => {
	const server = new DialogueServer({ handler: sendLong });
	const [slow, fast] = [server.connectSecured([Kind.Bool]), server.connectSecured([Kind.Bool])];
	slow.socket.setRoom(200);
	slow.send("GET", "/chunked");
	server.change(Kind.Bool, true);
	same(fast.hear(), [EVENT]);
	same(fast.ask("GET", "/whole"), [`200 ${longBody(50)}`]);
	server.advance(WINDOW_MS);
	server.change(Kind.Bool, false);
	same(fast.hear(), [`EVENT 1.${Kind.Bool}=false`]);
	slow.socket.setRoom(undefined);
	same(slow.hear(), [`200 ${longBody(50)}`, `EVENT 1.${Kind.Bool}=false 1.${Kind.Bool}=true`]);
});

test("pieces of a body are made as there is room for them", () => {
	let made = 0;
	function* counted(): Generator<string> {
		for (; made < 100; made++)
			yield "x".repeat(100);
	}
	const server = new DialogueServer({ handler: (_connection, _request, response) => response.send(200, "text/plain", counted()) });
	const controller = server.connectSecured();
	controller.socket.setRoom(500);
	controller.send("GET", "/");
	ok(made < 10, `${made} pieces for 500 bytes`);
	controller.socket.setRoom(undefined);
	equal(made, 100);
});
