/** The server on a real socket of the loopback interface, and controllers that connect to it. */

import TCP from "embedded:io/socket/tcp";
import { concat, fromText } from "hap/bytes/bytes";
import { AccessoryDatabase } from "hap/model/database";
import { EventedHTTPServer, type EventedHTTPServerOptions } from "hap/server/evented-http-server";
import type { HAPConnection } from "hap/server/hap-connection";
import { DatabaseEvents } from "hap/accessory/database-events";
import { DEFINITION } from "tests/fakes/all-kinds";
import { request } from "tests/fakes/controller";
import { ControllerSession } from "tests/fakes/controller-session";
import { type Handler, secretOf, verify } from "tests/fakes/dialogue-server";
import { lineOf, readMessages } from "tests/fakes/http-messages";
import { sleep } from "tests/harness";

export const LOOPBACK = "127.0.0.1";
const TURN_MS = 5;
const TURNS = 1000;

/** Resolves when it is so; some seconds at most. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
	for (let i = 0; i < TURNS; i++) {
		if (isSo())
			return;
		await sleep(TURN_MS);
	}
	throw new Error(`${what} did not happen`);
}

const echo: Handler = (_connection, { path }, response) => response.send(200, "text/plain", path);

export type LoopbackOptions =
	& Omit<EventedHTTPServerOptions, "characteristics">
	& Partial<Pick<EventedHTTPServerOptions, "characteristics">>;

/** Listens on a free port; `/verify` secures a session, all else is the handler's. */
export function openServer(options: LoopbackOptions, handler: Handler = echo): EventedHTTPServer {
	const database = new AccessoryDatabase(DEFINITION, { onChanged() {}, onFault() {} });
	const server = new EventedHTTPServer({ characteristics: new DatabaseEvents(database), ...options });
	server.on("request", (connection, message, response) => {
		if (message.path === "/verify")
			verify(connection, message, response);
		else
			handler(connection, message, response);
	});
	server.listen(0, LOOPBACK);
	return server;
}

interface ClientSocket {
	close(): void;
	read(): ArrayBuffer | undefined;
	write(bytes: Uint8Array): number | undefined;
}

export class LoopbackController {
	/** The connection at the server's end. */
	readonly connection: HAPConnection | undefined;
	isClosed = false;
	/** Reads nothing while this is so. */
	isPaused = false;
	readonly #socket: ClientSocket;
	readonly #lines: string[] = [];
	#isOpen = false;
	#received: Uint8Array = new Uint8Array(0);
	#text: Uint8Array = new Uint8Array(0);
	#session: ControllerSession | undefined;

	constructor(port: number) {
		const options = {
			address: LOOPBACK,
			port,
			nodelay: true, // else a second write waits up to 40 ms of the real clock for the first one's acknowledgement, and leaping time does not
			onReadable: () => this.readAll(),
			onWritable: () => {
				this.#isOpen = true;
			},
			onError: () => {
				this.isClosed = true;
			},
		};
		this.#socket = new TCP(options as never) as unknown as ClientSocket;
	}

	/** Connected, and its connection known. */
	static async open(server: EventedHTTPServer): Promise<LoopbackController & { connection: HAPConnection; }> {
		let connection: HAPConnection | undefined;
		const onOpened = (opened: HAPConnection) => {
			connection = opened;
		};
		server.on("connection-opened", onOpened);
		const controller = new LoopbackController(server.address()?.port ?? 0);
		await until(() => controller.#isOpen && connection !== undefined, "the connection");
		server.off("connection-opened", onOpened);
		return Object.assign(controller, { connection: connection as HAPConnection });
	}

	/** Goes through what stands for pair-verify. */
	async verify(): Promise<this> {
		await this.ask("POST", "/verify");
		this.#session = new ControllerSession(secretOf(this.connection?.sessionID ?? 0));
		return this;
	}

	send(bytes: Uint8Array): void {
		this.#socket.write(this.#session ? this.#session.seal(bytes) : bytes);
	}

	/** Sends a request and waits for a line. */
	async ask(method: string, target: string): Promise<string> {
		this.send(request(method, target));
		return await this.line();
	}

	/** The next message. */
	async line(): Promise<string> {
		let line: string | undefined;
		await until(() => {
			line = this.takeLine();
			return line !== undefined;
		}, "a message");
		return line ?? "";
	}

	resume(): void {
		this.isPaused = false;
		this.readAll();
	}

	close(): void {
		this.#socket.close();
	}

	/** The lines of the whole messages that were read, in their order. */
	private takeLines(): string[] {
		if (this.#session) {
			const { text, rest } = this.#session.open(this.#received);
			this.#received = rest;
			this.#text = concat(this.#text, text);
		}
		else {
			this.#text = concat(this.#text, this.#received);
			this.#received = new Uint8Array(0);
		}
		const { messages, rest } = readMessages(this.#text);
		this.#text = rest;
		return messages.map(lineOf);
	}

	/** One line; those behind it wait for their turn. */
	private takeLine(): string | undefined {
		this.#lines.push(...this.takeLines());
		return this.#lines.shift();
	}

	private readAll(): void {
		const buffer = this.isPaused ? undefined : this.#socket.read();
		if (buffer)
			this.#received = concat(this.#received, new Uint8Array(buffer));
	}
}

export const HELO = fromText("HELO\r\n");
