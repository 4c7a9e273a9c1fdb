/** Pair-setup as a controller that knows the code says it, on node:crypto: HAP R2 "Pair Setup", RFC 5054 and RFC 2945. */

import { createDiffieHellman, createHash, generateKeyPairSync, getDiffieHellman, sign } from "node:crypto";
import { hkdf, seal } from "./session.mjs";
import { decodeTlv, encodeTlv, Tlv } from "./tlv.mjs";

/** The 3072-bit prime of RFC 3526 section 4, which RFC 5054 appendix A takes. */
const PRIME = getDiffieHellman("modp15").getPrime();
const N = numberOf(PRIME);
const GENERATOR = 5;
const USER = "Pair-Setup";
/** Secret of the key A; short, because nobody attacks a test. */
const SECRET = Buffer.from("5ac3e7", "hex");

function numberOf(bytes) {
	return BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

function padded(number) {
	return Buffer.from(number.toString(16).padStart(2 * PRIME.length, "0"), "hex");
}

function bytesOf(number) {
	const digits = number.toString(16);
	return Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
}

const sha512 = (...parts) => createHash("sha512").update(Buffer.concat(parts)).digest();

/** OpenSSL's modular power, for which a Diffie-Hellman exchange is the door. */
class Power {
	#exchange = createDiffieHellman(PRIME, GENERATOR);

	of(base, exponent) {
		this.#exchange.setPrivateKey(bytesOf(exponent));
		return numberOf(this.#exchange.computeSecret(padded(base)));
	}
}

/** Messages of any number of exchanges, one after the other: m1(), m3(of M2's body), m5(). */
export class SetupController {
	#power = new Power();
	#code;
	#id;
	#key;
	#A = this.#power.of(BigInt(GENERATOR), numberOf(SECRET));
	#k = numberOf(sha512(PRIME, padded(BigInt(GENERATOR))));
	#keys = generateKeyPairSync("ed25519");

	constructor(code, id) {
		this.#code = code;
		this.#id = Buffer.from(id);
	}

	/** As hap-controller keeps them, but for the accessory's own. */
	get pairing() {
		const { privateKey } = this.#keys;
		const seed = privateKey.export({ type: "pkcs8", format: "der" }).subarray(-32);
		return {
			iOSDevicePairingID: this.#id.toString("hex"),
			iOSDeviceLTSK: Buffer.concat([seed, this.#ltpk]).toString("hex"),
			iOSDeviceLTPK: this.#ltpk.toString("hex"),
		};
	}

	/** SRP's K, and the keys made of it: what nobody else may know. */
	get secrets() {
		return {
			K: this.#key,
			"key of M5": hkdf(this.#key, "Pair-Setup-Encrypt-Salt", "Pair-Setup-Encrypt-Info"),
			"key of the signature": hkdf(this.#key, "Pair-Setup-Controller-Sign-Salt", "Pair-Setup-Controller-Sign-Info"),
		};
	}

	get #ltpk() {
		return this.#keys.publicKey.export({ type: "spki", format: "der" }).subarray(-32);
	}

	m1() {
		return encodeTlv([[Tlv.State, 1], [Tlv.Method, 0]]);
	}

	m3(m2) {
		const items = decodeTlv(m2);
		const [salt, B] = [items.get(Tlv.Salt), numberOf(items.get(Tlv.PublicKey))];
		const x = numberOf(sha512(salt, sha512(Buffer.from(`${USER}:${this.#code}`))));
		const u = numberOf(sha512(padded(this.#A), padded(B)));
		const base = (((B - this.#k * this.#power.of(BigInt(GENERATOR), x)) % N) + N) % N;
		this.#key = sha512(bytesOf(this.#power.of(base, numberOf(SECRET) + u * x)));
		const mixed = sha512(PRIME).map((byte, at) => byte ^ sha512(Buffer.of(GENERATOR))[at]);
		const proof = sha512(mixed, sha512(Buffer.from(USER)), salt, padded(this.#A), padded(B), this.#key);
		return encodeTlv([[Tlv.State, 3], [Tlv.PublicKey, padded(this.#A)], [Tlv.Proof, proof]]);
	}

	m5() {
		const controllerX = hkdf(this.#key, "Pair-Setup-Controller-Sign-Salt", "Pair-Setup-Controller-Sign-Info");
		const signature = sign(null, Buffer.concat([controllerX, this.#id, this.#ltpk]), this.#keys.privateKey);
		const text = encodeTlv([[Tlv.Identifier, this.#id], [Tlv.PublicKey, this.#ltpk], [Tlv.Signature, signature]]);
		return encodeTlv([
			[Tlv.State, 5],
			[Tlv.EncryptedData, seal(hkdf(this.#key, "Pair-Setup-Encrypt-Salt", "Pair-Setup-Encrypt-Info"), "PS-Msg05", text)],
		]);
	}
}
