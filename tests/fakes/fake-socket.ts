/** A stream socket without a network: what the peer sends is put into it, what it is sent is taken out of it. */

import { concat } from "hap/bytes/bytes";
import type { HAPConnection } from "hap/server/hap-connection";
import type { Socket } from "hap/server/socket";

/** lwIP's as the targets configure it. */
const SEND_BYTES = 8192;

const NOTHING = new Uint8Array(0);

export class FakeSocket implements Socket<HAPConnection> {
	readonly target: HAPConnection;
	readonly localAddress = "192.0.2.7";
	readonly remoteAddress = "192.0.2.9";
	readonly remotePort = 49152;
	isClosed = false;
	/** The next write finds no peer. */
	isGone = false;
	/** Undefined: the peer takes everything at once. */
	room: number | undefined;
	#received: Uint8Array = NOTHING;
	#sent: Uint8Array = NOTHING;

	constructor(target: HAPConnection) {
		this.target = target;
	}

	/** Bytes that nobody has read yet. */
	get waiting(): number {
		return this.#received.length;
	}

	read(bytes: Uint8Array): number {
		this.checkOpen();
		if (bytes.length === 0 || bytes.length > this.#received.length)
			throw new RangeError("more than there is");
		const isAll = bytes.length === this.#received.length;
		bytes.set(isAll ? this.#received : this.#received.subarray(0, bytes.length));
		this.#received = isAll ? NOTHING : this.#received.subarray(bytes.length);
		return bytes.length;
	}

	write(bytes: Uint8Array): number | undefined {
		this.checkOpen();
		if (this.isGone)
			return undefined;
		if (bytes.length > (this.room ?? SEND_BYTES))
			throw new Error("would block");
		this.#sent = this.#sent.length === 0 ? bytes.slice() : concat(this.#sent, bytes);
		if (this.room === undefined)
			return SEND_BYTES;
		this.room -= bytes.length;
		return this.room;
	}

	close(): void {
		this.isClosed = true;
	}

	/** A segment arrives; its bytes are the socket's from now on. */
	deliver(bytes: Uint8Array): void {
		this.#received = this.#received.length === 0 ? bytes : concat(this.#received, bytes);
		this.target.onReadable(this.#received.length);
	}

	/** The peer writes no more. */
	end(): void {
		this.target.onEnd();
	}

	/** The peer has taken what was sent, or some of it. */
	setRoom(room: number | undefined): void {
		this.room = room;
		this.target.onWritable(room ?? SEND_BYTES);
	}

	/** What was sent since the last time. */
	takeSent(): Uint8Array {
		const sent = this.#sent;
		this.#sent = NOTHING;
		return sent;
	}

	private checkOpen(): void {
		if (this.isClosed)
			throw new Error("closed");
	}
}
