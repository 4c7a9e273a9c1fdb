/** The memory of a microcontroller is enough: a 32-bit block of 32 KiB, or 64 KiB where slots have twice the size. */

import assert from "node:assert";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { build, canRun } from "../host/desktop/scripts/build.mjs";
import { isOn, ON, withAccessory } from "./interop/accessory.mjs";

/** Tweetnacl's numbers take half as much again. */
const BLOCKS = { native: { 32: 32768, 64: 65536 }, portable: { 32: 49152, 64: 98304 } };
const OTHERS = 4;
const SESSIONS = 8;

const list = (count, entry, between = ",") => Array.from({ length: count }, (_, i) => entry(i)).join(between);
const writes = (entries) => `{"characteristics":[${entries}]}`;
/** What a session may ask for at most, and what takes most memory of all that is refused. */
const LARGEST = [
	["GET", `/characteristics?id=${list(100, (i) => `1.${i % 10}`)}`, undefined, 207],
	["GET", `/characteristics?id=${list(90, () => ON)}&meta=1&perms=1&type=1&ev=1`, undefined, 200],
	["PUT", "/characteristics", writes(list(24, (i) => `{"aid":1,"iid":${i + 1},"ev":true}`)), 207],
	["PUT", "/characteristics", writes(list(24, () => "{}")), 400],
	["PUT", "/characteristics", writes(`${list(24, () => "[]")},${list(100, () => "1")}`), 400],
	["PUT", "/characteristics", writes(list(400, () => "1")), 400],
	["PUT", "/characteristics", writes(`{"aid":1,"iid":10,"value":"${"a".repeat(900)}"}`), 207],
];

/** A stranger who has begun a request and does not go on. */
async function stranger(port) {
	const socket = connect(port, "127.0.0.1");
	await once(socket, "connect");
	socket.write("POST /pair-verify HTTP/1.1\r\nContent-Le");
	return socket;
}

async function repeat(count, make) {
	const made = [];
	for (let i = 0; i < count; i++)
		made.push(await make());
	return made;
}

for (const bits of [32, 64]) {
	const skip = canRun(bits) ? false : `programs of ${bits} bits cannot be made or run here`;
	const provider = skip ? "native" : build({ bits }).provider;
	const bytes = BLOCKS[provider][bits];
	const what = `pair-setup with ${OTHERS} other connections, then ${SESSIONS} sessions, in ${bytes} bytes`;
	test(`${what} of a ${bits}-bit machine, ${provider} crypto`, { skip }, (t) =>
		withAccessory(async (accessory) => {
			const strangers = await repeat(OTHERS, () => stranger(accessory.port));
			const first = await accessory.paired();
			const pairing = first.getLongTermData();
			const clients = await repeat(SESSIONS, async () => {
				const client = accessory.client(pairing);
				await client.subscribeCharacteristics([ON]);
				return client;
			});
			for (const client of clients) {
				assert.strictEqual((await client.getAccessories()).accessories.length, 1);
				assert.strictEqual(await isOn(client), false);
			}
			accessory.press("s");
			const heap = await accessory.line(/^heap: /);
			t.diagnostic(heap);
			assert.match(heap, new RegExp(`never used \\d+ of ${bytes}$`));
			for (const client of clients)
				await client.close();
			for (const socket of strangers)
				socket.destroy();
		}, { parameters: ["--no-discovery", "--bits", String(bits)] }));

	test(
		`the largest requests that are served, beside ${SESSIONS} sessions, in ${bytes} bytes of a ${bits}-bit machine`,
		{ skip },
		() =>
			withAccessory(async (accessory) => {
				const pairing = await accessory.pairing();
				const sessions = await repeat(SESSIONS, () => accessory.session(pairing));
				for (const [method, path, body, status] of LARGEST) {
					const answer = await sessions[0].request(method, path, body);
					assert.strictEqual(answer.status, status, `${method} ${path.slice(0, 30)} ${body ?? ""}`);
				}
				for (const session of sessions)
					assert.strictEqual((await session.request("GET", "/accessories")).status, 200);
			}, { parameters: ["--no-discovery", "--bits", String(bits)] }),
	);
}
