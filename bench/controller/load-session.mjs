/**
 * A controller's connection that is made for load: it seals its requests before the clock starts and opens the answers after
 * it has stopped, so that what is measured in between is the accessory and the sockets.
 */

import { once } from "node:events";
import { connect } from "node:net";
import { requestBytes } from "../../tests/interop/connection.mjs";
import { MessageReader } from "../../tests/interop/messages.mjs";
import { FrameLengths, Frames } from "./frames.mjs";
import { pairVerify } from "./pairing.mjs";

const LIMIT_MS = 30_000;

export class LoadSession {
	#frames;
	#reader = new MessageReader();
	#messages = [];
	#wake = () => {};
	#isEnded = false;
	/** Since the last message. */
	#textBytes = 0;
	/** While load runs: takes the bytes as they are. */
	#onBytes;
	/** Of an event's arrival. */
	onEvent = () => {};

	static async connect(port) {
		const session = new LoadSession();
		const socket = connect({ port, host: "127.0.0.1", noDelay: true });
		session.socket = socket;
		await once(socket, "connect");
		socket.on("data", (bytes) => session.#onData(bytes));
		socket.on("error", () => {}); // "close" follows it
		socket.on("close", () => session.#onEnd());
		return session;
	}

	static async open(port, pairing) {
		const session = await LoadSession.connect(port);
		await pairVerify(session, pairing);
		return session;
	}

	secure(secret) {
		this.#frames = new Frames(secret);
	}

	seal(bytes) {
		return this.#frames ? this.#frames.seal(bytes) : bytes;
	}

	/** One request, and the next answer that is no event. */
	async request(method, target, body, headers) {
		this.socket.write(this.seal(requestBytes(method, target, body, headers)));
		return this.next();
	}

	next() {
		const { promise, resolve, reject } = withResolvers();
		const timer = setTimeout(() => reject(new Error("no answer came")), LIMIT_MS);
		this.#wake = () => {
			if (this.#messages.length === 0 && !this.#isEnded)
				return;
			clearTimeout(timer);
			this.#wake = () => {};
			if (this.#messages.length > 0)
				resolve(this.#messages.shift());
			else
				reject(new Error("the accessory closed the connection"));
		};
		this.#wake();
		return promise;
	}

	/**
	 * Sends sealed requests, `depth` of them ahead of their answers, whose texts have `textBytes` each, however they are framed.
	 * Resolves with the bytes of all answers, unopened.
	 */
	drive(requests, textBytes, depth) {
		const { promise, resolve, reject } = withResolvers();
		const received = [];
		let pending = 0;
		let sent = 0;
		let answered = 0;
		const send = (count) => {
			const last = Math.min(sent + count, requests.length);
			if (sent + 1 === last)
				this.socket.write(requests[sent]);
			else if (sent < last)
				this.socket.write(Buffer.concat(requests.slice(sent, last)));
			sent = last;
		};
		const lengths = new FrameLengths();
		const stop = (settle) => {
			clearTimeout(timer);
			this.#onBytes = undefined;
			this.socket.off("close", onClose);
			settle();
		};
		const onClose = () => stop(() => reject(new Error(`${answered} of ${requests.length} answers came`)));
		const timer = setTimeout(onClose, LIMIT_MS);
		this.socket.once("close", onClose);
		this.#onBytes = (bytes) => {
			received.push(bytes);
			pending += lengths.textBytes(bytes);
			const count = Math.floor(pending / textBytes);
			pending -= count * textBytes;
			answered += count;
			if (answered < requests.length)
				send(count);
			else
				stop(() => resolve(received));
		};
		send(depth);
		return promise;
	}

	/** The messages in bytes that drive() received. */
	opened(received) {
		return this.#reader.push(this.#frames.open(Buffer.concat(received)));
	}

	close() {
		this.socket.destroy();
	}

	#onData(bytes) {
		if (this.#onBytes) {
			this.#onBytes(bytes);
			return;
		}
		const text = this.#frames ? this.#frames.open(bytes) : bytes;
		this.#textBytes += text.length;
		for (const message of this.#reader.push(text)) {
			message.textBytes = this.#textBytes;
			this.#textBytes = 0;
			if (message.protocol === "EVENT")
				this.onEvent(message);
			else
				this.#messages.push(message);
		}
		this.#wake();
	}

	#onEnd() {
		this.#isEnded = true;
		this.#wake();
	}
}

function withResolvers() {
	let resolve, reject;
	const promise = new Promise((...settle) => [resolve, reject] = settle);
	return { promise, resolve, reject };
}
