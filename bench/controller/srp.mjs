/** The controller's side of pair-setup's SRP-6a: RFC 5054 with its 3072-bit group and SHA-512, HAP R2 "Pair Setup". */

import { createHash, getDiffieHellman, randomBytes } from "node:crypto";

const USER = "Pair-Setup";
const GENERATOR = Buffer.of(5);
/** RFC 3526 section 4, the same prime as RFC 5054's. */
const PRIME = getDiffieHellman("modp15").getPrime();
const N = toNumber(PRIME);

function toNumber(bytes) {
	return BigInt(`0x${bytes.toString("hex")}`);
}

function toBytes(number) {
	return Buffer.from(number.toString(16).padStart(2 * PRIME.length, "0"), "hex");
}

function padded(bytes) {
	return Buffer.concat([Buffer.alloc(PRIME.length - bytes.length), bytes]);
}

export function sha512(...parts) {
	const hash = createHash("sha512");
	for (const part of parts)
		hash.update(part);
	return hash.digest();
}

/** base ^ exponent mod N. OpenSSL's would test the prime each time, which takes a second. */
function power(base, exponent) {
	let result = 1n;
	for (const bit of exponent.toString(2)) {
		result = (result * result) % N;
		if (bit === "1")
			result = (result * base) % N;
	}
	return result;
}

/** Answers { A, proof, sessionKey }. Zeros on the left of A and S stay where they are. */
export function prove(code, salt, B) {
	const a = toNumber(randomBytes(32));
	const A = toBytes(power(5n, a));
	const x = toNumber(sha512(salt, sha512(`${USER}:${code}`)));
	const u = toNumber(sha512(A, padded(B)));
	const k = toNumber(sha512(PRIME, padded(GENERATOR)));
	const base = (((toNumber(B) - k * power(5n, x)) % N) + N) % N;
	const S = toBytes(power(base, a + u * x));
	const sessionKey = sha512(S);
	const groupHash = sha512(PRIME).map((byte, at) => byte ^ sha512(GENERATOR)[at]);
	return { A, proof: sha512(groupHash, sha512(USER), salt, A, B, sessionKey), sessionKey };
}
