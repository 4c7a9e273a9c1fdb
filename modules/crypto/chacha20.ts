/**
 * ChaCha20. RFC 8439 §2.3, §2.4.
 *
 * The rounds are written out on sixteen locals: under an interpreter a call or an indexed access costs more than the arithmetic,
 * a block takes 2.5 times as long with either (XS 17, xst). Words are read and written through typed arrays of one buffer, which
 * is little-endian on every processor that XS runs on.
 */

const WORDS = 16;
const BLOCK_BYTES = 64;
const BLOCK = 12;

/** "expand 32-byte k", key (8 words), number of the block, nonce (3 words). */
export function chacha20State(key: Uint8Array, nonce: Uint8Array): Int32Array {
	const state = new Int32Array(WORDS);
	state[0] = 0x61707865;
	state[1] = 0x3320646e;
	state[2] = 0x79622d32;
	state[3] = 0x6b206574;
	const bytes = new Uint8Array(state.buffer);
	bytes.set(key, 16);
	bytes.set(nonce, 52);
	return state;
}

/** A block of the key stream into `out`. */
export function chacha20Block(state: Int32Array, block: number, out: Int32Array): void {
	state[BLOCK] = block;
	let x0 = state[0];
	let x1 = state[1];
	let x2 = state[2];
	let x3 = state[3];
	let x4 = state[4];
	let x5 = state[5];
	let x6 = state[6];
	let x7 = state[7];
	let x8 = state[8];
	let x9 = state[9];
	let x10 = state[10];
	let x11 = state[11];
	let x12 = state[12];
	let x13 = state[13];
	let x14 = state[14];
	let x15 = state[15];
	// dprint-ignore: a line is a quarter of a quarter round
	for (let round = 0; round < 20; round += 2) {
		x0 = (x0 + x4) | 0; x12 ^= x0; x12 = (x12 << 16) | (x12 >>> 16);
		x8 = (x8 + x12) | 0; x4 ^= x8; x4 = (x4 << 12) | (x4 >>> 20);
		x0 = (x0 + x4) | 0; x12 ^= x0; x12 = (x12 << 8) | (x12 >>> 24);
		x8 = (x8 + x12) | 0; x4 ^= x8; x4 = (x4 << 7) | (x4 >>> 25);
		x1 = (x1 + x5) | 0; x13 ^= x1; x13 = (x13 << 16) | (x13 >>> 16);
		x9 = (x9 + x13) | 0; x5 ^= x9; x5 = (x5 << 12) | (x5 >>> 20);
		x1 = (x1 + x5) | 0; x13 ^= x1; x13 = (x13 << 8) | (x13 >>> 24);
		x9 = (x9 + x13) | 0; x5 ^= x9; x5 = (x5 << 7) | (x5 >>> 25);
		x2 = (x2 + x6) | 0; x14 ^= x2; x14 = (x14 << 16) | (x14 >>> 16);
		x10 = (x10 + x14) | 0; x6 ^= x10; x6 = (x6 << 12) | (x6 >>> 20);
		x2 = (x2 + x6) | 0; x14 ^= x2; x14 = (x14 << 8) | (x14 >>> 24);
		x10 = (x10 + x14) | 0; x6 ^= x10; x6 = (x6 << 7) | (x6 >>> 25);
		x3 = (x3 + x7) | 0; x15 ^= x3; x15 = (x15 << 16) | (x15 >>> 16);
		x11 = (x11 + x15) | 0; x7 ^= x11; x7 = (x7 << 12) | (x7 >>> 20);
		x3 = (x3 + x7) | 0; x15 ^= x3; x15 = (x15 << 8) | (x15 >>> 24);
		x11 = (x11 + x15) | 0; x7 ^= x11; x7 = (x7 << 7) | (x7 >>> 25);
		x0 = (x0 + x5) | 0; x15 ^= x0; x15 = (x15 << 16) | (x15 >>> 16);
		x10 = (x10 + x15) | 0; x5 ^= x10; x5 = (x5 << 12) | (x5 >>> 20);
		x0 = (x0 + x5) | 0; x15 ^= x0; x15 = (x15 << 8) | (x15 >>> 24);
		x10 = (x10 + x15) | 0; x5 ^= x10; x5 = (x5 << 7) | (x5 >>> 25);
		x1 = (x1 + x6) | 0; x12 ^= x1; x12 = (x12 << 16) | (x12 >>> 16);
		x11 = (x11 + x12) | 0; x6 ^= x11; x6 = (x6 << 12) | (x6 >>> 20);
		x1 = (x1 + x6) | 0; x12 ^= x1; x12 = (x12 << 8) | (x12 >>> 24);
		x11 = (x11 + x12) | 0; x6 ^= x11; x6 = (x6 << 7) | (x6 >>> 25);
		x2 = (x2 + x7) | 0; x13 ^= x2; x13 = (x13 << 16) | (x13 >>> 16);
		x8 = (x8 + x13) | 0; x7 ^= x8; x7 = (x7 << 12) | (x7 >>> 20);
		x2 = (x2 + x7) | 0; x13 ^= x2; x13 = (x13 << 8) | (x13 >>> 24);
		x8 = (x8 + x13) | 0; x7 ^= x8; x7 = (x7 << 7) | (x7 >>> 25);
		x3 = (x3 + x4) | 0; x14 ^= x3; x14 = (x14 << 16) | (x14 >>> 16);
		x9 = (x9 + x14) | 0; x4 ^= x9; x4 = (x4 << 12) | (x4 >>> 20);
		x3 = (x3 + x4) | 0; x14 ^= x3; x14 = (x14 << 8) | (x14 >>> 24);
		x9 = (x9 + x14) | 0; x4 ^= x9; x4 = (x4 << 7) | (x4 >>> 25);
	}
	out[0] = x0 + state[0];
	out[1] = x1 + state[1];
	out[2] = x2 + state[2];
	out[3] = x3 + state[3];
	out[4] = x4 + state[4];
	out[5] = x5 + state[5];
	out[6] = x6 + state[6];
	out[7] = x7 + state[7];
	out[8] = x8 + state[8];
	out[9] = x9 + state[9];
	out[10] = x10 + state[10];
	out[11] = x11 + state[11];
	out[12] = x12 + state[12];
	out[13] = x13 + state[13];
	out[14] = x14 + state[14];
	out[15] = x15 + state[15];
}

/** Encrypts or decrypts bytes [from, to) in place, starting with that block of the key stream. */
export function chacha20(state: Int32Array, block: number, bytes: Uint8Array, from: number, to: number): void {
	const words = new Int32Array(WORDS);
	const stream = new Uint8Array(words.buffer);
	for (let at = from; at < to; at += BLOCK_BYTES) {
		chacha20Block(state, block++, words);
		const count = Math.min(BLOCK_BYTES, to - at);
		for (let i = 0; i < count; i++)
			bytes[at + i] ^= stream[i];
	}
	words.fill(0);
}
