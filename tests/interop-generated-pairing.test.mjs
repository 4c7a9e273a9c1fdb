/**
 * Every message of pair-verify and /pairings with a bit flipped, and cut short anywhere, as a message, as a request and as a
 * frame: the answer is the one that the protocol demands (interop/oracle.mjs), and behind each another session is served.
 */

import assert from "node:assert";
import { after, test } from "node:test";
import { sharedAccessory } from "./interop/accessory.mjs";
import { PAIRING_TYPE, requestBytes } from "./interop/connection.mjs";
import { resultOf, toPairings, toPairVerify } from "./interop/oracle.mjs";
import { newController, PairVerifyController } from "./interop/session.mjs";
import { Stranger } from "./interop/stranger.mjs";
import { encodeTlv, Tlv } from "./interop/tlv.mjs";
import { aFlipOfEachByte, everyCut, everyFlip } from "./interop/variants.mjs";

const USER_ID = "5B2E0B52-1C3D-4E5F-8A9B-000000000009";
const NEW_ID = "5B2E0B52-1C3D-4E5F-8A9B-00000000000A";
const ADD = 3;
const REMOVE = 4;
const LIST = 5;
/** Their good forms write the store, which takes a disk milliseconds: behind the structure, one bit of each byte is flipped. */
const WRITES = new Set(["add", "add, of a controller that is known"]);
const STRUCTURE = 8;
/** Any key of X25519: the length of an M3 is the same for all. */
const KEY = Buffer.alloc(32, 9);
const FRAME_TEXT_MAX = 1024;
const FRAME_OVERHEAD = 18;

let pairing;
let guard;
let admin;
/** What the accessory should know: { ltpk, permissions } of each identifier. */
const known = new Map();
const accessory = sharedAccessory(async (started) => {
	pairing = await started.pairing();
	known.set(Buffer.from(pairing.iOSDevicePairingID, "hex").toString(), { ltpk: Buffer.from(pairing.iOSDeviceLTPK, "hex"), permissions: 1 });
	guard = await started.session(pairing);
	admin = await started.session(pairing);
});

/** None of it is a mistake of the accessory's own: those are logged as faults. */
after(() => assert.doesNotMatch(accessory.output, /^fault:/m));

/** Counts cases; behind each of them the guard's session is served. */
async function counted(t, body) {
	let count = 0;
	await body(async (name) => {
		assert.strictEqual((await guard.get("id=1.10")).status, 200, name);
		count++;
	});
	t.diagnostic(`${count} cases`);
}

async function withStranger(body) {
	const stranger = new Stranger(accessory);
	try {
		await body(stranger);
	}
	finally {
		await stranger.close();
	}
}

/* Pair-verify */

/** M3 of an exchange that has begun. */
async function begin(say) {
	const exchange = new PairVerifyController(pairing);
	return exchange.m3((await say(exchange.m1())).body);
}

test("pair-verify's M1 with any bit flipped, or cut short", (t) =>
	counted(t, (isServed) =>
		withStranger(async (stranger) => {
			const m1 = new PairVerifyController(pairing).m1();
			for (const variants of [everyFlip(m1.length), everyCut(m1.length)])
				for (const { name, of } of variants) {
					assert.deepStrictEqual(resultOf(await stranger.pairing("/pair-verify", of(m1))), toPairVerify(of(m1)), name);
					await isServed(name);
				}
		})));

test("pair-verify's M3 with any bit flipped, or cut short", (t) =>
	counted(t, (isServed) =>
		withStranger(async (stranger) => {
			const { length } = new PairVerifyController(pairing).m3(encodeTlv([[Tlv.PublicKey, KEY]]));
			for (const variants of [everyFlip(length), everyCut(length)])
				for (const { name, of } of variants) {
					const connection = await stranger.connection();
					const say = (body) => connection.pairing("/pair-verify", body);
					const m3 = await begin(say);
					assert.deepStrictEqual(resultOf(await say(of(m3))), toPairVerify(of(m3), m3), name);
					await isServed(name);
				}
		})));

/* /pairings */

const message = (method, ...more) => encodeTlv([[Tlv.State, 1], [Tlv.Method, method], ...more]);
const removal = (id) => message(REMOVE, [Tlv.Identifier, id]);
const addition = (id, ltpk) => message(ADD, [Tlv.Identifier, id], [Tlv.PublicKey, ltpk], [Tlv.Permissions, 0]);

async function isAnswered(body, name) {
	assert.deepStrictEqual(resultOf(await admin.pairing("/pairings", body)), toPairings(body, known), name);
}

/** What the accessory lists is what it should know. */
async function isKnown() {
	const { body } = await admin.pairing("/pairings", message(LIST));
	const ids = [];
	for (let at = 0; at < body.length; at += 2 + body[at + 1])
		if (body[at] === Tlv.Identifier)
			ids.push(body.toString("latin1", at + 2, at + 2 + body[at + 1]));
	assert.deepStrictEqual(ids, [...known.keys()]);
}

for (
	const [name, make] of [
		["add", (ltpk) => addition(NEW_ID, ltpk)],
		["add, of a controller that is known", (ltpk) => addition(USER_ID, ltpk)],
		["remove", () => removal(USER_ID)],
		["list", () => message(LIST)],
	]
)
	test(`${name}, with any bit flipped, or cut short`, (t) =>
		counted(t, async (isServed) => {
			const ltpk = Buffer.from(newController(pairing, USER_ID).iOSDeviceLTPK, "hex");
			const good = make(ltpk);
			for (const variants of [aFlipOfEachByte(good.length, WRITES.has(name) ? STRUCTURE : good.length), everyCut(good.length)])
				for (const fault of variants) {
					if (!known.has(USER_ID))
						await isAnswered(addition(USER_ID, ltpk));
					await isAnswered(fault.of(good), fault.name);
					await isServed(fault.name);
					for (const id of [...known.keys()].slice(1))
						if (id !== USER_ID)
							await isAnswered(removal(id));
				}
			await isKnown();
			await isAnswered(removal(USER_ID));
		}));

/* Requests and frames with a fault */

for (
	const [name, target, make] of [
		["pair-setup's M1", "/pair-setup", () => message(0)],
		[
			"pair-setup's M3",
			"/pair-setup",
			() => encodeTlv([[Tlv.State, 3], [Tlv.PublicKey, Buffer.alloc(384, 7)], [Tlv.Proof, Buffer.alloc(64, 7)]]),
		],
		["pair-setup's M5", "/pair-setup", () => encodeTlv([[Tlv.State, 5], [Tlv.EncryptedData, Buffer.alloc(154, 7)]])],
		["pair-verify's M1", "/pair-verify", () => new PairVerifyController(pairing).m1()],
		["pair-verify's M3", "/pair-verify", () => encodeTlv([[Tlv.State, 3], [Tlv.EncryptedData, Buffer.alloc(120, 7)]])],
	]
)
	test(`a request with ${name}, cut short anywhere by a controller that leaves, is answered nothing`, (t) =>
		counted(t, async (isServed) => {
			const request = requestBytes("POST", target, make(), { "Content-Type": PAIRING_TYPE });
			for (const fault of everyCut(request.length)) {
				const stranger = await accessory.connect();
				stranger.socket.end(fault.of(request));
				await stranger.ended();
				await isServed(fault.name);
			}
		}));

/** A session, and the frame of a request that it could send next. */
async function withFrame(body) {
	const session = await accessory.session(pairing);
	try {
		await body(session, session.seal(requestBytes("POST", "/pairings", message(LIST), { "Content-Type": PAIRING_TYPE })));
	}
	finally {
		await session.close();
	}
}

const frameLength = () => FRAME_OVERHEAD + requestBytes("POST", "/pairings", message(LIST), { "Content-Type": PAIRING_TYPE }).length;

/** It is waited for the rest, and nothing is answered. A reset ends the session at once; an end that is said waits for what is unread. */
async function waits(session, name, isServed) {
	await isServed(name);
	assert.deepStrictEqual([session.waiting, session.isClosed], [[], false], name);
	session.socket.resetAndDestroy();
	await session.closed;
}

test("a frame with any byte flipped ends its session without an answer, or waits for what it says is to come", (t) =>
	counted(t, async (isServed) => {
		for (const { name, of } of aFlipOfEachByte(frameLength(), 2))
			await withFrame(async (session, frame) => {
				const length = of(frame).readUInt16LE(0);
				session.send(of(frame));
				if (length <= FRAME_TEXT_MAX && length + FRAME_OVERHEAD > frame.length)
					await waits(session, name, isServed);
				else {
					await session.ended();
					await isServed(name);
				}
			});
	}));

test("a frame cut short anywhere waits for its rest", (t) =>
	counted(t, async (isServed) => {
		for (const { name, of } of everyCut(frameLength()))
			await withFrame(async (session, frame) => {
				session.send(of(frame));
				await waits(session, name, isServed);
			});
	}));
