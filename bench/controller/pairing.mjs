/** Pairing as a controller does it, with the time that the accessory takes for its answers: HAP R2 "Pair Setup", "Pair Verify". */

import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { hkdf, PairVerifyController, seal, unseal } from "../../tests/interop/session.mjs";
import { decodeTlv, encodeTlv, Tlv } from "../../tests/interop/tlv.mjs";
import { prove } from "./srp.mjs";

const TYPE = { "Content-Type": "application/pairing+tlv8" };
const METHOD_REMOVE = 4;

function newKeys() {
	const { privateKey, publicKey } = generateKeyPairSync("ed25519");
	const seed = privateKey.export({ type: "pkcs8", format: "der" }).subarray(-32);
	const ltpk = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
	return { privateKey, seed, ltpk, id: Buffer.from(crypto.randomUUID().toUpperCase()) };
}

/** The form in which hap-controller keeps it. */
function longTermData({ seed, ltpk, id }) {
	return {
		iOSDevicePairingID: id.toString("hex"),
		iOSDeviceLTSK: Buffer.concat([seed, ltpk]).toString("hex"),
		iOSDeviceLTPK: ltpk.toString("hex"),
	};
}

/** Posts pairing messages and adds up how long their answers took. */
class Exchange {
	waitedMS = 0;

	constructor(session, path) {
		this.session = session;
		this.path = path;
	}

	async send(items) {
		const start = performance.now();
		const { status, body } = await this.session.request("POST", this.path, items, TYPE);
		this.waitedMS += performance.now() - start;
		const answer = decodeTlv(body);
		if (status !== 200 || answer.has(Tlv.Error))
			throw new Error(`${this.path}: status ${status}, error ${answer.get(Tlv.Error)?.[0]}`);
		return answer;
	}
}

function signedKeys(keys, sessionKey) {
	const x = hkdf(sessionKey, "Pair-Setup-Controller-Sign-Salt", "Pair-Setup-Controller-Sign-Info");
	const key = createPrivateKey(keys.privateKey.export({ type: "pkcs8", format: "pem" }));
	return encodeTlv([
		[Tlv.Identifier, keys.id],
		[Tlv.PublicKey, keys.ltpk],
		[Tlv.Signature, sign(null, Buffer.concat([x, keys.id, keys.ltpk]), key)],
	]);
}

/** Answers { pairing, waitedMS }. */
export async function pairSetup(session, code) {
	const keys = newKeys();
	const exchange = new Exchange(session, "/pair-setup");
	const m2 = await exchange.send(encodeTlv([[Tlv.State, 1], [Tlv.Method, 0]]));
	const { A, proof, sessionKey } = prove(code, m2.get(Tlv.Salt), m2.get(Tlv.PublicKey));
	await exchange.send(encodeTlv([[Tlv.State, 3], [Tlv.PublicKey, A], [Tlv.Proof, proof]]));
	const key = hkdf(sessionKey, "Pair-Setup-Encrypt-Salt", "Pair-Setup-Encrypt-Info");
	const sealed = seal(key, "PS-Msg05", signedKeys(keys, sessionKey));
	const m6 = await exchange.send(encodeTlv([[Tlv.State, 5], [Tlv.EncryptedData, sealed]]));
	unseal(key, "PS-Msg06", m6.get(Tlv.EncryptedData));
	return { pairing: longTermData(keys), waitedMS: exchange.waitedMS };
}

/** Secures the session; answers the time its answers took. */
export async function pairVerify(session, pairing) {
	const controller = new PairVerifyController(pairing);
	const exchange = new Exchange(session, "/pair-verify");
	const start = performance.now();
	const { body } = await session.request("POST", "/pair-verify", controller.m1(), TYPE);
	exchange.waitedMS += performance.now() - start;
	await exchange.send(controller.m3(body));
	session.secure(controller.secret);
	return exchange.waitedMS;
}

/** Removes this controller's own pairing, as an admin may. */
export async function unpair(session, pairing) {
	const exchange = new Exchange(session, "/pairings");
	const id = Buffer.from(pairing.iOSDevicePairingID, "hex");
	await exchange.send(encodeTlv([[Tlv.State, 1], [Tlv.Method, METHOD_REMOVE], [Tlv.Identifier, id]]));
}
