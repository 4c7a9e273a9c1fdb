/** The secured session: frames in any segmentation, broken ones, and where encryption begins. HAP R2 "Session Security". */

import { concat, fromText } from "hap/bytes/bytes";
import { Session } from "hap/wire/frame";
import { type Controller, request } from "tests/fakes/controller";
import { DialogueServer, secretOf } from "tests/fakes/dialogue-server";
import { equal, ok, same, test } from "tests/harness";

const PUT = request("PUT", "/b?c=1", "body of b");
const ANSWER = "200 /b?c=1 body of b";

test("every split of a frame reads the same", () => {
	for (let cut = 0; cut <= PUT.length + 18; cut++) {
		const controller = new DialogueServer().connectSecured();
		const frame = controller.seal(PUT);
		controller.deliver(frame.subarray(0, cut));
		controller.deliver(frame.subarray(cut));
		same(controller.hear(), [ANSWER], `cut at ${cut}`);
	}
});

test("frames come byte by byte", () => {
	const controller = new DialogueServer().connectSecured();
	for (const byte of concat(controller.seal(PUT), controller.seal(PUT)))
		controller.deliver(Uint8Array.of(byte));
	same(controller.hear(), [ANSWER, ANSWER]);
});

for (const size of [1, 2, 7, 100, 1024])
	test(`three requests in frames of ${size} bytes, in one segment and in segments of any size`, () => {
		const three = concat(request("GET", "/a"), PUT, request("GET", "/d"));
		for (const segment of [1, 17, 100, 5000]) {
			const controller = new DialogueServer().connectSecured();
			const bytes = controller.seal(three, size);
			for (let at = 0; at < bytes.length; at += segment)
				controller.deliver(bytes.subarray(at, at + segment));
			same(controller.hear(), ["200 /a ", ANSWER, "200 /d "], `segments of ${segment}`);
		}
	});

test("a request of several full frames", () => {
	const controller = new DialogueServer().connectSecured();
	const body = "0123456789".repeat(90);
	controller.deliver(controller.seal(request("PUT", "/long", body)));
	same(controller.hear(), [`200 /long ${body}`]);
});

test("a lone first byte of a frame waits, and so does a frame without its tag's last byte", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured();
	const frame = controller.seal(PUT);
	for (const to of [1, frame.length - 1]) {
		controller.deliver(frame.subarray(to === 1 ? 0 : 1, to));
		same([controller.hear(), controller.isClosed], [[], false]);
		server.advance(9000);
	}
	controller.deliver(frame.subarray(-1));
	same(controller.hear(), [ANSWER]);
});

function changed(bytes: Uint8Array, at: number): Uint8Array {
	const copy = bytes.slice();
	copy[at < 0 ? copy.length + at : at] ^= 1;
	return copy;
}

/** Each is delivered by a controller that has had one request answered before. */
for (
	const [what, make] of [
		["a frame of no bytes", () => new Uint8Array(18)],
		["the length 0 alone", () => Uint8Array.of(0, 0)],
		["the length 1025 alone", () => Uint8Array.of(1, 4)],
		["the length 65535 alone", () => Uint8Array.of(255, 255)],
		["a frame of 1025 bytes, well sealed", (controller: Controller) => controller.seal(new Uint8Array(1025).fill(0x61), 1025)],
		["a changed tag", (controller: Controller) => changed(controller.seal(PUT), -1)],
		["a changed text", (controller: Controller) => changed(controller.seal(PUT), 2)],
		["a length that was changed", (controller: Controller) => changed(concat(controller.seal(PUT), new Uint8Array(18)), 0)],
		["a request in the clear", () => concat(PUT, new Uint8Array(32768))],
	] as const
)
	test(`${what} closes that connection without a word, and no other`, () => {
		const server = new DialogueServer();
		const [controller, other] = [server.connectSecured(), server.connectSecured()];
		same(controller.ask("GET", "/a"), ["200 /a "]);
		controller.deliver(make(controller));
		equal(controller.isClosed, true);
		equal(controller.socket.takeSent().length, 0);
		same(server.closed, [controller.connection]);
		equal(server.faults.length, 0);
		same(other.ask("GET", "/a"), ["200 /a "]);
	});

test("a frame that comes again closes the connection", () => {
	const controller = new DialogueServer().connectSecured();
	const frame = controller.seal(PUT);
	controller.deliver(frame);
	same(controller.hear(), [ANSWER]);
	controller.deliver(frame);
	equal(controller.isClosed, true);
	equal(controller.socket.takeSent().length, 0);
});

test("a frame left out closes the connection", () => {
	const controller = new DialogueServer().connectSecured();
	controller.seal(PUT);
	controller.deliver(controller.seal(PUT));
	equal(controller.isClosed, true);
});

test("one session's frame means nothing to another", () => {
	const server = new DialogueServer();
	const [one, other] = [server.connectSecured(), server.connectSecured()];
	other.deliver(one.seal(PUT));
	equal(other.isClosed, true);
	equal(one.isClosed, false);
});

test("malformed HTTP inside a good frame is answered in a frame, and then the connection closes", () => {
	const controller = new DialogueServer().connectSecured();
	controller.deliver(controller.seal(fromText("HELO\r\n")));
	same(controller.hear(), ["400"]);
	equal(controller.isClosed, true);
});

test("an answer longer than a frame goes in several, none above 1024 bytes", () => {
	const body = "0123456789".repeat(1000);
	const server = new DialogueServer({ handler: (_connection, _request, response) => response.send(200, "text/plain", body) });
	const controller = server.connectSecured();
	same(controller.ask("GET", "/"), [`200 ${body}`]);
});

test("the answer that secures goes out plain, and the request behind it comes in a frame", () => {
	const server = new DialogueServer();
	const controller = server.connect();
	controller.send("POST", "/verify", "controller");
	same(controller.hear(), ["204"]);
	controller.secure(secretOf(controller.connection.sessionID));
	same(controller.ask("PUT", "/b?c=1", "body of b"), [ANSWER]);
});

test("the answer that secures goes out plain even when it has to wait, with a frame waiting behind its request", () => {
	const server = new DialogueServer();
	const controller = server.connect();
	controller.socket.setRoom(0);
	controller.send("POST", "/verify", "controller");
	const early = controllerOf(controller);
	controller.deliver(early);
	same(controller.hear(), []);
	const { sessionID } = controller.connection;
	controller.socket.setRoom(82); // enough for the answer, and for no second message
	same(controller.hear(), ["204"]);
	controller.secure(secretOf(sessionID));
	controller.deliver(controller.seal(request("GET", "/first")).subarray(early.length));
	controller.socket.setRoom(undefined);
	same(controller.hear(), ["200 /first "]);
});

/** The frame that this controller will send first, before it has heard that it may. */
function controllerOf(controller: Controller): Uint8Array {
	const twin = new DialogueServer().connect();
	twin.secure(secretOf(controller.connection.sessionID));
	return twin.seal(request("GET", "/first"));
}

for (const room of [undefined, 0])
	test(`what comes in the clear behind the request that secures is never served (${room ?? "all the"} room)`, () => {
		const served: string[] = [];
		const server = new DialogueServer({
			handler(_connection, { path }, response) {
				served.push(path);
				response.sendEmpty(204);
			},
		});
		const controller = server.connect();
		controller.socket.setRoom(room);
		controller.deliver(concat(request("POST", "/verify", "controller"), request("PUT", "/injected")));
		controller.socket.setRoom(undefined);
		same(served, []);
		equal(controller.isClosed, true);
		ok(controller.hear().length <= 1);
	});

test("a session may be secured anew: the answer is the old keys' last, and everything behind it the new ones'", () => {
	const secret = new Uint8Array(32).fill(77);
	const server = new DialogueServer({
		handler(connection, { path }, response) {
			if (path === "/again")
				connection.secure(new Session(secret.slice()));
			response.sendEmpty(204);
		},
	});
	const controller = server.connectSecured();
	same(controller.ask("POST", "/again"), ["204"]);
	controller.secure(secret);
	same([controller.ask("GET", "/a"), controller.ask("GET", "/a")], [["204"], ["204"]]);
});
