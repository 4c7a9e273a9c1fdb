/** A TCP connection of a stranger: any bytes out, whole messages in. */

import { once } from "node:events";
import { connect } from "node:net";
import { MessageReader } from "./messages.mjs";

const LIMIT_MS = 15000;
export const PAIRING_TYPE = "application/pairing+tlv8";

/** Nothing more came before the connection ended. */
export class ConnectionClosed extends Error {}

/** The text of a request; `body` is text or bytes. */
export function requestBytes(method, target, body, headers = {}) {
	const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(body);
	const all = body === undefined ? { ...headers } : { "Content-Length": bytes.length, ...headers };
	const lines = Object.entries({ Host: "hap-xs.local", ...all }).map(([name, value]) => `${name}: ${value}\r\n`);
	return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n`), bytes]);
}

export class Connection {
	#reader = new MessageReader();
	#messages = [];
	#waiting = [];
	#isClosed = false;
	#error;

	static async open(port) {
		const connection = new Connection();
		await connection.connect(port);
		return connection;
	}

	/** From another of the loopback's addresses, where the system has more than one. */
	async connect(port, localAddress) {
		const socket = connect({ port, host: "127.0.0.1", localAddress, noDelay: true });
		this.socket = socket;
		this.closed = new Promise((resolve) => socket.once("close", resolve));
		await once(socket, "connect");
		socket.on("data", (bytes) => this.#onData(bytes));
		socket.on("error", () => {}); // "close" follows it
		socket.on("close", () => {
			this.#isClosed = true;
			this.#wake();
		});
	}

	#onData(bytes) {
		try {
			this.#messages.push(...this.#reader.push(this.textOf(bytes)));
		}
		catch (error) {
			this.#error = error;
			this.socket.destroy();
		}
		this.#wake();
	}

	/** What these bytes say; a session opens its frames here. */
	textOf(bytes) {
		return bytes;
	}

	#wake() {
		for (const look of [...this.#waiting])
			look();
	}

	get isClosed() {
		return this.#isClosed;
	}

	/** What has come and was not asked for yet. */
	get waiting() {
		return [...this.#messages];
	}

	/** The next message. ConnectionClosed when there is none. */
	next() {
		return new Promise((resolve, reject) => {
			const stop = (settle) => {
				clearTimeout(timer);
				this.#waiting = this.#waiting.filter((waiting) => waiting !== look);
				settle();
			};
			const look = () => {
				if (this.#messages.length > 0)
					stop(() => resolve(this.#messages.shift()));
				else if (this.#error)
					stop(() => reject(this.#error));
				else if (this.#isClosed)
					stop(() => reject(new ConnectionClosed("closed")));
			};
			const timer = setTimeout(() => stop(() => reject(new Error("no message came"))), LIMIT_MS);
			this.#waiting.push(look);
			look();
		});
	}

	/** Resolves when the peer has ended the connection; a message before that is an error. */
	async ended() {
		try {
			const message = await this.next();
			throw new Error(`${message.protocol} ${message.status} instead of an end`);
		}
		catch (error) {
			if (!(error instanceof ConnectionClosed))
				throw error;
		}
	}

	/** The bytes as they are. */
	send(bytes) {
		this.socket.write(bytes);
	}

	/** Bytes each in a segment of its own. */
	async sendBytewise(bytes) {
		for (const byte of bytes) {
			this.socket.write(Buffer.of(byte));
			await new Promise(setImmediate);
		}
	}

	request(method, target, body, headers) {
		this.send(requestBytes(method, target, body, headers));
		return this.next();
	}

	/** POST of a pairing message. */
	pairing(target, body) {
		return this.request("POST", target, body, { "Content-Type": PAIRING_TYPE });
	}

	close() {
		this.socket.destroy();
		return this.closed;
	}
}
