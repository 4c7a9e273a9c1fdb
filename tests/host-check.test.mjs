/** An accessory that nobody can reach any more notices it, and mends it. */

import assert from "node:assert";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { withHost } from "./host/host.mjs";

const LISTENER = "self-check: nobody is let in; the port is opened anew";
const DISCOVERY = "self-check: discovery does not answer; it is opened anew";

async function withAccessory(body) {
	const folder = mkdtempSync(join(tmpdir(), "hap-xs-check-"));
	const settings = { parameters: [folder], options: ["--heap", "262144"] };
	try {
		await withHost("tests/host/self-check", settings, async (host) => {
			const line = await host.line(/^port \d+$/);
			await body(host, Number(line.slice(5)));
		});
	}
	finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** What is said in a while, of checks or of anything. */
async function said(host, milliseconds) {
	await sleep(milliseconds);
	return host.takeLines();
}

async function isLetIn(port) {
	const socket = connect({ port, host: "127.0.0.1" });
	await once(socket, "connect");
	socket.write("GET / HTTP/1.1\r\n\r\n");
	const [bytes] = await once(socket, "data");
	socket.destroy();
	assert.match(String(bytes), /^HTTP\/1\.1 470 /);
}

test("checks of what works say nothing, and log no connections of theirs", () =>
	withAccessory(async (host) => {
		assert.deepStrictEqual(await said(host, 3000), []);
	}));

test("a listener that has gone is opened anew, on its port", () =>
	withAccessory(async (host, port) => {
		host.child.stdin.write("l");
		await host.line(new RegExp(`^${LISTENER}$`));
		await isLetIn(port);
		assert.deepStrictEqual((await said(host, 1000)).filter((line) => line === LISTENER), []);
	}));

test("discovery that hears nothing is opened anew", () =>
	withAccessory(async (host) => {
		await sleep(1500); // until the name is its own
		host.child.stdin.write("d");
		await host.line(new RegExp(`^${DISCOVERY}$`));
		await sleep(1500);
		assert.deepStrictEqual((await said(host, 6000)).filter((line) => line === DISCOVERY), []);
	}));
