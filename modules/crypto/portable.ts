/**
 * The provider without a library: curves, SHA-512 and Poly1305 of tweetnacl, ChaCha20 and the modular power in TypeScript. For
 * desktops without libsodium; a microcontroller would need tens of seconds for a pairing.
 *
 * Lengths are checked as native.ts has them checked. tweetnacl's signatures need a JS stack of 384 slots.
 */

import { fromHex } from "hap/crypto/hex";
import { open, seal, TAG_BYTES } from "hap/crypto/chacha20-poly1305";
import type { Key, Nonce } from "hap/crypto/crypto";
import nacl from "tweetnacl";

export { modPow } from "hap/crypto/mod-pow";

export const providerName: string = "portable";

const HASH_BYTES = 64;
const HASH_BLOCK_BYTES = 128;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const NONCE_BYTES = 12;
const NONCE_ZEROS = 4;

/** Little-endian: the order of Ed25519's group, RFC 8032 §5.1. The bytes not named are zero up to the last. */
const ORDER_LOW = Object.freeze([0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14]);
const ORDER_LAST = 0x10;

/**
 * The y of the points whose order divides 8, little-endian: under such a key a signature may hold for any message. Of p - 1, which is
 * the last of them, and of y that are no number below p = 2^255 - 19, all bytes between the first and the last are 0xff.
 */
const SMALL_ORDER_YS = Object.freeze(
	[
		Uint8Array.of(0),
		Uint8Array.of(1),
		fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
		fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
	],
);
const P_MINUS_ONE_FIRST = 0xec;
const SIGN_BIT = 0x80;

function expectBytes(bytes: Uint8Array, count: number): void {
	if (bytes.length !== count)
		throw new RangeError("invalid length");
}

function join(parts: Uint8Array[], from: number): Uint8Array {
	let count = from;
	for (const part of parts)
		count += part.length;
	const joined = new Uint8Array(count);
	let at = from;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}

/** The hash of the parts, one after the other. */
export function sha512(...parts: Uint8Array[]): Uint8Array {
	return nacl.hash(parts.length === 1 ? parts[0] : join(parts, 0));
}

/** RFC 2104: H(key ^ opad | H(key ^ ipad | parts)). */
export function hmacSha512(key: Uint8Array, ...parts: Uint8Array[]): Uint8Array {
	const blockKey = key.length > HASH_BLOCK_BYTES ? nacl.hash(key) : key;
	const inner = join(parts, HASH_BLOCK_BYTES);
	const outer = new Uint8Array(HASH_BLOCK_BYTES + HASH_BYTES);
	for (let i = 0; i < HASH_BLOCK_BYTES; i++) {
		const byte = i < blockKey.length ? blockKey[i] : 0;
		inner[i] = byte ^ 0x36;
		outer[i] = byte ^ 0x5c;
	}
	outer.set(nacl.hash(inner), HASH_BLOCK_BYTES);
	const code = nacl.hash(outer);
	inner.fill(0);
	outer.fill(0);
	return code;
}

function utf8(text: string): Uint8Array {
	return new Uint8Array(ArrayBuffer.fromString(text));
}

/** A key of 32 bytes derived from `key`: RFC 5869 §2, for one block of output. */
export function hkdfSha512(key: Uint8Array, salt: string, info: string): Uint8Array {
	const extracted = hmacSha512(utf8(salt), key);
	const block = hmacSha512(extracted, utf8(info), Uint8Array.of(1));
	const derived = block.slice(0, KEY_BYTES);
	extracted.fill(0);
	block.fill(0);
	return derived;
}

/** The shared secret; undefined when it is all zero, as a public key of small order makes it. RFC 7748 §6.1. */
export function x25519(secret: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined {
	expectBytes(secret, KEY_BYTES);
	expectBytes(publicKey, KEY_BYTES);
	const shared = nacl.scalarMult(secret, publicKey);
	let bits = 0;
	for (let i = 0; i < KEY_BYTES; i++)
		bits |= shared[i];
	return bits === 0 ? undefined : shared;
}

export function x25519PublicKey(secret: Uint8Array): Uint8Array {
	expectBytes(secret, KEY_BYTES);
	return nacl.scalarMult.base(secret);
}

export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
	expectBytes(seed, KEY_BYTES);
	const { publicKey, secretKey } = nacl.sign.keyPair.fromSeed(seed);
	secretKey.fill(0);
	return publicKey;
}

/** `publicKey` must be the seed's own: a signature made with another one gives the seed away. */
export function ed25519Sign(message: Uint8Array, seed: Uint8Array, publicKey: Uint8Array): Uint8Array {
	expectBytes(seed, KEY_BYTES);
	expectBytes(publicKey, KEY_BYTES);
	const secretKey = join([seed, publicKey], 0);
	const signature = nacl.sign.detached(message, secretKey);
	secretKey.fill(0);
	return signature;
}

/** Whether S, the second half of a signature, is below the group's order: tweetnacl would take S plus the order, too. */
function isCanonical(signature: Uint8Array): boolean {
	for (let i = KEY_BYTES - 1; i >= 0; i--) {
		const limit = i < ORDER_LOW.length ? ORDER_LOW[i] : i === KEY_BYTES - 1 ? ORDER_LAST : 0;
		const byte = signature[KEY_BYTES + i];
		if (byte !== limit)
			return byte < limit;
	}
	return false;
}

/** Whether the point is of the large group, and written as its encoder writes it: what libsodium asks of keys, too. */
function isPoint(bytes: Uint8Array): boolean {
	const y = bytes.slice(0, KEY_BYTES);
	y[KEY_BYTES - 1] &= ~SIGN_BIT;
	if (y[KEY_BYTES - 1] === (0xff & ~SIGN_BIT) && y[0] >= P_MINUS_ONE_FIRST && y.subarray(1, -1).every((byte) => byte === 0xff))
		return false;
	return !SMALL_ORDER_YS.some((small) => y.every((byte, at) => byte === (small[at] ?? 0)));
}

export function ed25519Verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
	expectBytes(signature, SIGNATURE_BYTES);
	expectBytes(publicKey, KEY_BYTES);
	return isCanonical(signature) && isPoint(publicKey) && isPoint(signature) && nacl.sign.detached.verify(message, signature, publicKey);
}

function nonceBytes(nonce: Nonce): Uint8Array {
	const bytes = new Uint8Array(NONCE_BYTES);
	if (typeof nonce === "string") {
		const letters = utf8(nonce);
		expectBytes(letters, NONCE_BYTES - NONCE_ZEROS);
		bytes.set(letters, NONCE_ZEROS);
	}
	else {
		if (!Number.isSafeInteger(nonce) || nonce < 0)
			throw new RangeError("invalid nonce");
		const view = new DataView(bytes.buffer);
		view.setUint32(NONCE_ZEROS, nonce, true);
		view.setUint32(NONCE_ZEROS + 4, nonce / 0x1_0000_0000, true);
	}
	return bytes;
}

function bytesOf(key: Key): Uint8Array {
	return key instanceof ArrayBuffer ? new Uint8Array(key) : key;
}

function expectSealed(key: Uint8Array, buffer: Uint8Array, aadBytes: number, textBytes: number): void {
	expectBytes(key, KEY_BYTES);
	if (aadBytes < 0 || textBytes < 0 || aadBytes + textBytes + TAG_BYTES > buffer.length)
		throw new RangeError("invalid length");
}

/** Encrypts in place: `buffer` is AAD | text | room for the tag (16). */
export function aeadSeal(key: Key, nonce: Nonce, buffer: Uint8Array, aadBytes: number, textBytes: number): void {
	const bytes = bytesOf(key);
	expectSealed(bytes, buffer, aadBytes, textBytes);
	seal(bytes, nonceBytes(nonce), buffer, aadBytes, textBytes);
}

/** Decrypts in place: `buffer` is AAD | ciphertext | tag (16). False: the tag is wrong, and `buffer` as it was. */
export function aeadOpen(key: Key, nonce: Nonce, buffer: Uint8Array, aadBytes: number, textBytes: number): boolean {
	const bytes = bytesOf(key);
	expectSealed(bytes, buffer, aadBytes, textBytes);
	return open(bytes, nonceBytes(nonce), buffer, aadBytes, textBytes);
}

/** Equality of secrets: the time it takes tells their lengths and nothing else, as far as an interpreter can promise. */
export function constantTimeEqual(a: Uint8Array, b: Uint8Array): boolean {
	if (a.length !== b.length)
		return false;
	let difference = 0;
	for (let i = 0; i < a.length; i++)
		difference |= a[i] ^ b[i];
	return difference === 0;
}

/** Overwrites a secret with zeros. */
export function wipe(bytes: Key): void {
	bytesOf(bytes).fill(0);
}
