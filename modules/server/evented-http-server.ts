/**
 * HAP-NodeJS's EventedHTTPServer for a microcontroller: an HTTP-like server with HAP's extensions for security and
 * events. It owns what all connections share: one frame buffer, one spare parser, the journal of events, one timer.
 */

import Listener from "embedded:io/socket/listener";
import Timer from "timer";
import type { Value } from "hap/model/types";
import { ByteBudget } from "hap/bytes/byte-budget";
import { isSession, PATIENCE_MS, sessionToGo, STRANGERS, strangerToGo } from "hap/server/admission";
import type { ConnectionHost } from "hap/server/connection-host";
import { Emitter } from "hap/server/emitter";
import { EventJournal, type NotifyingCharacteristics } from "hap/server/event-journal";
import { HAPConnection } from "hap/server/hap-connection";
import type { HAPResponse } from "hap/server/hap-response";
import { Immediate } from "hap/server/session-events";
import { Outgoing, type Piece } from "hap/server/outgoing";
import { type Socket, type SocketHandlers, takeSocket } from "hap/server/socket";
import { TIME_LIMITS, type TimeLimits } from "hap/server/time-limits";
import { FRAME_MAX, TEXT_AT } from "hap/wire/frame";
import { type HttpLimits, LIMITS, RequestParser } from "hap/wire/http-parser";
import { responseHead } from "hap/wire/http-writer";
import { fromText } from "hap/bytes/bytes";

export interface EventedHTTPServerEvents {
	listening(port: number, address: string | undefined): void;
	"connection-opened"(connection: HAPConnection): void;
	request(connection: HAPConnection, request: RequestParser, response: HAPResponse): void;
	"connection-closed"(connection: HAPConnection): void;
	authenticated(connection: HAPConnection): void;
	/** A mistake of the accessory's own code, which has cost one request or one connection. */
	fault(error: unknown): void;
}

/** The events' listeners in one object, which costs a reference where on() costs a function each. */
export interface EventedHTTPServerListener {
	onRequest?(connection: HAPConnection, request: RequestParser, response: HAPResponse): void;
	onConnectionOpened?(connection: HAPConnection): void;
	onConnectionClosed?(connection: HAPConnection): void;
	onAuthenticated?(connection: HAPConnection): void;
	onFault?(error: unknown): void;
	/** Whether this connection holds the pair-setup: a person may be typing the code. */
	isPairing?(connection: HAPConnection): boolean;
}

export interface EventedHTTPServerOptions extends EventedHTTPServerListener {
	characteristics: NotifyingCharacteristics;
	/** Monotonic milliseconds. */
	now(): number;
	/** Connections at a time, two of which are left to strangers. */
	maxConnections?: number;
	timeLimits?: TimeLimits;
	/** Of requests; a bridge's controllers write to more characteristics at once than a switch has. */
	limits?: HttpLimits;
	/** Changes kept for connections that cannot be told at once. */
	ringCapacity?: number;
	/** Changes inside so many milliseconds after an event wait for the end of them. */
	eventWindowMS?: number;
}

const MAX_CONNECTIONS = 16 + STRANGERS; // HAP R2: at least eight sessions
const RING_CAPACITY = 16; // a scene of eight switches turned on and off within one window
const EVENT_WINDOW_MS = 250;
const MAX_SESSION_ID = 65535;
/** Members of the server that its connections use, and nobody else. */
const SHARED = Object.freeze([
	"frame",
	"lengthView",
	"lastInView",
	"lastOutView",
	"journal",
	"budget",
	"spareParser",
	"spareOutgoing",
]);

function onListenerReadable(this: Listener & { readonly target: EventedHTTPServer; }): void {
	this.target.accept();
}

const HANDLERS: SocketHandlers<HAPConnection> = Object.freeze({
	onReadable(this: Socket<HAPConnection>, count: number) {
		this.target.onReadable(count);
	},
	onWritable(this: Socket<HAPConnection>, room: number) {
		this.target.onWritable(room);
	},
	onError(this: Socket<HAPConnection>) {
		this.target.close();
	},
	onEnd(this: Socket<HAPConnection>) {
		this.target.onEnd();
	},
});

export class EventedHTTPServer extends Emitter<EventedHTTPServerEvents> implements ConnectionHost {
	/** What connections share comes with the first of them and goes with the last: 1.9 KB that nobody has a use for between them. */
	declare frame: Uint8Array;
	declare journal: EventJournal;
	/** For requests that come in parts: one whole body, and a line on each of two connections more. */
	declare private budget: ByteBudget;
	/** Views of the frame as they were used last: one request is as long as the next one, mostly, and then it leaves no garbage. */
	declare lengthView: Uint8Array;
	declare private lastInView: Uint8Array;
	declare private lastOutView: Uint8Array;
	declare private spareOutgoing: Outgoing | undefined;
	declare private lastSessionID: number;
	declare private spareParser: RequestParser | undefined;
	declare private timer: Timer | undefined;
	declare private timerAt: number;
	declare private watch: Timer | undefined;
	private readonly options: EventedHTTPServerOptions;
	/** Made anew when one comes or goes, so that whoever goes through it needs no copy. */
	private openConnections: readonly HAPConnection[] = [];
	private listener: Listener | undefined;
	private depth = 0;
	/** Which characteristic is not to wait for the end of a window. */
	private immediate: number = Immediate.None;
	/** A connection may have something to be told; else nobody is asked. */
	hasNews = false;

	constructor(options: EventedHTTPServerOptions) {
		super();
		this.options = options;
	}

	/** Other sessions of that controller close now, the one that removed it when its answer has gone out. */
	static destroyExistingConnectionsAfterUnpair(initiator: HAPConnection | undefined, username: string, server: EventedHTTPServer): void {
		for (const connection of server.connections)
			if (connection.username === username)
				connection.closeConnectionAsOfUnpair(initiator);
	}

	get characteristics(): NotifyingCharacteristics {
		return this.options.characteristics;
	}

	get eventWindowMS(): number {
		return this.options.eventWindowMS ?? EVENT_WINDOW_MS;
	}

	now(): number {
		return this.options.now();
	}

	get connections(): readonly HAPConnection[] {
		return this.openConnections;
	}

	/** Port 0: one that is free. Throws when the port is taken. Again, it listens anew, and connections stay. */
	listen(port: number, host?: string): void {
		this.closeListener();
		const options = {
			port,
			address: host,
			target: this,
			onReadable: onListenerReadable,
		};
		this.listener = new Listener(options as never);
		this.emit("listening", this.listener.port, host);
	}

	address(): { port: number; address: string | undefined; } | undefined {
		const listener = this.listener as (Listener & { address?: string; }) | undefined;
		return listener && { port: listener.port, address: listener.address };
	}

	/** No new connections, and an end to those there are. */
	stop(): void {
		this.closeListener();
		for (const connection of this.connections)
			connection.close();
		Timer.clear(this.timer);
		Timer.clear(this.watch);
		this.timer = undefined;
		this.watch = undefined;
	}

	private closeListener(): void {
		const listener = this.listener as (Listener & { close(): void; }) | undefined;
		this.listener = undefined;
		listener?.close();
	}

	destroy(): void {
		this.stop();
	}

	/* Connections */

	/** For the listener. */
	accept(): void {
		const from = this.listener?.read() as unknown as Socket<undefined> | undefined;
		if (!from)
			return;
		const origin = from.remoteAddress;
		if (this.openConnections.length < this.maxConnections || this.makeRoom(origin))
			this.open(from, origin);
		else
			refuse(from);
	}

	private open(from: Socket<undefined>, origin: string | undefined): void {
		if (!this.frame)
			this.share();
		const connection = new HAPConnection(this, this.nextSessionID());
		const socket = takeSocket(from, connection, HANDLERS);
		if (!socket)
			return;
		connection.origin = origin;
		connection.attach(socket);
		this.openConnections = [...this.openConnections, connection];
		this.emit("connection-opened", connection);
		this.options.onConnectionOpened?.(connection);
		this.startWatch();
	}

	protected share(): void {
		const { body, line } = this.limits;
		this.frame = new Uint8Array(FRAME_MAX);
		this.lengthView = this.frame.subarray(0, TEXT_AT);
		this.lastInView = this.lengthView;
		this.lastOutView = this.lengthView;
		this.lastSessionID ??= 0;
		this.journal = new EventJournal(this.options.ringCapacity ?? RING_CAPACITY, this.characteristics.count);
		this.budget = new ByteBudget(body + 2 * line);
	}

	private unshare(): void {
		const shared: { [name: string]: unknown; } = this as never;
		for (const name of SHARED)
			delete shared[name];
	}

	private get limits(): HttpLimits {
		return this.options.limits ?? LIMITS;
	}

	private get maxConnections(): number {
		return this.options.maxConnections ?? MAX_CONNECTIONS;
	}

	/** For a stranger from this address. */
	private makeRoom(origin: string | undefined): boolean {
		const victim = this.sessionTooMany() ?? strangerToGo(this.openConnections, origin, (connection) => this.isProtected(connection));
		victim?.close();
		return victim !== undefined;
	}

	/** Sessions take all places but two; when one more comes, another one goes that is not at work. */
	private sessionTooMany(newest?: HAPConnection): HAPConnection | undefined {
		let count = 0;
		for (const connection of this.openConnections)
			if (isSession(connection))
				count++;
		return count > Math.max(1, this.maxConnections - STRANGERS) ? sessionToGo(this.openConnections, this.now(), newest) : undefined;
	}

	/** In the middle of a pairing procedure, and not for longer than a controller waits for the other side. */
	private isProtected(connection: HAPConnection): boolean {
		if (this.options.isPairing?.(connection))
			return true;
		return connection.pairVerify !== undefined && this.now() - connection.lastSocketOperation < PATIENCE_MS;
	}

	private startWatch(): void {
		this.watch ??= Timer.set(() => {
			this.watch = undefined;
			this.tick();
			if (this.openConnections.length > 0)
				this.startWatch();
		}, this.timeLimits.periodMS);
	}

	private get timeLimits(): TimeLimits {
		return this.options.timeLimits ?? TIME_LIMITS;
	}

	/** Closes the connections whose time is over. */
	tick(): void {
		const now = this.now();
		for (const connection of this.connections)
			if (connection.isOverdue(now, this.timeLimits, this.options.isPairing?.(connection) ?? false))
				connection.close();
	}

	private nextSessionID(): number {
		do this.lastSessionID = (this.lastSessionID % MAX_SESSION_ID) + 1;
		while (this.openConnections.some((connection) => connection.sessionID === this.lastSessionID));
		return this.lastSessionID;
	}

	/* Events */

	/** Tells every subscriber but `originator`. `immediateDelivery` does not wait for the end of a window. */
	broadcastEvent(aid: number, iid: number, value: Value, originator?: HAPConnection, immediateDelivery = false): void {
		const index = this.characteristics.indexOf(aid, iid);
		if (index < 0)
			return;
		this.journal?.note(index, value, originator?.sessionID ?? 0);
		if (immediateDelivery)
			this.immediate = this.immediate === Immediate.None || this.immediate === index ? index : Immediate.Several;
		this.onNews();
	}

	onNews(): void {
		this.hasNews = true;
		this.flushEvents();
	}

	/** What one request, or one press of a button, has changed goes out together. */
	flushEvents(): void {
		if (this.depth > 0 || !this.hasNews)
			return;
		this.depth++;
		const now = this.now();
		const { immediate } = this;
		this.immediate = Immediate.None;
		let next = 0;
		let isLeft = true;
		try {
			this.hasNews = false;
			isLeft = false;
			const { connections } = this;
			for (let at = 0; at < connections.length; at++) {
				const again = connections[at].flushEvents(now, immediate);
				if (again !== 0)
					isLeft = true;
				if (again > 0 && (next === 0 || again < next))
					next = again;
			}
		}
		finally {
			this.depth--;
			if (isLeft)
				this.hasNews = true;
		}
		this.arm(next, now);
	}

	private arm(at: number, now: number): void {
		if (at === 0 || (this.timer && this.timerAt <= at))
			return;
		Timer.clear(this.timer);
		this.timerAt = at;
		this.timer = Timer.set(() => {
			this.timer = undefined;
			this.flushEvents();
		}, at - now);
	}

	/* What connections ask of their server */

	inView(length: number): Uint8Array {
		if (this.lastInView.length !== length || length === TEXT_AT)
			this.lastInView = this.frame.subarray(TEXT_AT, TEXT_AT + length);
		return this.lastInView;
	}

	outView(length: number): Uint8Array {
		if (this.lastOutView.length !== length)
			this.lastOutView = this.frame.subarray(0, length);
		return this.lastOutView;
	}

	takeOutgoing(head: Piece, body?: Piece | Iterator<Piece>): Outgoing {
		const outgoing = this.spareOutgoing;
		if (!outgoing)
			return new Outgoing(head, body);
		this.spareOutgoing = undefined;
		outgoing.start(head, body);
		return outgoing;
	}

	returnOutgoing(outgoing: Outgoing): void {
		this.spareOutgoing = outgoing;
	}

	takeParser(): RequestParser {
		const parser = this.spareParser ?? new RequestParser(this.limits, this.budget);
		this.spareParser = undefined;
		return parser;
	}

	returnParser(parser: RequestParser): void {
		parser.reset();
		this.spareParser = parser;
	}

	onRequest(connection: HAPConnection, request: RequestParser, response: HAPResponse): void {
		this.depth++;
		try {
			const isHeard = this.listeners !== undefined && this.emit("request", connection, request, response);
			if (this.options.onRequest)
				this.options.onRequest(connection, request, response);
			else if (!isHeard)
				response.sendEmpty(404);
		}
		finally {
			this.depth--;
		}
	}

	onAuthenticated(connection: HAPConnection): void {
		this.emit("authenticated", connection);
		this.options.onAuthenticated?.(connection);
		this.sessionTooMany(connection)?.close();
	}

	onClosed(connection: HAPConnection): void {
		this.openConnections = this.openConnections.filter((other) => other !== connection);
		this.emit("connection-closed", connection);
		this.options.onConnectionClosed?.(connection);
		if (this.connections.length === 0)
			this.unshare();
	}

	onFault(error: unknown): void {
		this.emit("fault", error);
		this.options.onFault?.(error);
	}
}

/** There is no place: one answer, and no connection. */
function refuse(from: Socket<undefined>): void {
	takeSocket(from, undefined, {
		onReadable() {},
		onWritable() {
			this.write(fromText(responseHead(503, undefined, 0, true)));
			this.close();
		},
		onError() {
			this.close();
		},
	});
}
