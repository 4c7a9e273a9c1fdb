/**
 * The provider over libsodium (native.c), and over mod-pow.c for the modular power. C fills buffers that TypeScript allocates,
 * and checks every length: a wrong one throws a RangeError.
 */

import type { Key, Nonce } from "hap/crypto/crypto";

export const providerName: string = "native";

const HASH_BYTES = 64;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const ONE = Uint8Array.of(1);

function sha512Into(this: unknown, digest: Uint8Array, ...parts: Uint8Array[]): void {
	native("xs_hap_sha512").call(this, digest, ...parts);
}

/** The hash of the parts, one after the other. */
export function sha512(...parts: Uint8Array[]): Uint8Array {
	const digest = new Uint8Array(HASH_BYTES);
	sha512Into(digest, ...parts);
	return digest;
}

function hmacSha512Into(this: unknown, code: Uint8Array, key: Uint8Array, ...parts: Uint8Array[]): void {
	native("xs_hap_hmac_sha512").call(this, code, key, ...parts);
}

export function hmacSha512(key: Uint8Array, ...parts: Uint8Array[]): Uint8Array {
	const code = new Uint8Array(HASH_BYTES);
	hmacSha512Into(code, key, ...parts);
	return code;
}

function hkdfSha512Into(this: unknown, derived: Uint8Array, key: Uint8Array, salt: string, info: string): void {
	native("xs_hap_hkdf_sha512").call(this, derived, key, salt, info);
}

/** A key of 32 bytes derived from `key`. */
export function hkdfSha512(key: Uint8Array, salt: string, info: string): Uint8Array {
	const derived = new Uint8Array(KEY_BYTES);
	hkdfSha512Into(derived, key, salt, info);
	return derived;
}

function x25519Into(this: unknown, shared: Uint8Array, secret: Uint8Array, publicKey: Uint8Array): boolean {
	return native("xs_hap_x25519").call(this, shared, secret, publicKey);
}

/** The shared secret; undefined when it is all zero, as a public key of small order makes it. RFC 7748 §6.1. */
export function x25519(secret: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined {
	const shared = new Uint8Array(KEY_BYTES);
	return x25519Into(shared, secret, publicKey) ? shared : undefined;
}

function x25519PublicKeyInto(this: unknown, publicKey: Uint8Array, secret: Uint8Array): void {
	native("xs_hap_x25519_public_key").call(this, publicKey, secret);
}

export function x25519PublicKey(secret: Uint8Array): Uint8Array {
	const publicKey = new Uint8Array(KEY_BYTES);
	x25519PublicKeyInto(publicKey, secret);
	return publicKey;
}

function ed25519PublicKeyInto(this: unknown, publicKey: Uint8Array, seed: Uint8Array): void {
	native("xs_hap_ed25519_public_key").call(this, publicKey, seed);
}

export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
	const publicKey = new Uint8Array(KEY_BYTES);
	ed25519PublicKeyInto(publicKey, seed);
	return publicKey;
}

function ed25519SignInto(this: unknown, signature: Uint8Array, message: Uint8Array, seed: Uint8Array, publicKey: Uint8Array): void {
	native("xs_hap_ed25519_sign").call(this, signature, message, seed, publicKey);
}

/** `publicKey` must be the seed's own: a signature made with another one gives the seed away. */
export function ed25519Sign(message: Uint8Array, seed: Uint8Array, publicKey: Uint8Array): Uint8Array {
	const signature = new Uint8Array(SIGNATURE_BYTES);
	ed25519SignInto(signature, message, seed, publicKey);
	return signature;
}

export function ed25519Verify(this: unknown, message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
	return native("xs_hap_ed25519_verify").call(this, message, signature, publicKey);
}

/** Encrypts in place: `buffer` is AAD | text | room for the tag (16). */
export function aeadSeal(this: unknown, key: Key, nonce: Nonce, buffer: Uint8Array, aadBytes: number, textBytes: number): void {
	native("xs_hap_aead_seal").call(this, key, nonce, buffer, aadBytes, textBytes);
}

/** Decrypts in place: `buffer` is AAD | ciphertext | tag (16). False: the tag is wrong, and `buffer` as it was. */
export function aeadOpen(this: unknown, key: Key, nonce: Nonce, buffer: Uint8Array, aadBytes: number, textBytes: number): boolean {
	return native("xs_hap_aead_open").call(this, key, nonce, buffer, aadBytes, textBytes);
}

function modPowInto(
	this: unknown,
	power: Uint8Array,
	base: Uint8Array,
	exponent: Uint8Array,
	modulus: Uint8Array,
	factor: Uint8Array,
): void {
	native("xs_hap_mod_pow").call(this, power, base, exponent, modulus, factor);
}

/**
 * factor * base ^ exponent mod modulus, big-endian, as long as the modulus: odd, a multiple of 4 and at most 384 bytes, no shorter
 * than base and factor. The sequence of products depends on the exponent's length alone.
 */
export function modPow(base: Uint8Array, exponent: Uint8Array, modulus: Uint8Array, factor: Uint8Array = ONE): Uint8Array {
	const power = new Uint8Array(modulus.length);
	modPowInto(power, base, exponent, modulus, factor);
	return power;
}

/** Equality of secrets: the time it takes tells their lengths and nothing else. */
export function constantTimeEqual(this: unknown, a: Uint8Array, b: Uint8Array): boolean {
	return native("xs_hap_constant_time_equal").call(this, a, b);
}

/** Overwrites a secret with zeros. */
export function wipe(this: unknown, bytes: Key): void {
	native("xs_hap_wipe").call(this, bytes);
}
