/**
 * What strangers and broken controllers send: each gets the answer that HTTP and HAP have for it or the end of its own
 * connection, and a paired controller's session goes on being served after every one of them.
 */

import assert from "node:assert";
import { afterEach, test } from "node:test";
import { sharedAccessory } from "./interop/accessory.mjs";
import { ConnectionClosed, PAIRING_TYPE, requestBytes } from "./interop/connection.mjs";
import { newController, PairVerifyController } from "./interop/session.mjs";
import { encodeTlv, pairingAnswer, PairingError, Tlv } from "./interop/tlv.mjs";

const MEGABYTES = 4 << 20;
const ID = "5B2E0B52-1C3D-4E5F-8A9B-000000000005";

let pairing;
let guard;
const accessory = sharedAccessory(async (started) => {
	pairing = await started.pairing();
	guard = await started.session(pairing);
});

/** The session that was there before all of it. */
async function isServed() {
	const { status, body } = await guard.get("id=1.3");
	assert.strictEqual(status, 200);
	assert.strictEqual(JSON.parse(body).characteristics[0].value, "hap-xs");
}

async function isOn() {
	return JSON.parse((await guard.get("id=1.10")).body).characteristics[0].value;
}

/** None of it is a mistake of the accessory's own: those are logged as faults. */
afterEach(async () => {
	await isServed();
	assert.doesNotMatch(accessory.output, /^fault:/m);
});

async function withStranger(body) {
	const stranger = await accessory.connect();
	try {
		await body(stranger);
	}
	finally {
		await stranger.close();
	}
}

const unauthorized = ({ status, body }) => [status, JSON.parse(body)];

/* Strangers */

for (
	const [method, target] of [
		["GET", "/accessories"],
		["GET", "/characteristics?id=1.10"],
		["PUT", "/characteristics"],
		["PUT", "/prepare"],
		["POST", "/pairings"],
		["POST", "/resource"],
		["GET", "/"],
		["GET", "//"],
		["GET", "/nothing"],
		["GET", "/%zz"],
		["GET", "/accessories/../accessories"],
		["BREW", "/coffee"],
	]
)
	test(`a stranger's ${method} ${target} is 470`, () =>
		withStranger(async (stranger) => {
			for (let times = 0; times < 2; times++)
				assert.deepStrictEqual(unauthorized(await stranger.request(method, target)), [470, { status: -70401 }]);
		}));

for (
	const [method, target] of [["GET", "/pair-setup"], ["DELETE", "/pair-setup"], ["PUT", "/pair-verify"], ["GET", "/identify"], [
		"BREW",
		"/pair-setup",
	]]
)
	test(`a stranger's ${method} ${target} is 405`, () =>
		withStranger(async (stranger) => assert.strictEqual((await stranger.request(method, target)).status, 405)));

/* No HTTP at all, or not enough of it: RFC 9112 and RFC 9110 section 15.5 */

const long = (length) => "x".repeat(length);

for (
	const [name, text, status] of [
		["GET http://[", "GET http://[ HTTP/1.1\r\n\r\n", 400],
		["a target that is no path", "GET accessories HTTP/1.1\r\n\r\n", 400],
		["no target", "GET HTTP/1.1\r\n\r\n", 400],
		["no version", "GET /\r\n\r\n", 400],
		["another protocol", "GET / SIP/2.0\r\n\r\n", 400],
		["HTTP/2.0", "GET / HTTP/2.0\r\n\r\n", 505],
		["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505],
		["a method that is no token", "G@T / HTTP/1.1\r\n\r\n", 400],
		["a blank before the method", " GET / HTTP/1.1\r\n\r\n", 400],
		["bytes", "\x00\x01\x02\xff\xfe\r\n\r\n", 400],
		["the greeting of TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\r\n\r\n", 400],
		["a NUL in the target", "GET /\x00 HTTP/1.1\r\n\r\n", 400],
		["a header without a colon", "GET / HTTP/1.1\r\nHost\r\n\r\n", 400],
		["a header without a name", "GET / HTTP/1.1\r\n: x\r\n\r\n", 400],
		["a blank before the colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400],
		["a folded header", "GET / HTTP/1.1\r\nHost: x\r\n y\r\n\r\n", 400],
		["a NUL in a header", "GET / HTTP/1.1\r\nHost: \x00\r\n\r\n", 400],
		["a negative length", "POST /identify HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400],
		["a length that is none", "POST /identify HTTP/1.1\r\nContent-Length: 1x\r\n\r\n", 400],
		["an empty length", "POST /identify HTTP/1.1\r\nContent-Length:\r\n\r\n", 400],
		["two lengths", "POST /identify HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400],
		["a length and chunks", "POST /identify HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400],
		["a chunk's size that is none", "POST /identify HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", 400],
		["a chunk without its end", "POST /identify HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400],
		["a coding that does not end in chunks", "POST /identify HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 400],
		["a coding below the chunks", "POST /identify HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501],
		["an expectation nobody knows", "POST /identify HTTP/1.1\r\nExpect: miracles\r\nContent-Length: 1\r\n\r\n", 417],
		["a long target", `GET /${long(100000)} HTTP/1.1\r\n\r\n`, 414],
		["a long header", `GET / HTTP/1.1\r\nHost: ${long(100000)}\r\n\r\n`, 431],
		["many headers", `GET / HTTP/1.1\r\n${"Host: x\r\n".repeat(10000)}\r\n`, 431],
		["4 MB to come", `POST /pair-setup HTTP/1.1\r\nContent-Length: ${MEGABYTES}\r\n\r\n`, 413],
		["a length beyond numbers", `POST /pair-setup HTTP/1.1\r\nContent-Length: ${"9".repeat(400)}\r\n\r\n`, 413],
		["4 MB in one chunk to come", `POST /pair-setup HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${MEGABYTES.toString(16)}\r\n`, 413],
	]
)
	test(`${name}: ${status}, and the end`, () =>
		withStranger(async (stranger) => {
			stranger.send(Buffer.from(text, "latin1"));
			await isRefused(stranger, status, text.length);
		}));

/** TCP may lose an answer when its sender has not read all of what was sent (RFC 1122 section 4.2.2.13). */
async function isRefused(stranger, status, sent) {
	try {
		assert.strictEqual((await stranger.next()).status, status);
		await stranger.ended();
	}
	catch (error) {
		if (!(error instanceof ConnectionClosed && sent > 1024))
			throw error;
	}
}

for (const [name, head] of [["of a known length", `Content-Length: ${MEGABYTES}`], ["in chunks", "Transfer-Encoding: chunked"]])
	test(`4 MB ${name} to /pair-setup end that connection, and nobody waits for them`, () =>
		withStranger(async (stranger) => {
			const chunk = Buffer.from(`400\r\n${long(1024)}\r\n`);
			stranger.send(Buffer.from(`POST /pair-setup HTTP/1.1\r\n${head}\r\n\r\n`));
			stranger.send(Buffer.concat(Array.from({ length: MEGABYTES / 1024 }, () => chunk)));
			await isServed();
			await stranger.closed;
		}));

test("half of a request, and then silence, keeps nobody waiting", () =>
	withStranger(async (silent) => {
		silent.send(Buffer.from("POST /pair-setup HTTP/1.1\r\nContent-Length: 1024\r\n\r\nhalf"));
		await isServed();
		await withStranger(async (stranger) => assert.strictEqual((await stranger.request("GET", "/accessories")).status, 470));
	}));

test("connections that come and go cost nothing", async () => {
	for (let times = 0; times < 50; times++)
		await withStranger(async (stranger) => stranger.send(Buffer.from("GET /")));
});

/* Pairing messages that are none */

for (
	const [name, body] of [
		["nothing", []],
		["a state alone, cut short", [6]],
		["a value cut short", [6, 2, 1]],
		["no state", [0, 1, 0]],
		["an empty state", [6, 0]],
		["a state of two bytes", [6, 2, 1, 0]],
		["a state that comes first and last", [6, 1, 1, 0, 1, 0, 6, 1, 1]],
		["text", [...Buffer.from("hello, world")]],
		["a body as long as may be", new Array(1024).fill(0xff)],
		["M3 before M1", [6, 1, 3]],
		["M5 before M1", [6, 1, 5]],
		["a state that is an answer's", [6, 1, 2]],
		["a state that nobody knows", [6, 1, 99]],
	]
)
	for (const target of ["/pair-setup", "/pair-verify"])
		test(`POST ${target} of ${name} is 400`, () =>
			withStranger(async (stranger) => {
				assert.strictEqual((await stranger.pairing(target, Buffer.from(body))).status, 400);
			}));

test("pair-verify by a controller that is not paired is Authentication", () =>
	withStranger(async (stranger) => {
		const exchange = new PairVerifyController(newController(pairing, ID));
		const m2 = await stranger.pairing("/pair-verify", exchange.m1());
		const m4 = await stranger.pairing("/pair-verify", exchange.m3(m2.body));
		assert.deepStrictEqual(pairingAnswer(m4), { state: 4, error: PairingError.Authentication });
		assert.strictEqual((await stranger.request("GET", "/accessories")).status, 470);
	}));

test("pair-verify with a paired controller's name and another's key is Authentication", () =>
	withStranger(async (stranger) => {
		const id = Buffer.from(pairing.iOSDevicePairingID, "hex");
		const exchange = new PairVerifyController(newController(pairing, id));
		const m2 = await stranger.pairing("/pair-verify", exchange.m1());
		assert.deepStrictEqual(pairingAnswer(await stranger.pairing("/pair-verify", exchange.m3(m2.body))), {
			state: 4,
			error: PairingError.Authentication,
		});
	}));

test("pair-verify's M3 with a broken tag is Authentication, and M1 begins anew", () =>
	withStranger(async (stranger) => {
		const exchange = new PairVerifyController(pairing);
		await stranger.pairing("/pair-verify", exchange.m1());
		const broken = encodeTlv([[Tlv.State, 3], [Tlv.EncryptedData, Buffer.alloc(120)]]);
		const expected = { state: 4, error: PairingError.Authentication };
		assert.deepStrictEqual(pairingAnswer(await stranger.pairing("/pair-verify", broken)), expected);
		assert.deepStrictEqual(pairingAnswer(await stranger.pairing("/pair-verify", exchange.m1())), { state: 2, error: undefined });
	}));

test("pair-verify's M1 with a key of 31 bytes is 400", () =>
	withStranger(async (stranger) => {
		const m1 = encodeTlv([[Tlv.State, 1], [Tlv.PublicKey, Buffer.alloc(31, 9)]]);
		assert.strictEqual((await stranger.pairing("/pair-verify", m1)).status, 400);
	}));

test("a request in the clear behind the last message of pair-verify ends the connection", () =>
	withStranger(async (stranger) => {
		const exchange = new PairVerifyController(pairing);
		const m2 = await stranger.pairing("/pair-verify", exchange.m1());
		const putOn = requestBytes("PUT", "/characteristics", '{"characteristics":[{"aid":1,"iid":10,"value":true}]}');
		const m3 = requestBytes("POST", "/pair-verify", exchange.m3(m2.body), { "Content-Type": PAIRING_TYPE });
		stranger.send(Buffer.concat([m3, putOn]));
		assert.strictEqual((await stranger.next()).status, 200);
		await stranger.ended();
		assert.strictEqual(await isOn(), false);
	}));
