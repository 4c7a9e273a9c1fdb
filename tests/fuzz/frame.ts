/**
 * Frames of a session: one opens if it is the next one and as it was sealed, and only then. Inputs are commands to a controller
 * whose frames are changed on their way.
 */

import { concat } from "hap/bytes/bytes";
import { constantTimeEqual } from "hap/crypto/crypto";
import { FRAME_MAX, FRAME_OVERHEAD, FRAME_TEXT_MAX, FrameError, frameLength, Session } from "hap/wire/frame";
import { ControllerSession } from "tests/fakes/controller-session";
import { check, InputReader } from "tests/fuzz/support/check";

const SECRET = new Uint8Array(32).fill(7);
const MOST_FRAMES = 6;

const enum Command {
	Next,
	Flip,
	Replay,
	Lengthen,
	Truncate,
	Answer,
	Count,
}

class Link {
	readonly accessory = new Session(SECRET);
	readonly controller = new ControllerSession(SECRET);
	readonly reader: InputReader;
	#last: Uint8Array | undefined;
	#frame = new Uint8Array(FRAME_MAX);

	constructor(reader: InputReader) {
		this.reader = reader;
	}

	step(): void {
		const command = this.reader.byte() % Command.Count;
		switch (command) {
			case Command.Answer:
				this.answer();
				break;
			case Command.Replay:
				this.replay();
				break;
			default:
				this.send(command);
				break;
		}
	}

	private replay(): void {
		if (this.#last)
			check(!this.opens(this.#last), "a frame opens once");
	}

	private send(command: Command): void {
		const text = this.text();
		const frame = this.controller.sealFrame(text);
		if (command !== Command.Next)
			check(!this.opens(this.changed(frame, command)), "a changed frame does not open");
		check(this.opens(frame, text), "and the right one does");
		this.#last = frame;
	}

	private text(): Uint8Array {
		const length = 1 + (this.reader.number() % FRAME_TEXT_MAX);
		const text = new Uint8Array(length);
		text.set(this.reader.bytes(Math.min(length, 8)));
		return text;
	}

	/** Different from `frame`, always. */
	private changed(frame: Uint8Array, command: Command): Uint8Array {
		const at = this.reader.number() % frame.length;
		const changed = frame.slice();
		if (command === Command.Flip) {
			changed[at] ^= 1 << (this.reader.byte() & 7);
			return changed;
		}
		return command === Command.Lengthen ? concat(changed, Uint8Array.of(at)) : changed.slice(0, at);
	}

	/** As a connection does it: the length, then the frame in one piece, and what is behind it belongs to the next one. */
	private opens(bytes: Uint8Array, text?: Uint8Array): boolean {
		const frame = this.#frame;
		try {
			const length = frameLength(Uint8Array.of(bytes[0] ?? 0, bytes[1] ?? 0));
			if (length + FRAME_OVERHEAD !== bytes.length)
				return false;
			frame.set(bytes);
			this.accessory.open(frame, length);
			check(text && constantTimeEqual(frame.subarray(2, 2 + length), text), "the text that was sealed");
			return true;
		}
		catch (error) {
			check(error instanceof FrameError, `a FrameError: ${error}`);
			check(constantTimeEqual(frame.subarray(0, bytes.length), bytes) || bytes.length > FRAME_MAX || !sameLength(bytes), "left as it was");
			return false;
		}
	}

	private answer(): void {
		const text = this.text();
		this.#frame.set(text, 2);
		const bytes = this.accessory.seal(this.#frame, text.length);
		const { text: opened, rest } = this.controller.open(this.#frame.slice(0, bytes));
		check(constantTimeEqual(opened, text) && rest.length === 0, "the controller opens what was sealed for it");
	}
}

function sameLength(bytes: Uint8Array): boolean {
	return (bytes[0] | (bytes[1] << 8)) + FRAME_OVERHEAD === bytes.length;
}

export default function frame(input: Uint8Array): void {
	const reader = new InputReader(input);
	const link = new Link(reader);
	for (let steps = 0; steps < MOST_FRAMES && !reader.isEmpty; steps++)
		link.step();
	link.accessory.close();
}
