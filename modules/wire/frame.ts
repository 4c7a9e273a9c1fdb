/**
 * Frames of a secured session. HAP R2 "Session Security":
 *
 *     length (2, little-endian, also the AAD) | ciphertext (length) | tag (16)
 *
 * The nonce is the count of frames so far in that direction, never sent.
 */

import { aeadOpen, aeadSeal, hkdfSha512, wipe } from "hap/crypto/crypto";

/** The most that one frame carries. */
export const FRAME_TEXT_MAX = 1024;
const LENGTH_BYTES = 2;
/** Behind its text. */
export const TAG_BYTES = 16;
export const FRAME_OVERHEAD = LENGTH_BYTES + TAG_BYTES;
export const FRAME_MAX = FRAME_TEXT_MAX + FRAME_OVERHEAD;
/** Where a frame's plaintext begins, behind its length. */
export const TEXT_AT = LENGTH_BYTES;

/** A broken stream: the session cannot go on. */
export class FrameError extends Error {}

function readLength(this: unknown, frame: Uint8Array): number {
	return native("xs_hap_read_length").call(this, frame);
}

/** Writes a frame's first two bytes. */
export function putLength(this: unknown, frame: Uint8Array, length: number): void {
	native("xs_hap_put_length").call(this, frame, length);
}

/** The length that a frame's first two bytes say. */
export function frameLength(frame: Uint8Array): number {
	const length = readLength(frame);
	if (length === 0 || length > FRAME_TEXT_MAX)
		throw new FrameError("frame length");
	return length;
}

function sessionKey(sharedSecret: Uint8Array, info: string): ArrayBuffer {
	return hkdfSha512(sharedSecret, "Control-Salt", info).buffer as ArrayBuffer;
}

export class Session {
	private readonly accessoryToController: ArrayBuffer;
	private readonly controllerToAccessory: ArrayBuffer;
	private sealed = 0;
	private opened = 0;

	/** Counters other than 0 are for tests of their far end. */
	constructor(sharedSecret: Uint8Array, sealed = 0, opened = 0) {
		this.accessoryToController = sessionKey(sharedSecret, "Control-Read-Encryption-Key");
		this.controllerToAccessory = sessionKey(sharedSecret, "Control-Write-Encryption-Key");
		this.sealed = sealed;
		this.opened = opened;
	}

	/** Opens in place the frame of `length` bytes of text; the text then is at 2. */
	open(frame: Uint8Array, length: number): void {
		if (!aeadOpen(this.controllerToAccessory, this.opened, frame, LENGTH_BYTES, length))
			throw new FrameError("frame tag");
		this.opened++;
	}

	/** Seals in place `length` bytes of text at 2; answers the bytes of the whole frame. */
	seal(frame: Uint8Array, length: number): number {
		if (length < 1 || length > FRAME_TEXT_MAX)
			throw new RangeError("text of a frame");
		putLength(frame, length);
		aeadSeal(this.accessoryToController, this.sealed, frame, LENGTH_BYTES, length);
		this.sealed++;
		return length + FRAME_OVERHEAD;
	}

	close(): void {
		wipe(this.accessoryToController);
		wipe(this.controllerToAccessory);
	}
}
