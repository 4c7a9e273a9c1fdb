/** A secured session on node:crypto: pair-verify and frames as HAP R2 "Pair Verify" and "Session Security" have them. */

import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, diffieHellman } from "node:crypto";
import { generateKeyPairSync, hkdfSync, sign } from "node:crypto";
import { Connection, requestBytes } from "./connection.mjs";
import { decodeTlv, encodeTlv, Tlv } from "./tlv.mjs";

const X25519_HEAD = Buffer.from("302a300506032b656e032100", "hex"); // RFC 8410 section 4, before the key's 32 bytes
const ED25519_SEED_HEAD = Buffer.from("302e020100300506032b657004220420", "hex"); // RFC 8410 section 7
const KEY_BYTES = 32;
const FRAME_TEXT_MAX = 1024;
const LENGTH_BYTES = 2;
const TAG_BYTES = 16;

export function hkdf(secret, salt, info) {
	return Buffer.from(hkdfSync("sha512", secret, salt, info, KEY_BYTES));
}

function nonceOf(nonce) {
	const bytes = Buffer.alloc(12);
	if (typeof nonce === "string")
		bytes.write(nonce, 4);
	else
		bytes.writeBigUInt64LE(BigInt(nonce), 4);
	return bytes;
}

export function seal(key, nonce, text, aad = Buffer.alloc(0)) {
	const cipher = createCipheriv("chacha20-poly1305", key, nonceOf(nonce), { authTagLength: TAG_BYTES });
	cipher.setAAD(aad, { plaintextLength: text.length });
	return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

export function unseal(key, nonce, sealed, aad = Buffer.alloc(0)) {
	const cipher = createDecipheriv("chacha20-poly1305", key, nonceOf(nonce), { authTagLength: TAG_BYTES });
	cipher.setAAD(aad, { plaintextLength: sealed.length - TAG_BYTES });
	cipher.setAuthTag(sealed.subarray(-TAG_BYTES));
	return Buffer.concat([cipher.update(sealed.subarray(0, -TAG_BYTES)), cipher.final()]);
}

function rawPublicKey(key) {
	return key.export({ type: "spki", format: "der" }).subarray(-KEY_BYTES);
}

function signed(pairing, info) {
	const seed = Buffer.from(pairing.iOSDeviceLTSK, "hex").subarray(0, KEY_BYTES);
	return sign(null, info, createPrivateKey({ key: Buffer.concat([ED25519_SEED_HEAD, seed]), format: "der", type: "pkcs8" }));
}

/** A controller that the accessory does not know yet, in the form of hap-controller's getLongTermData(). */
export function newController(known, id) {
	const { privateKey, publicKey } = generateKeyPairSync("ed25519");
	const seed = privateKey.export({ type: "pkcs8", format: "der" }).subarray(-KEY_BYTES);
	const ltpk = rawPublicKey(publicKey);
	return {
		...known,
		iOSDevicePairingID: Buffer.from(id).toString("hex"),
		iOSDeviceLTSK: Buffer.concat([seed, ltpk]).toString("hex"),
		iOSDeviceLTPK: ltpk.toString("hex"),
	};
}

/** The messages of pair-verify for one attempt: m1(), m3(of M2's body), then the session's secret. */
export class PairVerifyController {
	#pairing;
	#keys = generateKeyPairSync("x25519");

	constructor(pairing) {
		this.#pairing = pairing;
	}

	get #publicKey() {
		return rawPublicKey(this.#keys.publicKey);
	}

	m1() {
		return encodeTlv([[Tlv.State, 1], [Tlv.PublicKey, this.#publicKey]]);
	}

	m3(m2) {
		const theirs = decodeTlv(m2).get(Tlv.PublicKey);
		const theirKey = createPublicKey({ key: Buffer.concat([X25519_HEAD, theirs]), format: "der", type: "spki" });
		this.secret = diffieHellman({ privateKey: this.#keys.privateKey, publicKey: theirKey });
		const key = hkdf(this.secret, "Pair-Verify-Encrypt-Salt", "Pair-Verify-Encrypt-Info");
		const id = Buffer.from(this.#pairing.iOSDevicePairingID, "hex");
		const signature = signed(this.#pairing, Buffer.concat([this.#publicKey, id, theirs]));
		const sealed = seal(key, "PV-Msg03", encodeTlv([[Tlv.Identifier, id], [Tlv.Signature, signature]]));
		return encodeTlv([[Tlv.State, 3], [Tlv.EncryptedData, sealed]]);
	}
}

export class Session extends Connection {
	#accessoryToController;
	#controllerToAccessory;
	#opened = 0;
	#sealed = 0;
	#frames = Buffer.alloc(0);
	#events = [];
	#secret;

	/** Connected and verified. */
	static async open(port, pairing, localAddress) {
		const session = new Session();
		await session.connect(port, localAddress);
		const m4 = await session.verify(pairing);
		if (decodeTlv(m4.body).has(Tlv.Error))
			throw new Error("not verified");
		return session;
	}

	/** Pair-verify; on a session that is secured already it goes in frames, and gives it new keys. */
	async verify(pairing) {
		const exchange = new PairVerifyController(pairing);
		const m2 = await this.pairing("/pair-verify", exchange.m1());
		if (m2.status !== 200)
			throw new Error(String(m2.status));
		const m4 = await this.pairing("/pair-verify", exchange.m3(m2.body));
		if (!decodeTlv(m4.body).has(Tlv.Error))
			this.secure(exchange.secret);
		return m4;
	}

	/** What only both ends may know. */
	get secrets() {
		return {
			"shared secret": this.#secret,
			"key of its answers": this.#accessoryToController,
			"key of its requests": this.#controllerToAccessory,
		};
	}

	secure(secret) {
		this.#secret = secret;
		this.#accessoryToController = hkdf(secret, "Control-Salt", "Control-Read-Encryption-Key");
		this.#controllerToAccessory = hkdf(secret, "Control-Salt", "Control-Write-Encryption-Key");
		this.#opened = 0;
		this.#sealed = 0;
	}

	/** Of the frames that these bytes complete. */
	textOf(bytes) {
		if (!this.#accessoryToController)
			return bytes;
		this.#frames = Buffer.concat([this.#frames, bytes]);
		const texts = [];
		while (this.#frames.length >= LENGTH_BYTES) {
			const length = this.#frames.readUInt16LE(0);
			const end = LENGTH_BYTES + length + TAG_BYTES;
			if (length > FRAME_TEXT_MAX)
				throw new Error(`a frame of ${length} bytes`);
			if (this.#frames.length < end)
				break;
			const [head, sealed] = [this.#frames.subarray(0, LENGTH_BYTES), this.#frames.subarray(LENGTH_BYTES, end)];
			texts.push(unseal(this.#accessoryToController, this.#opened++, sealed, head));
			this.#frames = this.#frames.subarray(end);
		}
		return Buffer.concat(texts);
	}

	/** The frames of a text, of at most `most` bytes of it each. */
	seal(text, most = FRAME_TEXT_MAX) {
		const frames = [];
		for (let at = 0; at < text.length; at += most) {
			const part = Buffer.from(text).subarray(at, at + most);
			const length = Buffer.alloc(LENGTH_BYTES);
			length.writeUInt16LE(part.length);
			frames.push(length, seal(this.#controllerToAccessory, this.#sealed++, part, length));
		}
		return Buffer.concat(frames);
	}

	request(method, target, body, headers) {
		const bytes = requestBytes(method, target, body, headers);
		this.send(this.#controllerToAccessory ? this.seal(bytes) : bytes);
		return this.response();
	}

	/** The next answer; events before it are left for event(). */
	async response() {
		for (;;) {
			const message = await this.next();
			if (message.protocol === "HTTP")
				return message;
			this.#events.push(message);
		}
	}

	/** An event came before an answer that was asked for. */
	get hasEvent() {
		return this.#events.length > 0;
	}

	/** The characteristics of the next event, as it lists them. */
	async event() {
		const message = this.#events.shift() ?? await this.next();
		if (message.protocol !== "EVENT")
			throw new Error(`${message.protocol} ${message.status} instead of an event`);
		return JSON.parse(message.body).characteristics;
	}

	/** PUT /characteristics of these entries. */
	put(...characteristics) {
		return this.request("PUT", "/characteristics", JSON.stringify({ characteristics }), { "Content-Type": "application/hap+json" });
	}

	get(query) {
		return this.request("GET", `/characteristics?${query}`);
	}
}
