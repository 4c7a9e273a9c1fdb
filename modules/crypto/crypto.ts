/**
 * The one door to cryptography: SHA-512 (RFC 6234), HMAC (RFC 2104), HKDF (RFC 5869), X25519 (RFC 7748), Ed25519 (RFC 8032),
 * ChaCha20-Poly1305 (RFC 8439), the modular power that SRP needs, random bytes. Who does the work is the build's choice:
 * "hap/crypto/provider" is native.ts (libsodium) or portable.ts (TypeScript and tweetnacl).
 *
 * Lengths are the caller's to check: a wrong one is misuse here, and throws a RangeError.
 */

export {
	aeadOpen,
	aeadSeal,
	constantTimeEqual,
	ed25519PublicKey,
	ed25519Sign,
	ed25519Verify,
	hkdfSha512,
	hmacSha512,
	modPow,
	providerName,
	sha512,
	wipe,
	x25519,
	x25519PublicKey,
} from "hap/crypto/provider";
export { random } from "hap/crypto/random";

/**
 * The last eight of a nonce's twelve bytes, the first four being zero: a session's count of frames (sent as 64 bits,
 * little-endian), or the eight letters of a pairing message.
 */
export type Nonce = number | string;

/** A key that is kept for long is better an ArrayBuffer, which takes three slots of XS where a Uint8Array takes seven. */
export type Key = Uint8Array | ArrayBuffer;
