/**
 * ChaCha20-Poly1305, in place. RFC 8439 §2.8. The cipher is chacha20.ts, the authenticator tweetnacl's Poly1305; that one takes
 * a message in one piece, so a copy of the text, padded, lives while a frame is sealed or opened.
 */

import { chacha20, chacha20Block, chacha20State } from "hap/crypto/chacha20";
import nacl from "tweetnacl";

export const TAG_BYTES = 16;

const POLY1305_KEY_BYTES = 32;

/** The one-time key is the start of block 0; the text begins with block 1. §2.6. */
function oneTimeKey(state: Int32Array): Uint8Array {
	const block = new Int32Array(16);
	chacha20Block(state, 0, block);
	return new Uint8Array(block.buffer, 0, POLY1305_KEY_BYTES);
}

function padded(length: number): number {
	return (length + 15) & ~15;
}

/** AAD | padding | ciphertext | padding | both lengths (8, 8, little-endian). */
function authenticatedData(buffer: Uint8Array, aadBytes: number, textBytes: number): Uint8Array {
	const textAt = padded(aadBytes);
	const lengthsAt = textAt + padded(textBytes);
	const data = new Uint8Array(lengthsAt + 16);
	data.set(buffer.subarray(0, aadBytes));
	data.set(buffer.subarray(aadBytes, aadBytes + textBytes), textAt);
	const view = new DataView(data.buffer);
	view.setUint32(lengthsAt, aadBytes, true);
	view.setUint32(lengthsAt + 8, textBytes, true);
	return data;
}

function putTag(state: Int32Array, buffer: Uint8Array, aadBytes: number, textBytes: number, target: Uint8Array, at: number): void {
	const key = oneTimeKey(state);
	const data = authenticatedData(buffer, aadBytes, textBytes);
	nacl.lowlevel.crypto_onetimeauth(target, at, data, 0, data.length, key);
	key.fill(0);
}

/** `buffer` is AAD | text | room for the tag. */
export function seal(key: Uint8Array, nonce: Uint8Array, buffer: Uint8Array, aadBytes: number, textBytes: number): void {
	const state = chacha20State(key, nonce);
	const textEnd = aadBytes + textBytes;
	chacha20(state, 1, buffer, aadBytes, textEnd);
	putTag(state, buffer, aadBytes, textBytes, buffer, textEnd);
	state.fill(0);
}

/** `buffer` is AAD | ciphertext | tag. False: the tag is wrong, and `buffer` as it was. */
export function open(key: Uint8Array, nonce: Uint8Array, buffer: Uint8Array, aadBytes: number, textBytes: number): boolean {
	const state = chacha20State(key, nonce);
	const textEnd = aadBytes + textBytes;
	const tag = new Uint8Array(TAG_BYTES);
	putTag(state, buffer, aadBytes, textBytes, tag, 0);
	let difference = 0;
	for (let i = 0; i < TAG_BYTES; i++)
		difference |= tag[i] ^ buffer[textEnd + i];
	if (difference === 0)
		chacha20(state, 1, buffer, aadBytes, textEnd);
	state.fill(0);
	return difference === 0;
}
