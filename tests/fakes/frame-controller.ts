/**
 * The controller's end of a secured session, after HAP R2 "Session Security" and RFC 8439: its nonces are written out by hand,
 * its cipher is the one in TypeScript, whatever the accessory's is.
 */

import { open, seal } from "hap/crypto/chacha20-poly1305";
import { hkdfSha512 } from "hap/crypto/crypto";

/** Four zeros, then the counter in eight bytes, little-endian. */
export function nonceOf(counter: bigint): Uint8Array {
	const nonce = new Uint8Array(12);
	let left = counter;
	for (let i = 4; i < 12; i++) {
		nonce[i] = Number(left & 255n);
		left >>= 8n;
	}
	return nonce;
}

/** length | ciphertext | tag */
export function sealFrame(key: Uint8Array, counter: bigint, text: Uint8Array): Uint8Array {
	const frame = new Uint8Array(2 + text.length + 16);
	frame[0] = text.length % 256;
	frame[1] = Math.floor(text.length / 256);
	frame.set(text, 2);
	seal(key, nonceOf(counter), frame, 2, text.length);
	return frame;
}

/** The text, or undefined when the tag is wrong. */
export function openFrame(key: Uint8Array, counter: bigint, frame: Uint8Array): Uint8Array | undefined {
	const bytes = frame.slice();
	const length = bytes[0] + 256 * bytes[1];
	return open(key, nonceOf(counter), bytes, 2, length) ? bytes.slice(2, 2 + length) : undefined;
}

export class FrameController {
	readonly accessoryToController: Uint8Array;
	readonly controllerToAccessory: Uint8Array;

	constructor(sharedSecret: Uint8Array) {
		this.accessoryToController = hkdfSha512(sharedSecret, "Control-Salt", "Control-Read-Encryption-Key");
		this.controllerToAccessory = hkdfSha512(sharedSecret, "Control-Salt", "Control-Write-Encryption-Key");
	}

	seal(counter: bigint, text: Uint8Array): Uint8Array {
		return sealFrame(this.controllerToAccessory, counter, text);
	}

	open(counter: bigint, frame: Uint8Array): Uint8Array | undefined {
		return openFrame(this.accessoryToController, counter, frame);
	}
}
