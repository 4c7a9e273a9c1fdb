/** A controller at the far end of a fake socket: says requests, hears answers and events as lines of a dialogue. */

import { concat, fromText } from "hap/bytes/bytes";
import type { HAPConnection } from "hap/server/hap-connection";
import { ControllerSession } from "tests/fakes/controller-session";
import { FakeSocket } from "tests/fakes/fake-socket";
import { lineOf, type Message, readMessages } from "tests/fakes/http-messages";

const NOTHING = new Uint8Array(0);

/** A request as iOS writes it. */
export function request(method: string, target: string, body: string | Uint8Array = "", headers = ""): Uint8Array {
	const bytes = typeof body === "string" ? fromText(body) : body;
	const length = bytes.length > 0 ? `Content-Length: ${bytes.length}\r\n` : "";
	return concat(fromText(`${method} ${target} HTTP/1.1\r\nHost: Kinds._hap._tcp.local\r\n${headers}${length}\r\n`), bytes);
}

export class Controller {
	readonly connection: HAPConnection;
	readonly socket: FakeSocket;
	#session: ControllerSession | undefined;
	/** Frames, and text of messages, that are not whole yet. */
	#frames: Uint8Array = NOTHING;
	#text: Uint8Array = NOTHING;

	constructor(connection: HAPConnection) {
		this.connection = connection;
		this.socket = new FakeSocket(connection);
		connection.attach(this.socket);
		this.socket.setRoom(undefined);
	}

	get isClosed(): boolean {
		return this.socket.isClosed;
	}

	/** From here on this end speaks in frames. */
	secure(sharedSecret: Uint8Array): void {
		this.#session = new ControllerSession(sharedSecret);
	}

	/** The bytes that say so: in frames, when the session is secured. */
	seal(bytes: Uint8Array, frameSize?: number): Uint8Array {
		return this.#session ? this.#session.seal(bytes, frameSize) : bytes;
	}

	deliver(bytes: Uint8Array): void {
		this.socket.deliver(bytes);
	}

	send(method: string, target: string, body?: string | Uint8Array, headers?: string): void {
		this.deliver(this.seal(request(method, target, body, headers)));
	}

	/** Sends a request and hears what comes at once. */
	ask(method: string, target: string, body?: string | Uint8Array): string[] {
		this.send(method, target, body);
		return this.hear();
	}

	/** Everything that came since the last time, a line a message. */
	hear(): string[] {
		return this.hearMessages().map(lineOf);
	}

	hearMessages(): Message[] {
		const text = this.#hearText();
		if (text === this.#text)
			return [];
		const { messages, rest } = readMessages(text);
		this.#text = rest;
		return messages;
	}

	#hearText(): Uint8Array {
		const sent = this.socket.takeSent();
		if (sent.length === 0)
			return this.#text;
		if (!this.#session)
			return concat(this.#text, sent);
		const { text, rest } = this.#session.open(concat(this.#frames, sent));
		this.#frames = rest;
		return concat(this.#text, text);
	}
}
