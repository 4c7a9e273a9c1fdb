/** POST /pairings: add, list and remove, by admins alone. HAP R2 "Add Pairing", "Remove Pairing", "List Pairings". */

import assert from "node:assert";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { canRun } from "../host/desktop/scripts/build.mjs";
import { isOn, withAccessory } from "./interop/accessory.mjs";
import { newController } from "./interop/session.mjs";
import { decodeTlv, encodeTlv, pairingAnswer, PairingError, Tlv } from "./interop/tlv.mjs";

const IDS = ["5B2E0B52-1C3D-4E5F-8A9B-000000000001", "5B2E0B52-1C3D-4E5F-8A9B-000000000002"];
const ADD = 3;
const REMOVE = 4;
const LIST = 5;
const BITS = canRun(32) ? 32 : 64;
/** Of the switch: the second service's second characteristic. */
const SWITCH_IID = 34;
/** Longer than the server's window. */
const EVENT_WINDOW_MS = 600;
const AUTHENTICATION = { message: `M2: Error: ${PairingError.Authentication}` };

const idOf = (pairing) => Buffer.from(pairing.iOSDevicePairingID, "hex");
const ltpkOf = (pairing) => Buffer.from(pairing.iOSDeviceLTPK, "hex");

/** Adds a second controller; answers its client and its keys. */
async function addController(accessory, admin, id, isAdmin) {
	const pairing = newController(admin.getLongTermData(), id);
	await admin.addPairing(id, ltpkOf(pairing), isAdmin);
	return { client: accessory.client(pairing), pairing };
}

/** { id: [ltpk in hex, permissions] } as List Pairings answers it. */
function listed(tlv) {
	const all = (type) => [tlv.get(type)].flat();
	const [ids, keys, permissions] = [Tlv.Identifier, Tlv.PublicKey, Tlv.Permissions].map(all);
	return Object.fromEntries(ids.map((id, index) => [id.toString(), [keys[index].toString("hex"), permissions[index][0]]]));
}

/** Sends a message of /pairings as it is. */
function pairings(session, method, more = [], state = 1) {
	return session.pairing("/pairings", encodeTlv([[Tlv.State, state], [Tlv.Method, method], ...more]));
}

for (const isAdmin of [true, false])
	test(`a second controller, ${isAdmin ? "an" : "no"} admin, is served once an admin has added it`, () =>
		withAccessory(async (accessory) => {
			const admin = await accessory.paired();
			const { client } = await addController(accessory, admin, IDS[0], isAdmin);
			await client.setCharacteristics({ "1.10": true });
			assert.strictEqual(await isOn(client), true);
			assert.strictEqual(await isOn(admin), true);
			await client.close();
			await admin.close();
		}));

test("the list has every controller with its key and its permissions", () =>
	withAccessory(async (accessory) => {
		const admin = await accessory.paired();
		const first = admin.getLongTermData();
		const { pairing: second, client } = await addController(accessory, admin, IDS[0], true);
		const { pairing: third } = await addController(accessory, admin, IDS[1], false);
		const expected = {
			[idOf(first).toString()]: [first.iOSDeviceLTPK, 1],
			[IDS[0]]: [second.iOSDeviceLTPK, 1],
			[IDS[1]]: [third.iOSDeviceLTPK, 0],
		};
		assert.deepStrictEqual(listed(await admin.listPairings()), expected);
		assert.deepStrictEqual(listed(await client.listPairings()), expected);
		await client.close();
		await admin.close();
	}));

test("a controller that is no admin may not add, remove or list", () =>
	withAccessory(async (accessory) => {
		const admin = await accessory.paired();
		const { client } = await addController(accessory, admin, IDS[0], false);
		const third = newController(admin.getLongTermData(), IDS[1]);
		await assert.rejects(client.listPairings(), AUTHENTICATION);
		await assert.rejects(client.addPairing(IDS[1], ltpkOf(third), true), AUTHENTICATION);
		await assert.rejects(client.removePairing(idOf(admin.getLongTermData())), AUTHENTICATION);
		assert.deepStrictEqual(Object.keys(listed(await admin.listPairings())).length, 2);
		await client.close();
		await admin.close();
	}));

test("adding a known controller again changes its permissions, and with another key is Unknown", () =>
	withAccessory(async (accessory) => {
		const admin = await accessory.paired();
		const { pairing, client } = await addController(accessory, admin, IDS[0], false);
		await admin.addPairing(IDS[0], ltpkOf(pairing), true);
		assert.strictEqual(listed(await client.listPairings())[IDS[0]][1], 1);
		const impostor = newController(admin.getLongTermData(), IDS[0]);
		await assert.rejects(admin.addPairing(IDS[0], ltpkOf(impostor), true), { message: `M2: Error: ${PairingError.Unknown}` });
		assert.strictEqual(listed(await admin.listPairings())[IDS[0]][0], pairing.iOSDeviceLTPK);
		await client.close();
		await admin.close();
	}));

test("an admin that is made a user is refused at once in the session that it has", () =>
	withAccessory(async (accessory) => {
		const admin = await accessory.paired();
		const { pairing } = await addController(accessory, admin, IDS[0], true);
		const session = await accessory.session(pairing);
		assert.deepStrictEqual(pairingAnswer(await pairings(session, LIST)), { state: 2, error: undefined });
		await admin.addPairing(IDS[0], ltpkOf(pairing), false);
		assert.deepStrictEqual(pairingAnswer(await pairings(session, LIST)), { state: 2, error: PairingError.Authentication });
		assert.strictEqual((await session.get("id=1.10")).status, 200);
		await session.close();
		await admin.close();
	}));

test("an admin that is made a user hears no more of a switch that tells admins alone", () =>
	withAccessory(async (accessory) => {
		const admin = await accessory.paired();
		const { pairing } = await addController(accessory, admin, IDS[0], true);
		const [writer, session] = [await accessory.session(admin.getLongTermData()), await accessory.session(pairing)];
		const subscription = { aid: 1, iid: SWITCH_IID, ev: true };
		assert.strictEqual((await session.put(subscription)).status, 204);
		assert.strictEqual((await writer.put({ aid: 1, iid: SWITCH_IID, value: true })).status, 204);
		assert.deepStrictEqual(await session.event(), [{ aid: 1, iid: SWITCH_IID, value: true }]);
		await admin.addPairing(IDS[0], ltpkOf(pairing), false);
		assert.strictEqual((await writer.put({ aid: 1, iid: SWITCH_IID, value: false })).status, 204);
		await sleep(EVENT_WINDOW_MS);
		assert.match((await session.get(`id=1.${SWITCH_IID}&ev=1`)).body.toString(), /"ev":false/);
		assert.strictEqual(session.hasEvent, false);
		const { status, body } = await session.put(subscription);
		assert.deepStrictEqual([status, JSON.parse(body).characteristics], [207, [{ aid: 1, iid: SWITCH_IID, status: -70401 }]]);
	}, {
		starter: (fixed) => ["tests/interop/start-bridge.mjs", ...fixed],
		parameters: ["--accessory", "tests/bridge/admin-only", "--bits", String(BITS)],
	}));

test("the last admin that makes itself a user unpairs the accessory, which pairs again", () =>
	withAccessory(async (accessory) => {
		const client = await accessory.paired();
		const pairing = client.getLongTermData();
		const { pairing: user } = await addController(accessory, client, IDS[0], false);
		const [session, other] = [await accessory.session(pairing), await accessory.session(user)];
		const demotion = [[Tlv.Identifier, idOf(pairing)], [Tlv.PublicKey, ltpkOf(pairing)], [Tlv.Permissions, 0]];
		assert.deepStrictEqual(pairingAnswer(await pairings(session, ADD, demotion)), { state: 2, error: undefined });
		await session.ended();
		await other.ended();
		assert.strictEqual(await isOn(await accessory.paired()), false);
	}));

test("sixteen pairings fit, and the next one is MaxPeers", () =>
	withAccessory(async (accessory) => {
		const admin = await accessory.paired();
		const known = admin.getLongTermData();
		for (let number = 2; number <= 17; number++) {
			const id = `5B2E0B52-1C3D-4E5F-8A9B-0000000001${String(number).padStart(2, "0")}`;
			const added = admin.addPairing(id, ltpkOf(newController(known, id)), false);
			if (number <= 16)
				await added;
			else
				await assert.rejects(added, { message: `M2: Error: ${PairingError.MaxPeers}` });
		}
		assert.strictEqual(Object.keys(listed(await admin.listPairings())).length, 16);
		await admin.close();
	}));

test("removing a pairing ends the sessions of that controller and no other", () =>
	withAccessory(async (accessory) => {
		const admin = await accessory.paired();
		const { pairing } = await addController(accessory, admin, IDS[0], false);
		const sessions = [await accessory.session(pairing), await accessory.session(pairing)];
		const kept = await accessory.session(admin.getLongTermData());
		assert.deepStrictEqual(pairingAnswer(await pairings(kept, REMOVE, [[Tlv.Identifier, IDS[0]]])), { state: 2, error: undefined });
		for (const session of sessions)
			await session.ended();
		assert.strictEqual((await kept.get("id=1.10")).status, 200);
		await assert.rejects(accessory.client(pairing).getCharacteristics(["1.10"]), /M4: Error: 2/);
		await kept.close();
		await admin.close();
	}));

test("a controller that removes itself gets its answer, then the end of all its sessions", () =>
	withAccessory(async (accessory) => {
		const admin = await accessory.paired();
		const { pairing } = await addController(accessory, admin, IDS[0], true);
		const [remover, other] = [await accessory.session(pairing), await accessory.session(pairing)];
		assert.deepStrictEqual(pairingAnswer(await pairings(remover, REMOVE, [[Tlv.Identifier, IDS[0]]])), { state: 2, error: undefined });
		await remover.ended();
		await other.ended();
		assert.strictEqual(await isOn(admin), false);
		await admin.close();
	}));

test("removing a controller that is not paired succeeds", () =>
	withAccessory(async (accessory) => {
		const session = await accessory.session(await accessory.pairing());
		const answer = await pairings(session, REMOVE, [[Tlv.Identifier, IDS[1]]]);
		assert.deepStrictEqual(pairingAnswer(answer), { state: 2, error: undefined });
		assert.strictEqual((await session.get("id=1.10")).status, 200);
		await session.close();
	}));

test("messages of /pairings that are none are 400, and the session goes on", () =>
	withAccessory(async (accessory) => {
		const session = await accessory.session(await accessory.pairing());
		for (const state of [0, 2, 3, 255])
			assert.strictEqual((await pairings(session, LIST, [], state)).status, 400, `state ${state}`);
		for (const body of [Buffer.alloc(0), Buffer.from("0601", "hex"), Buffer.from("garbage")])
			assert.strictEqual((await session.pairing("/pairings", body)).status, 400, body.toString("hex"));
		const short = [[Tlv.Identifier, IDS[0]], [Tlv.PublicKey, Buffer.alloc(31)], [Tlv.Permissions, 0]];
		assert.strictEqual((await pairings(session, ADD, short)).status, 400);
		assert.strictEqual(decodeTlv((await pairings(session, LIST)).body).get(Tlv.State)[0], 2);
		await session.close();
	}));
