/** The bounds of docs/limits.md at a connection: what is within is served, what is beyond is refused, and both give back what they took. */

import type { ByteBudget } from "hap/bytes/byte-budget";
import { Kind } from "tests/fakes/all-kinds";
import type { Controller } from "tests/fakes/controller";
import { DialogueServer } from "tests/fakes/dialogue-server";
import { EndpointAccessory } from "tests/fakes/endpoint-accessory";
import { bytesOf, head } from "tests/fakes/request-text";
import { equal, same, test } from "tests/harness";

const WINDOW_MS = 250;
const ECHO = "GET / HTTP/1.1";
const BODY = "PUT / HTTP/1.1";

/** Bytes that parts of requests may still take. */
function left(server: DialogueServer): number {
	return (server as unknown as { budget: ByteBudget; }).budget.left;
}

function deliver(controller: Controller, text: string, size: number): void {
	const bytes = controller.seal(bytesOf(text));
	for (let at = 0; at < bytes.length && !controller.isClosed; at += size)
		controller.deliver(bytes.subarray(at, at + size));
}

const x = (count: number) => "x".repeat(count);

/** Nine lines of 200 bytes, and one that makes it `bytes` in all. */
function headOf(bytes: number): string {
	const text = `${ECHO}\r\n${`X: ${x(195)}\r\n`.repeat(9)}`;
	return `${text}X: ${x(bytes - text.length - 7)}\r\n\r\n`;
}

const KINDS: readonly [string, (server: DialogueServer) => Controller][] = [
	["a stranger", (server) => server.connect()],
	["a session", (server) => server.connectSecured()],
];

for (
	const [what, within, beyond, status] of [
		["a request line of 512 bytes", head(`GET /${x(496)} HTTP/1.1`), head(`GET /${x(497)} HTTP/1.1`), 414],
		["a header line of 512 bytes", head(ECHO, `X: ${x(507)}`), head(ECHO, `X: ${x(508)}`), 431],
		["a head of 2048 bytes", headOf(2048), headOf(2049), 431],
		["a body of 1024 bytes", `${head(BODY, "Content-Length: 1024")}${x(1024)}`, head(BODY, "Content-Length: 1025"), 413],
		[
			"chunks of 1024 bytes in all",
			`${head(BODY, "Transfer-Encoding: chunked")}200\r\n${x(512)}\r\n200\r\n${x(512)}\r\n0\r\n\r\n`,
			`${head(BODY, "Transfer-Encoding: chunked")}200\r\n${x(512)}\r\n201\r\n${x(513)}\r\n0\r\n\r\n`,
			413,
		],
	] as const
)
	for (const [who, connect] of KINDS)
		for (const size of [1, 100, 4096])
			test(`${what} from ${who} are served, one more is ${status} and the end, in pieces of ${size}`, () => {
				const server = new DialogueServer({ handler: (_connection, _request, response) => response.sendEmpty(204) });
				const other = server.connect();
				const before = left(server);
				const controller = connect(server);
				deliver(controller, within, size);
				same([controller.hear(), controller.isClosed, left(server)], [["204"], false, before], "within");
				deliver(controller, beyond, size);
				same([controller.hear(), controller.isClosed, left(server)], [[String(status)], true, before], "beyond");
				same(other.ask("GET", "/"), ["204"]);
			});

test("a body and two lines in parts are held at a time, another line is 503 and the end; all of it is given back", () => {
	const server = new DialogueServer({ handler: (_connection, _request, response) => response.sendEmpty(204) });
	const holders = Array.from({ length: 3 }, () => server.connect());
	const [late, other] = [server.connect(), server.connect()];
	const before = left(server);
	equal(before, 2048);
	deliver(holders[0], `${head(BODY, "Content-Length: 1024")}${x(1023)}`, 4096);
	for (const holder of holders.slice(1))
		deliver(holder, `GET /${x(490)}`, 4096);
	equal(left(server), 0, "all of it is held");
	deliver(late, "GET /", 4096);
	same([late.hear(), late.isClosed], [["503"], true]);
	same(other.ask("GET", "/"), ["204"], "what comes whole takes nothing");
	deliver(holders[0], "x", 4096);
	same(holders[0].hear(), ["204"]);
	for (const holder of holders.slice(1))
		holder.connection.close();
	equal(left(server), before);
});

test("a frame of 1024 bytes of text is served, one of 1025 is the end without an answer", () => {
	const server = new DialogueServer({ handler: (_connection, _request, response) => response.sendEmpty(204) });
	server.connect();
	const before = left(server);
	const headBytes = head(BODY, "Content-Length: 900").length;
	for (const [length, expected] of [[1024, ["204"]], [1025, []]] as const) {
		const controller = server.connectSecured();
		const count = length - headBytes;
		controller.deliver(controller.seal(bytesOf(`${head(BODY, `Content-Length: ${count}`)}${x(count)}`), length));
		same([controller.hear(), controller.isClosed], [expected, length > 1024]);
	}
	equal(left(server), before);
});

/** Characteristics of a write, as many as there are. */
function write(count: number): string {
	return JSON.stringify({ characteristics: Array.from({ length: count }, (_, i) => ({ aid: 1, iid: 100 + i, ev: true })) });
}

test("a write of 24 characteristics is read, one of 25 is 400, and the session goes on", () => {
	const accessory = new EndpointAccessory();
	const controller = accessory.verified();
	const before = left(accessory.server);
	equal(controller.ask("PUT", "/characteristics", write(24))[0].slice(0, 3), "207");
	same(controller.ask("PUT", "/characteristics", write(25)), ["400"]);
	same(controller.ask("PUT", "/characteristics", '{"characteristics":[]}'), ["204"]);
	equal(left(accessory.server), before);
});

/** While the window of the first event is open. */
function eventsOf(count: number): string[] {
	const server = new DialogueServer();
	const controller = server.connectSecured([Kind.UInt8, Kind.Bool]);
	server.change(Kind.Bool, true);
	controller.hear();
	for (let value = 1; value <= count; value++)
		server.change(Kind.UInt8, value);
	server.advance(WINDOW_MS);
	return controller.hear();
}

test("sixteen changes of a window are all told, of seventeen the newest alone", () => {
	const all = Array.from({ length: 16 }, (_, i) => `1.${Kind.UInt8}=${16 - i}`);
	same(eventsOf(16), [`EVENT ${all.join(" ")}`]);
	same(eventsOf(17), [`EVENT 1.${Kind.UInt8}=17`]);
});
