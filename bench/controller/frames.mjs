/** Frames of a secured session, for a program that does many of them: HAP R2 "Session Security". */

import { createCipheriv, createDecipheriv } from "node:crypto";
import { hkdf } from "../../tests/interop/session.mjs";

const ALGORITHM = "chacha20-poly1305";
const OPTIONS = { authTagLength: 16 };
const TEXT_MAX = 1024;
const LENGTH_BYTES = 2;
const TAG_BYTES = 16;

export class Frames {
	#accessoryToController;
	#controllerToAccessory;
	#sealed = 0;
	#opened = 0;
	#pending = Buffer.alloc(0);
	#nonce = Buffer.alloc(12);

	constructor(secret) {
		this.#accessoryToController = hkdf(secret, "Control-Salt", "Control-Read-Encryption-Key");
		this.#controllerToAccessory = hkdf(secret, "Control-Salt", "Control-Write-Encryption-Key");
	}

	seal(text) {
		const frames = [];
		for (let at = 0; at < text.length; at += TEXT_MAX)
			frames.push(...this.#sealOne(text.subarray(at, at + TEXT_MAX)));
		return Buffer.concat(frames);
	}

	/** The text of the frames that these bytes complete. */
	open(bytes) {
		this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
		const texts = [];
		let at = 0;
		while (this.#pending.length - at >= LENGTH_BYTES) {
			const end = at + LENGTH_BYTES + this.#pending.readUInt16LE(at) + TAG_BYTES;
			if (this.#pending.length < end)
				break;
			texts.push(this.#openOne(this.#pending.subarray(at, end)));
			at = end;
		}
		this.#pending = this.#pending.subarray(at);
		return texts.length === 1 ? texts[0] : Buffer.concat(texts);
	}

	#sealOne(text) {
		const length = Buffer.alloc(LENGTH_BYTES);
		length.writeUInt16LE(text.length);
		const cipher = createCipheriv(ALGORITHM, this.#controllerToAccessory, this.#nonceOf(this.#sealed++), OPTIONS);
		cipher.setAAD(length, { plaintextLength: text.length });
		const sealed = cipher.update(text);
		cipher.final();
		return [length, sealed, cipher.getAuthTag()];
	}

	#openOne(frame) {
		const sealed = frame.subarray(LENGTH_BYTES, -TAG_BYTES);
		const decipher = createDecipheriv(ALGORITHM, this.#accessoryToController, this.#nonceOf(this.#opened++), OPTIONS);
		decipher.setAAD(frame.subarray(0, LENGTH_BYTES), { plaintextLength: sealed.length });
		decipher.setAuthTag(frame.subarray(-TAG_BYTES));
		const text = decipher.update(sealed);
		decipher.final();
		return text;
	}

	#nonceOf(count) {
		this.#nonce.writeBigUInt64LE(BigInt(count), 4);
		return this.#nonce;
	}
}

/** Tells how much text has come without opening it. */
export class FrameLengths {
	#left = 0;
	#length = 0;
	#low;

	/** Of the frames that these bytes complete. */
	textBytes(bytes) {
		let text = 0;
		for (let at = 0; at < bytes.length;) {
			if (this.#left === 0) {
				this.#onLengthByte(bytes[at++]);
				continue;
			}
			const count = Math.min(this.#left, bytes.length - at);
			this.#left -= count;
			at += count;
			if (this.#left === 0)
				text += this.#length;
		}
		return text;
	}

	#onLengthByte(byte) {
		if (this.#low === undefined) {
			this.#low = byte;
			return;
		}
		this.#length = this.#low | (byte << 8);
		this.#left = this.#length + TAG_BYTES;
		this.#low = undefined;
	}
}
