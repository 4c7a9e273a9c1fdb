/** The stream socket as the server uses it: ECMA-419's TCP, with what its typings leave out. */

import TCP from "embedded:io/socket/tcp";

export interface Socket<Target> {
	readonly target: Target;
	readonly remoteAddress: string | undefined;
	readonly remotePort: number | undefined;
	/** The desktop host has it; lwIP's socket does not tell. */
	readonly localAddress?: string;
	/** Fills `bytes`; there must be that many to read. */
	read(bytes: Uint8Array): number;
	/** Answers the room that is left for writing, undefined when the peer is gone. */
	write(bytes: Uint8Array): number | undefined;
	close(): void;
}

/** Functions of the module, not closures: one set serves every connection, which finds itself in `this.target`. */
export interface SocketHandlers<Target> {
	onReadable(this: Socket<Target>, count: number): void;
	onWritable(this: Socket<Target>, room: number): void;
	/** The connection is broken; on a socket without `onEnd`, or its peer has ended its half. */
	onError(this: Socket<Target>): void;
	/** The desktop host has it: the peer writes no more, what it wrote can be read and answered. */
	onEnd?(this: Socket<Target>): void;
}

/** Takes over an accepted connection, with Nagle's delay off. Undefined when its peer is gone already. */
export function takeSocket<Target>(from: Socket<undefined>, target: Target, handlers: SocketHandlers<Target>): Socket<Target> | undefined {
	const options = {
		from,
		target,
		nodelay: true,
		onReadable: handlers.onReadable,
		onWritable: handlers.onWritable,
		onError: handlers.onError,
		onEnd: handlers.onEnd,
	};
	try {
		return new TCP(options as never) as unknown as Socket<Target>;
	}
	catch {
		return undefined; // lwIP: reset since it was accepted
	}
}
