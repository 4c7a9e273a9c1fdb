/** What @homebridge/hap-client sends to an accessory without pairing (docs/interop.md): all of it is refused and changes nothing. */

import assert from "node:assert";
import { test } from "node:test";
import { CODE, isOn, ON, sharedAccessory } from "./interop/accessory.mjs";

let client;
const accessory = sharedAccessory(async (started) => {
	client = await started.paired();
});

const [aid, iid] = ON.split(".").map(Number);
const put = (characteristics) => ({
	method: "PUT",
	headers: { Authorization: CODE, "Content-Type": "application/json" },
	body: JSON.stringify({ characteristics }),
});

for (
	const [what, path, options] of [
		["the database", "/accessories", {}],
		["the trial write", "/characteristics", put([{ aid: -1, iid: -1 }])],
		["a read", `/characteristics?id=${ON}`, {}],
		["a write with the setup code", "/characteristics", put([{ aid, iid, value: true }])],
		["a subscription with the setup code", "/characteristics", put([{ aid, iid, ev: true }])],
		["a picture", "/resource", { ...put([]), method: "POST" }],
	]
)
	test(`${what} without a session is 470`, async () => {
		const answer = await fetch(`http://127.0.0.1:${accessory.port}${path}`, options);
		assert.strictEqual(answer.status, 470);
		assert.deepStrictEqual(await answer.json(), { status: -70401 });
		assert.strictEqual(await isOn(client), false);
	});

test("its monitor's request, with two empty lines behind the body, is refused once and closed", async () => {
	const body = JSON.stringify({ characteristics: [{ aid, iid, ev: true }] });
	const head = `PUT /characteristics HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: Application/json\r\nauthorization: ${CODE}\r\n`;
	const connection = await accessory.connect();
	connection.send(`${head}connection: keep-alive\r\nContent-Length: ${body.length}\r\n\r\n${body}\r\n\r\n`);
	assert.strictEqual((await connection.next()).status, 470);
	assert.strictEqual((await connection.next()).status, 400);
	await connection.ended();
	assert.strictEqual(await isOn(client), false);
	await client.close();
});
