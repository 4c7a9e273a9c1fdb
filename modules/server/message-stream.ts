/**
 * The bytes of a connection: in the clear until there is a session, in frames from then on (HAP R2 "Session Security"). What they say,
 * and when there is something to be said, is HAPConnection's. A class below it: an object beside it would take memory.
 */

import { putTexts } from "hap/bytes/bytes";
import type { ConnectionHost } from "hap/server/connection-host";
import { Emitter } from "hap/server/emitter";
import { MIN_FRAME_TEXT, Outgoing } from "hap/server/outgoing";
import type { Socket } from "hap/server/socket";
import { FRAME_MAX, FRAME_OVERHEAD, FRAME_TEXT_MAX, frameLength, putLength, type Session, TAG_BYTES, TEXT_AT } from "hap/wire/frame";

const LEAST_ROOM = FRAME_OVERHEAD + MIN_FRAME_TEXT;

export abstract class MessageStream<Events extends { [Name in keyof Events]: (...parameters: never[]) => void; }> extends Emitter<Events> {
	/* What every request asks for comes first: XS looks through an object's fields one after the other. */
	/** Bytes that the socket has, and those that it takes. */
	protected readable = 0;
	protected room = 0;
	/** Requests are being read, and what answers them is sent behind it. */
	protected isRunning = false;
	/** What is on its way: text is a whole message. */
	protected outgoing: Outgoing | string | undefined;
	protected socket: Socket<unknown> | undefined;
	/** Its server: see EventedHTTPServer.destroyExistingConnectionsAfterUnpair. */
	readonly host: ConnectionHost;
	protected session: Session | undefined;
	/** Of a frame that has come in part, the length of its text; 0: of none. */
	protected frame = 0;
	/** What came behind a request. */
	protected rest: Uint8Array | undefined;
	/** Monotonic milliseconds of the last bytes in or out. */
	lastSocketOperation: number;

	constructor(host: ConnectionHost) {
		super();
		this.host = host;
		this.lastSocketOperation = host.now();
	}

	/** Twice is harmless. */
	abstract close(): void;

	/** Bytes of a request, [from, to); what is left of them is for `rest`. */
	protected abstract feed(bytes: Uint8Array, from: number, to: number): void;

	/** The last byte of `outgoing` is with the TCP stack. */
	protected abstract onSent(): void;

	/* In */

	/** Answers whether there may be more. The TCP stack holds a frame until all of it is there. */
	protected read(): boolean {
		const host = this.host;
		if (!this.session || !this.socket || this.rest)
			return this.readText();
		let length = this.frame;
		if (length === 0) {
			if (this.readable < TEXT_AT)
				return false;
			this.socket.read(host.lengthView);
			this.readable -= TEXT_AT;
			length = frameLength(host.frame);
		}
		else
			putLength(host.frame, length); // another connection's has been there
		const count = length + TAG_BYTES;
		if (this.readable < count) {
			this.frame = length;
			return false;
		}
		this.frame = 0;
		this.socket.read(host.lastInBytes === count ? host.lastInView : host.inView(count));
		this.readable -= count;
		this.session.open(host.frame, length);
		this.feed(host.frame, TEXT_AT, TEXT_AT + length);
		return true;
	}

	/** What is left of a frame, or what came in the clear. */
	private readText(): boolean {
		const { rest, host } = this;
		if (!this.socket)
			return false;
		this.rest = undefined;
		if (rest) {
			this.feed(rest, 0, rest.length);
			return true;
		}
		const end = TEXT_AT + Math.min(this.readable, FRAME_TEXT_MAX);
		this.take(host.frame.subarray(TEXT_AT, end), end - TEXT_AT);
		this.feed(host.frame, TEXT_AT, end);
		return true;
	}

	/** Fills the target, which has that many bytes. */
	private take(target: Uint8Array, count: number): void {
		this.socket?.read(target);
		this.readable -= count;
	}

	/** Bytes that nobody has read would make a reset of the end, and take the answer away that the peer has not read yet. */
	protected end(): void {
		while (this.socket && this.readable > 0) {
			const count = Math.min(this.readable, FRAME_TEXT_MAX);
			this.take(this.host.frame.subarray(0, count), count);
		}
		this.close();
	}

	/* Out */

	/** A body that fails half-way cannot be taken back: the connection ends with it. */
	protected send(): void {
		try {
			while (this.outgoing && this.room >= LEAST_ROOM)
				if (typeof this.outgoing === "string")
					this.sendText(this.outgoing);
				else
					this.sendFrame(this.outgoing);
		}
		catch (error) {
			this.host.onFault(error);
			this.close();
		}
	}

	/** Most messages are text that fits one frame. */
	protected sendText(text: string): void {
		if (this.room < LEAST_ROOM)
			return;
		const limit = this.room < FRAME_MAX ? this.room - TAG_BYTES : FRAME_MAX - TAG_BYTES;
		const end = putTexts(this.host.frame, TEXT_AT, limit, text);
		if (end < 0)
			this.outgoing = new Outgoing(text);
		else {
			this.write(end - TEXT_AT);
			this.onSent();
		}
	}

	private sendFrame(outgoing: Outgoing): void {
		const end = outgoing.fill(this.host.frame, TEXT_AT, Math.min(FRAME_MAX, this.room) - TAG_BYTES);
		if (end > TEXT_AT)
			this.write(end - TEXT_AT);
		if (outgoing.isDone)
			this.onSent();
	}

	/** So many bytes of text, which are in the frame buffer. */
	private write(length: number): void {
		const host = this.host;
		let bytes: Uint8Array;
		if (this.session) {
			const count = this.session.seal(host.frame, length);
			bytes = host.lastOutBytes === count ? host.lastOutView : host.outView(count);
		}
		else
			bytes = host.frame.subarray(TEXT_AT, TEXT_AT + length);
		const room = this.socket?.write(bytes);
		if (!this.isRunning)
			this.lastSocketOperation = host.now();
		if (room === undefined)
			this.close();
		else
			this.room = room;
	}
}
