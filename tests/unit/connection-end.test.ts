/** A peer that writes no more: what it asked for is answered, and what it began and can never finish is not waited for. */

import { toText } from "hap/bytes/bytes";
import type { HAPResponse } from "hap/server/hap-response";
import { Kind } from "tests/fakes/all-kinds";
import { type Controller, request } from "tests/fakes/controller";
import { DialogueServer } from "tests/fakes/dialogue-server";
import { equal, same, test } from "tests/harness";

const LONG = "0123456789".repeat(2000);

function serve(_connection: unknown, { path, body }: { path: string; body: Uint8Array; }, response: HAPResponse): void {
	response.send(200, "text/plain", path === "/long" ? LONG : `${path} ${toText(body)}`);
}

/** Both kinds of connection that there are. */
const KINDS: readonly [string, (server: DialogueServer) => Controller][] = [
	["a stranger", (server) => server.connect()],
	["a session", (server) => server.connectSecured()],
];

for (const [who, connect] of KINDS) {
	test(`${who} that ends at any place of a request is closed at once, without an answer`, () => {
		const length = connect(new DialogueServer({ handler: serve })).seal(request("PUT", "/a", "body")).length;
		for (let cut = 0; cut < length; cut++) {
			const server = new DialogueServer({ handler: serve });
			const controller = connect(server);
			if (cut > 0)
				controller.deliver(controller.seal(request("PUT", "/a", "body")).subarray(0, cut));
			controller.socket.end();
			same([controller.isClosed, server.closed.length, controller.hear()], [true, 1, []], `cut at ${cut}`);
		}
	});

	test(`${who} that ends behind a request has its answer, and then the end`, () => {
		const controller = connect(new DialogueServer({ handler: serve }));
		controller.send("PUT", "/a", "body");
		controller.socket.end();
		same([controller.hear(), controller.isClosed], [["200 /a body"], true]);
	});

	test(`${who} that ends behind requests in a row, and a part of another, has an answer for each whole one`, () => {
		const controller = connect(new DialogueServer({ handler: serve }));
		controller.socket.setRoom(0);
		for (const path of ["/a", "/b"])
			controller.send("GET", path);
		controller.deliver(controller.seal(request("GET", "/c")).subarray(0, 10));
		controller.socket.end();
		equal(controller.isClosed, false, "nothing is answered yet");
		controller.socket.setRoom(undefined);
		same([controller.hear(), controller.isClosed], [["200 /a ", "200 /b "], true]);
	});

	test(`${who} that has ended and reads slowly gets all of its answer`, () => {
		const controller = connect(new DialogueServer({ handler: serve }));
		controller.socket.setRoom(200);
		controller.send("GET", "/long");
		controller.socket.end();
		while (!controller.isClosed)
			controller.socket.setRoom(200);
		same(controller.hear(), [`200 ${LONG}`]);
	});

	test(`${who} that has ended and reads nothing is closed when its time is over`, () => {
		const server = new DialogueServer({ handler: serve });
		const controller = connect(server);
		controller.socket.setRoom(200);
		controller.send("GET", "/long");
		controller.socket.end();
		server.advance(60_000);
		server.advance(60_000);
		equal(controller.isClosed, true);
	});

	test(`${who} that has ended gets an answer that is given later`, () => {
		const responses: HAPResponse[] = [];
		const controller = connect(new DialogueServer({ handler: (_connection, _request, response) => responses.push(response) }));
		controller.send("GET", "/a");
		controller.socket.end();
		equal(controller.isClosed, false);
		responses[0].sendEmpty(204);
		same([controller.hear(), controller.isClosed], [["204"], true]);
	});
}

test("a frame that ends behind its length, or behind a part of it, gives back what its request had taken", () => {
	const server = new DialogueServer({ handler: serve });
	server.connect(); // what connections share stays
	const free = server.takeParser();
	server.returnParser(free);
	for (const cut of [1, 2, 40]) {
		const controller = server.connectSecured([Kind.Bool]);
		const text = request("PUT", "/a", "x".repeat(1000));
		const frames = controller.seal(text, 500);
		controller.deliver(frames.subarray(0, 518 + cut));
		controller.socket.end();
		equal(controller.isClosed, true);
		equal(server.takeParser(), free, "the parser");
		server.returnParser(free);
	}
});

test("an event that is under way when the peer ends goes out whole, and no further one", () => {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.Bool]);
	controller.socket.setRoom(0);
	server.change(Kind.Bool, true);
	controller.socket.end();
	equal(controller.isClosed, false);
	server.change(Kind.Bool, false);
	controller.socket.setRoom(undefined);
	same([controller.hear(), controller.isClosed], [[`EVENT 1.${Kind.Bool}=true`], true]);
});

test("a request that is none is answered though its peer has ended", () => {
	const controller = new DialogueServer().connect();
	controller.socket.setRoom(0);
	controller.send("GET", "no target");
	controller.socket.end();
	controller.socket.setRoom(undefined);
	same([controller.hear(), controller.isClosed], [["400"], true]);
});
