/**
 * HAP-NodeJS's EventedHTTPServer for a microcontroller: an HTTP-like server with HAP's extensions for security and
 * events. It owns what all connections share: one frame buffer, one spare parser, the journal of events, one timer.
 */

import Listener from "embedded:io/socket/listener";
import Timer from "timer";
import type { Value } from "hap/model/types";
import { ByteBudget } from "hap/bytes/byte-budget";
import type { ConnectionHost } from "hap/server/connection-host";
import { Emitter } from "hap/server/emitter";
import { EventJournal, type NotifyingCharacteristics } from "hap/server/event-journal";
import { HAPConnection } from "hap/server/hap-connection";
import type { HAPResponse } from "hap/server/hap-response";
import { type Socket, type SocketHandlers, takeSocket } from "hap/server/socket";
import { FRAME_MAX } from "hap/wire/frame";
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
}

export interface EventedHTTPServerOptions extends EventedHTTPServerListener {
	characteristics: NotifyingCharacteristics;
	/** Monotonic milliseconds. */
	now(): number;
	/** Sessions at a time; 16 where the TCP stack allows it. */
	maxConnections?: number;
	/** Of requests; a bridge's controllers write to more characteristics at once than a switch has. */
	limits?: HttpLimits;
	/** Changes kept for connections that cannot be told at once. */
	ringCapacity?: number;
	/** Changes inside so many milliseconds after an event wait for the end of them. */
	eventWindowMS?: number;
}

const MAX_CONNECTIONS = 16; // HAP R2: at least eight
const RING_CAPACITY = 16; // a scene of eight switches turned on and off within one window
const EVENT_WINDOW_MS = 250;
const MAX_SESSION_ID = 65535;
/** As long as iOS waits for an answer: a request that stands still for longer is nobody's any more. */
const STALLED_MS = 10_000;

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
});

export class EventedHTTPServer extends Emitter<EventedHTTPServerEvents> implements ConnectionHost {
	/** What connections share comes into being with the first of them: 1.9 KB that a start has no use for. */
	declare frame: Uint8Array;
	declare journal: EventJournal;
	/** For requests that come in parts: one whole body, and a line on each of two connections more. */
	declare private budget: ByteBudget;
	declare private spareParser: RequestParser | undefined;
	declare private timer: Timer | undefined;
	private readonly options: EventedHTTPServerOptions;
	private openConnections: HAPConnection[] = [];
	private listener: Listener | undefined;
	private lastSessionID = 0;
	private timerAt = 0;
	private depth = 0;
	private hasImmediate = false;

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
		return [...this.openConnections];
	}

	/** Port 0: one that is free. Throws when the port is taken. */
	listen(port: number, host?: string): void {
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
		const listener = this.listener as (Listener & { close(): void; }) | undefined;
		this.listener = undefined;
		listener?.close();
		for (const connection of this.connections)
			connection.close();
		Timer.clear(this.timer);
		this.timer = undefined;
	}

	destroy(): void {
		this.stop();
	}

	/* Connections */

	/** For the listener. */
	accept(): void {
		const from = this.listener?.read();
		if (!from)
			return;
		if (this.openConnections.length >= (this.options.maxConnections ?? MAX_CONNECTIONS) && !this.evict()) {
			refuse(from as unknown as Socket<undefined>);
			return;
		}
		if (!this.frame)
			this.share();
		const connection = new HAPConnection(this, this.nextSessionID());
		connection.attach(takeSocket(from, connection, HANDLERS));
		this.openConnections.push(connection);
		this.emit("connection-opened", connection);
		this.options.onConnectionOpened?.(connection);
	}

	protected share(): void {
		const { body, line } = this.limits;
		this.frame = new Uint8Array(FRAME_MAX);
		this.journal = new EventJournal(this.options.ringCapacity ?? RING_CAPACITY, this.characteristics.count);
		this.budget = new ByteBudget(body + 2 * line);
	}

	private get limits(): HttpLimits {
		return this.options.limits ?? LIMITS;
	}

	/** Makes room: an unverified session first, then one without subscriptions, then any; the longest idle of its kind. */
	private evict(): boolean {
		let victim: HAPConnection | undefined;
		for (const connection of this.openConnections)
			if (this.isEvictable(connection) && (!victim || isRatherEvicted(connection, victim)))
				victim = connection;
		victim?.close();
		return victim !== undefined;
	}

	private isEvictable(connection: HAPConnection): boolean {
		return connection.isIdle || this.now() - connection.lastSocketOperation >= STALLED_MS;
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
			this.hasImmediate = true;
		if (this.depth === 0)
			this.flushEvents();
	}

	/** What one request, or one press of a button, has changed goes out together. */
	flushEvents(): void {
		if (this.depth > 0)
			return;
		this.depth++;
		const now = this.now();
		const isImmediate = this.hasImmediate;
		this.hasImmediate = false;
		let next = 0;
		try {
			for (const connection of this.connections) {
				const again = connection.flushEvents(now, isImmediate);
				if (again !== 0 && (next === 0 || again < next))
					next = again;
			}
		}
		finally {
			this.depth--;
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
			const isHeard = this.emit("request", connection, request, response);
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
	}

	onClosed(connection: HAPConnection): void {
		this.openConnections = this.openConnections.filter((other) => other !== connection);
		this.emit("connection-closed", connection);
		this.options.onConnectionClosed?.(connection);
	}

	onFault(error: unknown): void {
		this.emit("fault", error);
		this.options.onFault?.(error);
	}
}

function isRatherEvicted(one: HAPConnection, other: HAPConnection): boolean {
	const rank = evictionRank(one) - evictionRank(other);
	return rank === 0 ? one.lastSocketOperation < other.lastSocketOperation : rank < 0;
}

function evictionRank(connection: HAPConnection): number {
	if (!connection.isAuthenticated())
		return 0;
	return connection.subscriptionsCount === 0 ? 1 : 2;
}

/** Every session is busy: one answer, and no session. */
function refuse(from: Socket<undefined>): void {
	const socket = takeSocket(from as never, undefined, {
		onReadable() {},
		onWritable() {
			this.write(fromText(responseHead(503, undefined, 0, true)));
			this.close();
		},
		onError() {
			this.close();
		},
	});
	void socket;
}
