/** Both ends of a TCP connection on the loopback interface, each noting what its callbacks say. */

import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import { sleep } from "tests/harness";

/** What the host's TCP has; its typings leave parts of it out. */
export interface Stream {
	readonly remoteAddress: string;
	readonly remotePort: number;
	readonly localAddress: string;
	read(): ArrayBuffer | undefined;
	read(count: number): ArrayBuffer | undefined;
	read(bytes: Uint8Array): number | undefined;
	write(bytes: Uint8Array): number | undefined;
	close(): void;
}

export interface Server extends Listener {
	readonly address: string;
	close(): void;
}

/** Of bytes that one test receives. */
const MOST = 65536;

export type Happening = "readable" | "writable" | "error" | "end";

export class End {
	/** Counts of onReadable, rooms of onWritable, and how often onError came. */
	readonly arrivals: number[] = [];
	readonly rooms: number[] = [];
	errors = 0;
	/** Whether all that arrives is read at once. */
	isReading = true;
	/** Runs in each callback, before anything is noted. */
	hook: ((happening: Happening) => void) | undefined;
	readonly socket: Stream;
	readonly #bytes = new Uint8Array(MOST);
	#count = 0;

	/** With `isToldEnd` the end of the peer is onEnd's, else onError's. */
	constructor(options: { from: TCP; } | { address: string; port: number; }, isToldEnd = false) {
		const end = this;
		this.socket = new TCP({
			...options,
			...(isToldEnd ? { onEnd: () => end.hook?.("end") } : {}),
			target: this,
			onReadable: (count) => end.onReadable(count),
			onWritable(room) {
				end.rooms.push(room);
				end.hook?.("writable");
			},
			onError() {
				end.errors++;
				end.hook?.("error");
			},
		}) as unknown as Stream;
	}

	/** All that was read. */
	get received(): Uint8Array {
		return this.#bytes.subarray(0, this.#count);
	}

	take(bytes: ArrayBuffer | undefined): void {
		if (bytes === undefined)
			return;
		this.#bytes.set(new Uint8Array(bytes), this.#count);
		this.#count += bytes.byteLength;
	}

	readAll(): void {
		this.take(this.socket.read());
	}

	private onReadable(count: number): void {
		this.arrivals.push(count);
		this.hook?.("readable");
		if (this.isReading)
			this.readAll();
	}
}

export interface Pair {
	readonly client: End;
	readonly server: End;
	close(): void;
}

export function openListener(options: { port?: number; address?: string; onReadable?: (this: Server) => void; }): Server {
	return new Listener(options as never) as Server;
}

export async function until(condition: () => boolean, what: string): Promise<void> {
	for (let i = 0; i < 1000; i++) {
		if (condition())
			return;
		await sleep(5);
	}
	throw new Error(`never: ${what}`);
}

/** A connected pair; nobody listens any more. */
export async function connect(address = "127.0.0.1"): Promise<Pair> {
	let server: End | undefined;
	const listener = openListener({
		address,
		onReadable() {
			const from = this.read();
			server = from && new End({ from });
		},
	});
	const client = new End({ address, port: listener.port });
	await until(() => server !== undefined && client.rooms.length > 0, "connected");
	listener.close();
	const accepted = server as unknown as End;
	return {
		client,
		server: accepted,
		close() {
			client.socket.close();
			accepted.socket.close();
		},
	};
}

/** Bytes that tell where in a stream they belong. */
export function pattern(count: number, from = 0): Uint8Array {
	return Uint8Array.from({ length: count }, (_, i) => (from + i) % 251);
}

const PIECE = pattern(4096);

/** More than the receive buffer of the other end holds: what is left when it closes makes a reset of it. */
export function overfill({ socket }: End): void {
	for (let i = 0; i < 8; i++)
		socket.write(PIECE);
}
