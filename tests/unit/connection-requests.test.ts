/** Requests in the clear: any segmentation, pipelining, answers given late, and what breaks. */

import { concat, fromText } from "hap/bytes/bytes";
import type { HAPResponse } from "hap/server/hap-response";
import { request } from "tests/fakes/controller";
import { DialogueServer } from "tests/fakes/dialogue-server";
import { equal, ok, same, test } from "tests/harness";

const PUT = request("PUT", "/b?c=1", "body of b");
const ANSWER = "200 /b?c=1 body of b";

test("every split of a request reads the same", () => {
	for (let cut = 0; cut <= PUT.length; cut++) {
		const controller = new DialogueServer().connect();
		controller.deliver(PUT.subarray(0, cut));
		controller.deliver(PUT.subarray(cut));
		same(controller.hear(), [ANSWER], `cut at ${cut}`);
	}
});

test("a request comes byte by byte", () => {
	const controller = new DialogueServer().connect();
	for (const byte of PUT)
		controller.deliver(Uint8Array.of(byte));
	same(controller.hear(), [ANSWER]);
});

test("every split of three requests in a row is answered in their order", () => {
	const three = concat(request("GET", "/a"), PUT, request("GET", "/d"));
	for (let cut = 0; cut <= three.length; cut++) {
		const controller = new DialogueServer().connect();
		controller.deliver(three.subarray(0, cut));
		controller.deliver(three.subarray(cut));
		same(controller.hear(), ["200 /a ", ANSWER, "200 /d "], `cut at ${cut}`);
	}
});

test("a hundred requests in one segment, which no buffer holds at once", () => {
	const controller = new DialogueServer().connect();
	controller.deliver(concat(...Array.from({ length: 100 }, (_, i) => request("GET", `/${i}`))));
	same(controller.hear(), Array.from({ length: 100 }, (_, i) => `200 /${i} `));
});

test("two connections with parts of requests do not mix", () => {
	const server = new DialogueServer();
	const [one, other] = [server.connect(), server.connect()];
	const bytes = request("PUT", "/o", "of another");
	for (let i = 0; i < Math.max(PUT.length, bytes.length); i++) {
		if (i < PUT.length)
			one.deliver(PUT.subarray(i, i + 1));
		if (i < bytes.length)
			other.deliver(bytes.subarray(i, i + 1));
	}
	same([one.hear(), other.hear()], [[ANSWER], ["200 /o of another"]]);
});

test("names of headers in any case, bodies in chunks", () => {
	const controller = new DialogueServer().connect();
	controller.deliver(fromText("PUT /a HTTP/1.1\r\ncONTENT-lENGTH: 4\r\n\r\nbody"));
	controller.deliver(fromText("PUT /a HTTP/1.1\r\nTRANSFER-ENCODING: Chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n"));
	same(controller.hear(), ["200 /a body", "200 /a body"]);
});

test("a request that asks whether to go on is told to", () => {
	const controller = new DialogueServer().connect();
	controller.send("PUT", "/a", "", "Expect: 100-continue\r\nContent-Length: 4\r\n");
	same(controller.hear(), ["100"]);
	controller.deliver(fromText("body"));
	same(controller.hear(), ["200 /a body"]);
});

test("no request is served before the one before it is answered", () => {
	const served: string[] = [];
	const waiting: HAPResponse[] = [];
	const server = new DialogueServer({
		handler(_connection, { path }, response) {
			served.push(path);
			waiting.push(response);
		},
	});
	const controller = server.connect();
	controller.deliver(concat(request("GET", "/a"), request("GET", "/b")));
	controller.send("GET", "/c");
	same(served, ["/a"]);
	waiting[0].sendEmpty(204);
	same(served, ["/a", "/b"]);
	waiting[1].sendEmpty(404);
	waiting[2].sendEmpty(500);
	same(controller.hear(), ["204", "404", "500"]);
});

test("an answer given late, while another connection's requests are read, mixes nothing", () => {
	const waiting: HAPResponse[] = [];
	const server = new DialogueServer({
		handler(_connection, { path }, response) {
			if (path === "/wait")
				waiting.push(response);
			else {
				waiting.pop()?.sendEmpty(204);
				response.send(200, undefined, path);
			}
		},
	});
	const [late, other] = [server.connect(), server.connect()];
	late.deliver(concat(request("GET", "/wait"), request("GET", "/after-the-wait")));
	late.send("GET", "/after-all-that-and-longer-than-anything-else");
	other.deliver(concat(request("GET", "/1"), request("GET", "/2"), request("GET", "/3")));
	same(other.hear(), ["200 /1", "200 /2", "200 /3"]);
	same(late.hear(), ["204", "200 /after-the-wait", "200 /after-all-that-and-longer-than-anything-else"]);
});

for (
	const [what, text, status] of [
		["no HTTP", "HELO example\r\n", "400"],
		["HTTP/2", "GET / HTTP/2.0\r\n\r\n", "505"],
		["a target that is none", "GET http://[ HTTP/1.1\r\n\r\n", "400"],
		["two lengths", "PUT / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "400"],
		["a body that nothing has room for", "PUT / HTTP/1.1\r\nContent-Length: 4000000\r\n\r\n", "413"],
		["a target without an end", `GET /${"a".repeat(2000)}`, "414"],
		["an expectation that nobody knows", "PUT / HTTP/1.1\r\nExpect: coffee\r\n\r\n", "417"],
	] as const
)
	test(`${what} is ${status}, and then the connection is closed, alone`, () => {
		const server = new DialogueServer();
		const [controller, other] = [server.connect(), server.connect()];
		controller.deliver(concat(fromText(text), request("GET", "/never")));
		same(controller.hear(), [status]);
		equal(controller.isClosed, true);
		equal(server.faults.length, 0);
		same(other.ask("GET", "/a"), ["200 /a "]);
	});

test("the answer to what is no request goes out before the connection closes, however long that takes", () => {
	const controller = new DialogueServer().connect();
	controller.socket.setRoom(0);
	controller.deliver(fromText("HELO\r\n"));
	controller.send("GET", "/never");
	equal(controller.isClosed, false);
	controller.socket.setRoom(undefined);
	same(controller.hear(), ["400"]);
	equal(controller.isClosed, true);
});

test("two slashes are a path like any other", () => same(new DialogueServer().connect().ask("GET", "//"), ["200 // "]));

for (
	const [what, text] of [
		["a request of HTTP/1.0", "GET /a HTTP/1.0\r\n\r\n"],
		["Connection: close", "GET /a HTTP/1.1\r\nConnection: Close\r\n\r\n"],
	] as const
)
	test(`behind ${what}, the connection closes`, () => {
		const controller = new DialogueServer().connect();
		controller.deliver(concat(fromText(text), request("GET", "/never")));
		same(controller.hear(), ["200 /a "]);
		equal(controller.isClosed, true);
	});

for (
	const [what, text, expected] of [
		["the answer to what is no request", "HELO\r\n", "close"],
		["the answer to a request of HTTP/1.0", "GET /a HTTP/1.0\r\n\r\n", "close"],
		["the answer to Connection: close", "GET /a HTTP/1.1\r\nConnection: close\r\n\r\n", "close"],
		["an answer behind which the connection goes on", "GET /a HTTP/1.1\r\n\r\n", undefined],
	] as const
)
	test(`${what} says ${expected ?? "nothing of an end"}`, () => {
		const controller = new DialogueServer().connect();
		controller.deliver(fromText(text));
		const [{ headers }] = controller.hearMessages();
		equal(headers.get("connection"), expected);
	});

test("an exception in a handler is 500 and a fault, and the connection goes on", () => {
	const error = new Error("ours");
	const server = new DialogueServer({
		handler(_connection, { path }, response) {
			if (path === "/fault")
				throw error;
			response.sendEmpty(204);
		},
	});
	const [controller, other] = [server.connect(), server.connect()];
	controller.deliver(concat(request("PUT", "/fault", "x"), request("GET", "/a")));
	same(controller.hear(), ["500", "204"]);
	same(server.faults, [error]);
	same(other.ask("GET", "/a"), ["204"]);
});

test("a handler that fails after it answered has answered", () => {
	const server = new DialogueServer({
		handler(_connection, _request, response) {
			response.sendEmpty(204);
			response.sendEmpty(404);
			throw new Error("too late");
		},
	});
	const controller = server.connect();
	same([controller.ask("GET", "/"), controller.ask("GET", "/")], [["204"], ["204"]]);
	equal(server.faults.length, 2);
});

for (const room of [undefined, 100])
	test(`a body that fails half-way is a fault and ends its connection alone (${room ?? "all the"} room)`, () => {
		function* failing(): Generator<string> {
			yield "x".repeat(200);
			throw new Error("ours");
		}
		const server = new DialogueServer({
			handler: (_connection, { path }, response) => response.send(200, undefined, path === "/fault" ? failing() : path),
		});
		const [controller, other] = [server.connect(), server.connect()];
		controller.socket.setRoom(room);
		controller.send("GET", "/fault");
		for (let i = 0; i < 10 && !controller.isClosed; i++)
			controller.socket.setRoom(room);
		same(controller.hear(), []);
		equal(controller.isClosed, true);
		equal((server.faults[0] as Error).message, "ours");
		same(other.ask("GET", "/a"), ["200 /a"]);
	});

test("a peer that is gone when it is written to ends its connection alone", () => {
	const server = new DialogueServer();
	const [controller, other] = [server.connect(), server.connect()];
	controller.socket.isGone = true;
	controller.deliver(concat(PUT, PUT));
	equal(controller.isClosed, true);
	same(server.closed, [controller.connection]);
	same(other.ask("GET", "/a"), ["200 /a "]);
	ok(server.connections.length === 1);
});
