/**
 * Any method on any path, before pair-verify and after it, and requests with a bit flipped: the answer is the
 * one that the protocol has for them, and behind each of them another session is served.
 */

import assert from "node:assert";
import { after, test } from "node:test";
import { sharedAccessory } from "./interop/accessory.mjs";
import { ConnectionClosed, PAIRING_TYPE, requestBytes } from "./interop/connection.mjs";
import { Stranger } from "./interop/stranger.mjs";
import { encodeTlv, Tlv } from "./interop/tlv.mjs";
import { everyFlip } from "./interop/variants.mjs";

const UNAUTHORIZED = '{"status":-70401}';
/** Methods of RFC 9110 and RFC 5789, and tokens that are none of them. */
const METHODS = [
	"GET",
	"PUT",
	"POST",
	"DELETE",
	"HEAD",
	"OPTIONS",
	"PATCH",
	"TRACE",
	"CONNECT",
	"PROPFIND",
	"EVENT",
	"get",
	"GETS",
	"G",
	"!#$%&'*+-.^_`|~",
];
/** The endpoints of HAP R2, the methods that each serves, and what an empty request of those comes to on a paired accessory. */
const ENDPOINTS = {
	"/accessories": { GET: [200] },
	"/characteristics": { GET: [400], PUT: [400] },
	"/identify": { POST: [400, UNAUTHORIZED] },
	"/pair-setup": { POST: [400] },
	"/pair-verify": { POST: [400] },
	"/pairings": { POST: [400] },
	"/prepare": { PUT: [400] },
};
const OPEN = new Set(["/identify", "/pair-setup", "/pair-verify"]);
/** What any HTTP server may answer to a request that is none, or another than was meant; and what our paired accessory does to M1. */
const POSSIBLE = new Set([200, 400, 404, 405, 413, 414, 417, 431, 470, 501, 505]);

const NAMES = 1000;

let pairing;
let guard;
const accessory = sharedAccessory(async (started) => {
	pairing = await started.pairing();
	guard = await started.session(pairing);
});

/** None of it is a mistake of the accessory's own: those are logged as faults. */
after(() => assert.doesNotMatch(accessory.output, /^fault:/m));

async function isServed(name) {
	assert.strictEqual((await guard.get("id=1.10")).status, 200, name);
}

/** The endpoints, each changed in every way that makes it another path, and paths of other servers. */
function paths() {
	const all = new Set([
		"/",
		"//",
		"/resource",
		"/config",
		"/secure-message",
		"/events",
		"/index.html",
		"/__proto__",
		"/constructor",
		"/toString",
		"/*",
		"/.",
		"/..",
		"/%00",
		"/%2f",
		"/~",
		"/;",
		"/:",
	]);
	for (const path of Object.keys(ENDPOINTS)) {
		for (let end = 1; end <= path.length; end++)
			all.add(path.slice(0, end));
		for (
			const other of [
				`${path}/`,
				`/${path}`,
				`${path}s`,
				`${path}.`,
				`${path}/1`,
				`${path}%20`,
				`${path};x`,
				`/x${path}`,
				`/x/..${path}`,
				`/.${path}`,
			]
		)
			all.add(other);
		all.add(path.toUpperCase());
		all.add(path[0] + path[1].toUpperCase() + path.slice(2));
		all.add(`/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`);
	}
	return [...all];
}

/** Status and, where it has one that is the same each time, body. */
function expected(method, path, isVerified) {
	const endpoint = Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path] : undefined;
	if (!isVerified && !OPEN.has(path))
		return [470, UNAUTHORIZED];
	if (!endpoint)
		return [404, ""];
	return Object.hasOwn(endpoint, method) ? endpoint[method] : [405, ""];
}

function check({ status, headers, body }, method, path, isVerified) {
	const name = `${method} ${path}`;
	const [wanted, text = body.toString()] = expected(method, path, isVerified);
	assert.deepStrictEqual([status, body.toString()], [wanted, text], name);
	assert.strictEqual(headers["content-type"], body.length > 0 ? "application/hap+json" : undefined, name);
	assert.strictEqual(headers.connection, undefined, name);
}

for (
	const [who, isVerified, connect] of [["a stranger", false, () => new Stranger(accessory)], [
		"a verified session",
		true,
		() => accessory.session(pairing),
	]]
)
	for (const [what, body] of [["no body", undefined], ["a body that is none of its", "\x06"]])
		test(`any method on any path, by ${who}, with ${what}`, async (t) => {
			const connection = await connect();
			let count = 0;
			for (const path of paths())
				for (const method of METHODS) {
					check(await connection.request(method, path, body), method, path, isVerified);
					await isServed(`${method} ${path}`);
					count++;
				}
			await connection.close();
			t.diagnostic(`${count} cases`);
		});

/** An engine that keeps each name it was ever asked for would be full after some hundreds. */
test("thousands of paths, names of headers, methods, keys of queries and of JSON, none of them twice, cost nothing", async (t) => {
	const [stranger, session] = [new Stranger(accessory), await accessory.session(pairing)];
	for (let number = 0; number < NAMES; number++) {
		const name = `name${number}`;
		assert.strictEqual((await stranger.request("GET", `/${name}`)).status, 470);
		assert.strictEqual((await stranger.request(name.toUpperCase(), "/identify", undefined, { [name]: name })).status, 405);
		assert.strictEqual((await session.request("GET", `/${name}`)).status, 404);
		assert.strictEqual((await session.get(`id=1.10&${name}=1`)).status, 200);
		assert.strictEqual((await session.put({ aid: 1, iid: 10, value: false, [name]: name })).status, 204);
		await isServed(name);
	}
	await stranger.close();
	await session.close();
	t.diagnostic(`${5 * NAMES} cases`);
});

test("requests in one segment, of any method on any path, are answered in order", async (t) => {
	const [stranger, session] = [await accessory.connect(), await accessory.session(pairing)];
	const all = paths().flatMap((path) => METHODS.map((method) => [method, path]));
	stranger.send(Buffer.concat(all.map(([method, path]) => requestBytes(method, path))));
	session.send(session.seal(Buffer.concat(all.map(([method, path]) => requestBytes(method, path)))));
	for (const [method, path] of all) {
		check(await stranger.next(), method, path, false);
		check(await session.next(), method, path, true);
	}
	await isServed("at the end");
	await stranger.close();
	await session.close();
	t.diagnostic(`${2 * all.length} cases`);
});

/** All that comes to a request of a controller that then says no more. */
async function answersTo(bytes) {
	const stranger = await accessory.connect();
	const messages = [];
	stranger.socket.end(bytes);
	try {
		for (;;)
			messages.push(await stranger.next());
	}
	catch (error) {
		if (!(error instanceof ConnectionClosed))
			throw error;
	}
	return messages;
}

for (
	const [method, target, body, type] of [
		["GET", "/accessories", undefined, undefined],
		["GET", "/characteristics?id=1.10,1.9&meta=1", undefined, undefined],
		["PUT", "/characteristics", '{"characteristics":[{"aid":1,"iid":10,"value":true}]}', "application/hap+json"],
		["POST", "/pair-setup", encodeTlv([[Tlv.State, 1], [Tlv.Method, 0]]), PAIRING_TYPE],
		["POST", "/pair-verify", encodeTlv([[Tlv.State, 1], [Tlv.PublicKey, Buffer.alloc(32, 9)]]), PAIRING_TYPE],
	]
)
	test(`${method} ${target} of a stranger, with any bit flipped, serves nothing that it should not`, async (t) => {
		const good = requestBytes(method, target, body, type && { "Content-Type": type });
		let count = 0;
		for (const { name, of } of everyFlip(good.length)) {
			const messages = await answersTo(of(good));
			for (const { status, body: answer } of messages) {
				assert.ok(POSSIBLE.has(status), `${name}: ${status}`);
				assert.ok(status !== 200 || answer[0] === Tlv.State, `${name}: ${answer}`);
			}
			assert.ok(messages.length <= 2, name);
			await isServed(name);
			count++;
		}
		const { body: read } = await guard.get("id=1.10");
		assert.strictEqual(JSON.parse(read).characteristics[0].value, false);
		t.diagnostic(`${count} cases`);
	});
