/** A browser's connection to the status page: one request, and then an answer of pieces or a stream of events. */

import { fromText, toText } from "hap/bytes/bytes";
import { type Socket, type SocketHandlers, takeSocket } from "hap/server/socket";

const MAX_HEAD = 2048; // a browser's request head is some 700 bytes
/** What a stream may hold for a browser that does not read; then it is closed, and the browser comes again. */
const MAX_WAITING = 16_384;

export interface ViewerOwner {
	onRequest(viewer: Viewer, head: string): void;
	onClosed(viewer: Viewer): void;
}

const HANDLERS: SocketHandlers<Viewer> = Object.freeze({
	onReadable(this: Socket<Viewer>, count: number) {
		this.target.onReadable(count);
	},
	onWritable(this: Socket<Viewer>, room: number) {
		this.target.onWritable(room);
	},
	onError(this: Socket<Viewer>) {
		this.target.close();
	},
});

export class Viewer {
	isStream = false;
	private readonly owner: ViewerOwner;
	private socket: Socket<Viewer> | undefined;
	private head = "";
	private readonly waiting: Uint8Array[] = [];
	private waitingBytes = 0;
	private room = 0;
	private isEnding = false;

	constructor(from: Socket<undefined>, owner: ViewerOwner) {
		this.owner = owner;
		this.socket = takeSocket(from, this, HANDLERS);
	}

	get isOpen(): boolean {
		return this.socket !== undefined;
	}

	/** The whole answer. */
	send(status: string, headers: string, pieces: readonly string[]): void {
		this.write(`HTTP/1.1 ${status}\r\n${headers}Connection: close\r\n\r\n`);
		for (const piece of pieces)
			this.write(piece);
		this.isEnding = true;
		this.flush();
	}

	write(text: string): void {
		const bytes = fromText(text);
		this.waitingBytes += bytes.length;
		this.waiting.push(bytes);
		if (this.isStream && this.waitingBytes > MAX_WAITING)
			this.close();
		else
			this.flush();
	}

	close(): void {
		if (!this.socket)
			return;
		this.socket.close();
		this.socket = undefined;
		this.owner.onClosed(this);
	}

	/** For the socket. */
	onReadable(count: number): void {
		const bytes = new Uint8Array(count);
		this.socket?.read(bytes);
		if (this.isStream || this.isEnding)
			return;
		this.head += toText(bytes);
		if (this.head.length > MAX_HEAD)
			this.close();
		else if (this.head.includes("\r\n\r\n"))
			this.owner.onRequest(this, this.head);
	}

	/** For the socket. */
	onWritable(room: number): void {
		this.room = room;
		this.flush();
	}

	private flush(): void {
		while (this.socket && this.room > 0 && this.waiting.length > 0) {
			const [first] = this.waiting;
			const part = first.subarray(0, this.room);
			const left = this.socket.write(part);
			if (left === undefined) {
				this.close();
				return;
			}
			this.room = left;
			this.waitingBytes -= part.length;
			if (part.length === first.length)
				this.waiting.shift();
			else
				this.waiting[0] = first.subarray(part.length);
		}
		if (this.isEnding && this.waiting.length === 0)
			this.close();
	}
}
