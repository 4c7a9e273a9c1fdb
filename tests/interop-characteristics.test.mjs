/** GET and PUT /characteristics as controllers use them, and as they get them wrong. HAP R2 "Characteristics". */

import assert from "node:assert";
import { test } from "node:test";
import { ON, sharedAccessory } from "./interop/accessory.mjs";

const IDENTIFY = "1.2";
const MANUFACTURER = "1.3";
const UNKNOWN = "1.99";
let client;
let session;
const accessory = sharedAccessory(async (started) => {
	client = await started.paired();
	session = await started.session(client.getLongTermData());
});

const entry = (id, more) => ({ aid: Number(id.split(".")[0]), iid: Number(id.split(".")[1]), ...more });

async function read(query) {
	const { status, body } = await session.get(query);
	return { status, characteristics: body.length > 0 ? JSON.parse(body).characteristics : undefined };
}

async function write(...characteristics) {
	const { status, body } = await session.put(...characteristics);
	return { status, characteristics: body.length > 0 ? JSON.parse(body).characteristics : undefined };
}

test("a read gives the value alone", async () => {
	assert.deepStrictEqual(await read(`id=${MANUFACTURER}`), {
		status: 200,
		characteristics: [entry(MANUFACTURER, { value: "hap-xs" })],
	});
});

test("a read with meta, perms, type and ev gives what describes the characteristic", async () => {
	const { characteristics } = await client.getCharacteristics([ON], { meta: true, perms: true, type: true, ev: true });
	assert.deepStrictEqual({ ...characteristics[0] }, {
		aid: 1,
		iid: 10,
		value: false,
		format: "bool",
		perms: ["pr", "pw", "ev"],
		type: "25",
		ev: false,
	});
});

for (
	const [name, expected] of [["meta", { format: "bool" }], ["perms", { perms: ["pr", "pw", "ev"] }], ["type", { type: "25" }], ["ev", {
		ev: false,
	}]]
)
	test(`a read with ${name} alone adds that alone`, async () => {
		assert.deepStrictEqual(await read(`id=${ON}&${name}=1`), { status: 200, characteristics: [entry(ON, { value: false, ...expected })] });
	});

test("ev tells a session of its own subscription", async () => {
	assert.strictEqual((await write(entry(ON, { ev: true }))).status, 204);
	assert.strictEqual((await read(`id=${ON}&ev=1`)).characteristics[0].ev, true);
	assert.strictEqual((await client.getCharacteristics([ON], { ev: true })).characteristics[0].ev, false);
	assert.strictEqual((await write(entry(ON, { ev: false }))).status, 204);
	assert.strictEqual((await read(`id=${ON}&ev=1`)).characteristics[0].ev, false);
});

test("several are read in the order they were asked for", async () => {
	const { status, characteristics } = await read(`id=${ON},${MANUFACTURER},1.17`);
	assert.strictEqual(status, 200);
	assert.deepStrictEqual(characteristics.map(({ iid }) => iid), [10, 3, 17]);
});

for (
	const [name, query, expected] of [
		["an unknown iid", `id=${UNKNOWN}`, [entry(UNKNOWN, { status: -70409 })]],
		["an unknown aid", "id=2.10", [entry("2.10", { status: -70409 })]],
		["a write-only one", `id=${IDENTIFY}`, [entry(IDENTIFY, { status: -70405 })]],
		["an unknown one beside a known", `id=${MANUFACTURER},${UNKNOWN}`, [
			entry(MANUFACTURER, { value: "hap-xs", status: 0 }),
			entry(UNKNOWN, { status: -70409 }),
		]],
	]
)
	test(`a read of ${name} is 207 with a status on every entry`, async () => {
		assert.deepStrictEqual(await read(query), { status: 207, characteristics: expected });
	});

for (const query of ["", "id=", "id=1", "id=1.", "id=.10", "id=a.b", "id=1.10,", "id=-1.10", "meta=1"])
	test(`a read of "?${query}" is 400`, async () => {
		assert.strictEqual((await session.get(query)).status, 400);
	});

test("a write switches, and a read by another controller sees it", async () => {
	await client.setCharacteristics({ [ON]: true });
	await accessory.line(/^switched on by /);
	assert.strictEqual((await read(`id=${ON}`)).characteristics[0].value, true);
	await client.setCharacteristics({ [ON]: false });
	assert.strictEqual((await read(`id=${ON}`)).characteristics[0].value, false);
});

for (const [value, expected] of [[1, true], [0, false], [true, true], [false, false]])
	test(`a bool takes ${value}`, async () => {
		assert.deepStrictEqual(await write(entry(ON, { value })), { status: 204, characteristics: undefined });
		assert.strictEqual((await read(`id=${ON}`)).characteristics[0].value, expected);
	});

for (
	const [name, more, status, id = ON] of [
		["a number that is no bool", { value: 2 }, -70410],
		["a text for a bool", { value: "true" }, -70410],
		["null", { value: null }, -70410],
		["a list for a bool", { value: [true] }, -70410],
		["what is read-only", { value: "x" }, -70404, MANUFACTURER],
		["what is unknown", { value: true }, -70409, UNKNOWN],
		["a subscription to what does not notify", { ev: true }, -70406, MANUFACTURER],
		["a subscription to what is unknown", { ev: true }, -70409, UNKNOWN],
	]
)
	test(`a write of ${name} is 207 and ${status}`, async () => {
		assert.deepStrictEqual(await write(entry(id, more)), { status: 207, characteristics: [entry(id, { status })] });
		assert.strictEqual((await read(`id=${ON}`)).characteristics[0].value, false);
	});

test("a write that fails in part does the rest, and says so of each", async () => {
	const entries = [entry(UNKNOWN, { value: 1 }), entry(ON, { value: true }), entry(MANUFACTURER, { value: "x" })];
	assert.deepStrictEqual(await write(...entries), {
		status: 207,
		characteristics: [entry(UNKNOWN, { status: -70409 }), entry(ON, { status: 0 }), entry(MANUFACTURER, { status: -70404 })],
	});
	assert.strictEqual((await read(`id=${ON}`)).characteristics[0].value, true);
	assert.strictEqual((await write(entry(ON, { value: false }))).status, 204);
});

test("a write that asks for a response is 207 with a status", async () => {
	const { status, characteristics } = await write(entry(ON, { value: false, r: true }));
	assert.strictEqual(status, 207);
	assert.strictEqual(characteristics[0].status, 0);
});

test("authData, remote and keys that nobody knows are no reason to refuse a write", async () => {
	const more = { value: false, authData: "AA==", remote: true, somethingNew: { deep: [1] } };
	assert.strictEqual((await write(entry(ON, more))).status, 204);
});

test("an empty list is done at once", async () => {
	assert.deepStrictEqual(await write(), { status: 204, characteristics: undefined });
});

for (
	const [name, body] of [
		["nothing", ""],
		["cut JSON", '{"characteristics":[{"aid":1,"iid":10,'],
		["no list", "{}"],
		["a list of something else", '{"characteristics":[1]}'],
		["a list that is none", '{"characteristics":{"aid":1,"iid":10,"value":true}}'],
		["an array", '[{"aid":1,"iid":10,"value":true}]'],
		["no aid", '{"characteristics":[{"iid":10,"value":true}]}'],
		["no iid", '{"characteristics":[{"aid":1,"value":true}]}'],
		["neither value nor ev", '{"characteristics":[{"aid":1,"iid":10}]}'],
		["an ev that is no flag", '{"characteristics":[{"aid":1,"iid":10,"ev":"yes"}]}'],
		["the same one twice", '{"characteristics":[{"aid":1,"iid":10,"value":true},{"aid":1,"iid":10,"value":false}]}'],
		["what is not UTF-8", Buffer.from('{"characteristics":[],"\xff":1}', "latin1")],
		["depth without end", `{"characteristics":${"[".repeat(900)}`],
	]
)
	test(`PUT of ${name} is 400, and the session goes on`, async () => {
		assert.strictEqual((await session.request("PUT", "/characteristics", body)).status, 400);
		assert.deepStrictEqual(await read(`id=${ON}`), { status: 200, characteristics: [entry(ON, { value: false })] });
	});

for (
	const [method, target, status] of [
		["DELETE", "/accessories", 405],
		["PUT", "/accessories", 405],
		["POST", "/characteristics", 405],
		["GET", "/pairings", 405],
		["GET", "/prepare", 405],
		["POST", "/resource", 404],
		["GET", "/", 404],
		["GET", "/characteristics/", 404],
		["GET", "/__proto__", 404],
	]
)
	test(`${method} ${target} on a session is ${status}`, async () => {
		assert.strictEqual((await session.request(method, target)).status, status);
	});
