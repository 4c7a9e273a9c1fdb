/**
 * A server for tests on the other side of its sockets: echoes what comes on one port, and obeys words on it:
 * "hold" keeps the connection unread, "bye" writes a lot and closes, "lots" writes a lot as there is room.
 */

import TCP from "embedded:io/socket/tcp";
import Listener from "embedded:io/socket/listener";
import UDP from "embedded:io/socket/udp";
import { print } from "host:process";

const FAREWELL_PIECES = 16;
const PIECE = 4096;

interface Socket extends TCP {
	isHeld?: boolean;
	/** Pieces of an answer that is under way. */
	left?: number;
	write(bytes: ArrayBuffer | Uint8Array): number | undefined;
}

function textOf(bytes: ArrayBuffer): string {
	return String.fromCharCode(...new Uint8Array(bytes.slice(0, 8)));
}

function sayFarewell(socket: Socket): void {
	for (let i = 0; i < FAREWELL_PIECES; i++)
		socket.write(new Uint8Array(PIECE).fill(i));
	socket.close();
}

function writeMore(socket: Socket, room: number): void {
	let left = socket.left ?? 0;
	for (let more: number | undefined = room; left > 0 && (more ?? 0) >= PIECE; left--)
		more = socket.write(new Uint8Array(PIECE));
	socket.left = left;
}

function onWritable(this: Socket, room: number): void {
	writeMore(this, room);
}

function onReadable(this: Socket): void {
	if (this.isHeld)
		return;
	const bytes = this.read() as unknown as ArrayBuffer;
	switch (textOf(bytes)) {
		case "hold":
			this.isHeld = true;
			break;
		case "lots":
			this.left = FAREWELL_PIECES;
			writeMore(this, PIECE);
			break;
		case "bye":
			sayFarewell(this);
			break;
		default:
			this.write(bytes);
			break;
	}
}

export default function main(): void {
	const onError = function(this: Socket) {
		this.write(Uint8Array.of(33)); // after the peer's end, which may still read
		this.close();
		print("ended");
	};
	const listener: Listener = new Listener({
		address: "127.0.0.1",
		onReadable(this: Listener) {
			const from = this.read();
			if (from)
				new TCP({ from, onReadable, onWritable, onError } as never);
		},
	});
	new UDP({ address: "127.0.0.1", onReadable() {} });
	print(`port ${listener.port}`);
}
