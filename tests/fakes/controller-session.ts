/** The controller's end of a secured session: HAP R2 "Session Security". */

import { concat } from "hap/bytes/bytes";
import { aeadOpen, aeadSeal, hkdfSha512 } from "hap/crypto/crypto";

const MAX_TEXT = 1024;
const OVERHEAD = 18;

export class ControllerSession {
	readonly #read: Uint8Array;
	readonly #write: Uint8Array;
	#opened = 0;
	#sealed = 0;

	constructor(sharedSecret: Uint8Array) {
		this.#read = hkdfSha512(sharedSecret, "Control-Salt", "Control-Read-Encryption-Key");
		this.#write = hkdfSha512(sharedSecret, "Control-Salt", "Control-Write-Encryption-Key");
	}

	/** In frames of at most `size` bytes of text. */
	seal(text: Uint8Array, size = MAX_TEXT): Uint8Array {
		const frames: Uint8Array[] = [];
		for (let at = 0; at < text.length; at += size)
			frames.push(this.sealFrame(text.subarray(at, at + size)));
		return concat(...frames);
	}

	sealFrame(text: Uint8Array): Uint8Array {
		const frame = new Uint8Array(text.length + OVERHEAD);
		frame[0] = text.length & 255;
		frame[1] = text.length >> 8;
		frame.set(text, 2);
		aeadSeal(this.#write, this.#sealed++, frame, 2, text.length);
		return frame;
	}

	/** The text of the whole frames, and what is left behind them. */
	open(bytes: Uint8Array): { text: Uint8Array; rest: Uint8Array; } {
		const texts: Uint8Array[] = [];
		let at = 0;
		while (at + 2 <= bytes.length) {
			const length = bytes[at] | (bytes[at + 1] << 8);
			const end = at + length + OVERHEAD;
			if (end > bytes.length)
				break;
			if (length === 0 || length > MAX_TEXT)
				throw new Error(`a frame of ${length} bytes`);
			const frame = bytes.slice(at, end);
			if (!aeadOpen(this.#read, this.#opened++, frame, 2, length))
				throw new Error("a frame that does not open");
			texts.push(frame.slice(2, 2 + length));
			at = end;
		}
		return { text: concat(...texts), rest: bytes.slice(at) };
	}
}
