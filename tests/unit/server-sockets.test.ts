/** EventedHTTPServer on real sockets: what the fakes stand for. */

import { now } from "host:process";
import { concat } from "hap/bytes/bytes";
import { EventedHTTPServer } from "hap/server/evented-http-server";
import { Kind } from "tests/fakes/all-kinds";
import { request } from "tests/fakes/controller";
import { HELO, LOOPBACK, LoopbackController, openServer, until } from "tests/fakes/loopback-server";
import { equal, ok, same, test, throws } from "tests/harness";

test("listening says where", () => {
	const server = openServer({ now });
	const heard: unknown[] = [];
	server.on("listening", (port, address) => heard.push(port, address));
	server.stop();
	equal(server.address(), undefined);
	server.listen(0, LOOPBACK);
	const { port, address } = server.address() ?? { port: 0, address: "" };
	ok(port > 0);
	equal(address, LOOPBACK);
	same(heard, [port, LOOPBACK]);
	const other = openServer({ now });
	throws(() => other.listen(port, LOOPBACK), Error, "the port is taken");
	other.stop();
	server.stop();
});

test("a request is answered, and the connection tells who is at its ends", async () => {
	const server = openServer({ now });
	const controller = await LoopbackController.open(server);
	equal(await controller.ask("GET", "/a"), "200 /a");
	const { remoteAddress, localAddress, remotePort } = controller.connection;
	same([remoteAddress, localAddress], [LOOPBACK, LOOPBACK]);
	ok(remotePort !== undefined && remotePort > 0);
	same(server.connections, [controller.connection]);
	server.stop();
	await until(() => controller.isClosed, "the end");
});

test("without anybody to serve it, a request is 404", async () => {
	const server = new EventedHTTPServer({ characteristics: openServer({ now }).characteristics, now });
	server.listen(0, LOOPBACK);
	const controller = await LoopbackController.open(server);
	equal(await controller.ask("GET", "/a"), "404");
	server.stop();
});

test("a controller that leaves is told once, and missed nowhere", async () => {
	const server = openServer({ now });
	const closed: unknown[] = [];
	server.on("connection-closed", (connection) => closed.push(connection));
	const [leaves, stays] = [await LoopbackController.open(server), await LoopbackController.open(server)];
	leaves.close();
	await until(() => closed.length > 0, "the end");
	same(closed, [leaves.connection]);
	same(server.connections, [stays.connection]);
	equal(await stays.ask("GET", "/a"), "200 /a");
	server.stop();
});

test("a broken request is answered before its connection closes", async () => {
	const server = openServer({ now });
	const controller = await LoopbackController.open(server);
	controller.send(HELO);
	equal(await controller.line(), "400");
	await until(() => controller.isClosed, "the end");
	server.stop();
});

test("a secured session: requests, and events at once and at the window's end, by the server's own timer", async () => {
	const server = openServer({ now });
	const [one, other] = [await LoopbackController.open(server), await LoopbackController.open(server)];
	await one.verify();
	await other.verify();
	one.connection.enableEventNotifications(1, Kind.UInt8);
	equal(await one.ask("GET", "/a"), "200 /a");
	for (const value of [1, 2, 3])
		server.broadcastEvent(1, Kind.UInt8, value, other.connection);
	equal(await one.line(), `EVENT 1.${Kind.UInt8}=1`);
	equal(await one.line(), `EVENT 1.${Kind.UInt8}=3 1.${Kind.UInt8}=2`);
	equal(await other.ask("GET", "/b"), "200 /b");
	server.stop();
});

test("requests in a row are answered in a row", async () => {
	const server = openServer({ now });
	const controller = await LoopbackController.open(server);
	await controller.verify();
	const paths = Array.from({ length: 20 }, (_, i) => `/${i}`);
	for (const path of paths)
		equal(await controller.ask("GET", path), `200 ${path}`);
	server.stop();
});

test("who does not read stops nobody else, and gets all of it in the end", async () => {
	const count = 3000;
	function* pieces(): Generator<string> {
		for (let i = 0; i < count; i++)
			yield String(i % 10).repeat(100);
	}
	const server = openServer(
		{ now },
		(_connection, { path }, response) => response.send(200, "text/plain", path === "/long" ? pieces() : path),
	);
	const [slow, fast] = [await LoopbackController.open(server), await LoopbackController.open(server)];
	await slow.verify();
	slow.isPaused = true;
	slow.send(request("GET", "/long"));
	for (let i = 0; i < 10; i++)
		equal(await fast.ask("GET", `/${i}`), `200 /${i}`);
	slow.resume();
	const line = await slow.line();
	equal(line.length, 4 + 100 * count);
	equal(line.slice(-101), `8${"9".repeat(100)}`);
	server.stop();
});

test("two requests in one segment, on a real socket", async () => {
	const served: string[] = [];
	const server = openServer({ now }, (_connection, { path }, response) => {
		served.push(path);
		response.sendEmpty(path === "/b" ? 204 : 100);
	});
	const controller = await LoopbackController.open(server);
	controller.send(concat(request("GET", "/a"), request("GET", "/b")));
	await until(() => served.length === 2, "both requests");
	same(served, ["/a", "/b"]);
	server.stop();
});
