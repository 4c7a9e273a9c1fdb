/** Whether a controller would be let in and find the accessory, over sockets. What is done about it is tested in tests/host-check.test.mjs. */

import Listener from "embedded:io/socket/listener";
import { SelfCheck } from "hap/accessory/self-check";
import { Discovery } from "hap/discovery/discovery";
import { LOOPBACK, openServer, until } from "tests/fakes/loopback-server";
import { now } from "host:process";
import { equal, same, test } from "tests/harness";

const INSTANCE = `Checked ${Math.floor(Math.random() * 1e9)}`;
const PATIENCE_MS = 300;

/** [accepting, answering], as they are told once. */
async function checked(port: number, instance?: string): Promise<boolean[]> {
	const told: boolean[][] = [];
	new SelfCheck({
		address: LOOPBACK,
		port,
		instance,
		isPortShared: true,
		patienceMS: PATIENCE_MS,
		onChecked: (...results) => told.push(results),
	});
	await until(() => told.length > 0, "an answer");
	equal(told.length, 1);
	return told[0];
}

test("a server that serves lets it in", async () => {
	const server = openServer({ now });
	same(await checked(server.address()?.port ?? 0), [true, true]);
	await until(() => server.connections.length === 0, "the end of the check's connection");
	server.stop();
});

test("... also when all places are taken, with 503", async () => {
	const server = openServer({ now, maxConnections: 0 });
	same(await checked(server.address()?.port ?? 0), [true, true]);
	server.stop();
});

test("a listener whose program accepts nobody does not", async () => {
	const deaf = new Listener({ address: LOOPBACK } as never) as Listener & { close(): void; };
	same(await checked(deaf.port), [false, true]);
	deaf.close();
	same(await checked(deaf.port), [false, true]);
});

test("a server listens anew on the same port, and its connections stay", async () => {
	const server = openServer({ now });
	const port = server.address()?.port ?? 0;
	server.listen(port, LOOPBACK);
	same(await checked(port), [true, true]);
	server.stop();
});

test("discovery that answers is heard, one that is closed is not", async () => {
	const server = openServer({ now });
	const port = server.address()?.port ?? 0;
	const text = { "c#": 1, ff: 0, id: "E1:91:1A:70:85:AA", md: "Switch", pv: "1.1", "s#": 1, sf: 1, ci: 8, sh: "yf4bzw==" };
	const discovery = new Discovery({
		service: { instance: INSTANCE, hostName: INSTANCE, port, text },
		addresses: () => [LOOPBACK],
		interfaces: [LOOPBACK],
		isPortShared: true,
		now,
		random: Math.random,
	});
	await until(() => discovery.isEstablished, "the name");
	same(await checked(port, INSTANCE), [true, true]);
	same(await checked(port, `${INSTANCE} of another`), [true, false]);
	discovery.reopen();
	await until(() => discovery.isEstablished, "the name again");
	same(await checked(port, INSTANCE), [true, true]);
	discovery.close();
	same(await checked(port, INSTANCE), [true, false]);
	server.stop();
});
