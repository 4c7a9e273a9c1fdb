/**
 * HAP-NodeJS's EventedHTTPServer for a microcontroller: an HTTP-like server with HAP's extensions for security and
 * events. It owns what all connections share: one frame buffer, one spare parser, the journal of events, one timer.
 */

import Timer from "timer";
import type { Value } from "hap/model/types";
import { ByteBudget } from "hap/bytes/byte-budget";
import type { ConnectionHost } from "hap/server/connection-host";
import { ConnectionPlaces } from "hap/server/connection-places";
import { EventJournal, type NotifyingCharacteristics } from "hap/server/event-journal";
import type { HAPConnection } from "hap/server/hap-connection";
import type { HAPResponse } from "hap/server/hap-response";
import { Immediate } from "hap/server/session-events";
import { FRAME_MAX, TEXT_AT } from "hap/wire/frame";
import { type HttpLimits, LIMITS, RequestParser } from "hap/wire/http-parser";

export type { EventedHTTPServerEvents, EventedHTTPServerListener, EventedHTTPServerOptions } from "hap/server/evented-http-options";

const RING_CAPACITY = 16; // a scene of eight switches turned on and off within one window
const EVENT_WINDOW_MS = 250;
/** Members of the server that its connections use, and nobody else. */
const SHARED = Object.freeze([
	"frame",
	"lengthView",
	"lastInView",
	"lastOutView",
	"lastInBytes",
	"lastOutBytes",
	"journal",
	"budget",
	"spareParser",
]);

export class EventedHTTPServer extends ConnectionPlaces implements ConnectionHost {
	/** What connections share comes with the first of them and goes with the last: 1.9 KB that nobody has a use for between them. */
	declare frame: Uint8Array;
	declare journal: EventJournal;
	/** For requests that come in parts: one whole body, and a line on each of two connections more. */
	declare private budget: ByteBudget;
	/** Views of the frame as they were used last: one request is as long as the next one, mostly, and then it leaves no garbage. */
	declare lengthView: Uint8Array;
	declare lastInView: Uint8Array;
	declare lastOutView: Uint8Array;
	/** How long they are: asking a view is slow. */
	declare lastInBytes: number;
	declare lastOutBytes: number;
	declare private spareParser: RequestParser | undefined;
	declare private timer: Timer | undefined;
	declare private timerAt: number;
	serving = 0;
	/** Which characteristic is not to wait for the end of a window. */
	private immediate: number = Immediate.None;
	/** A connection may have something to be told; else nobody is asked. */
	hasNews = false;

	/** As HAP-NodeJS has it: for the session that removes a pairing, its own or another one's. */
	static destroyExistingConnectionsAfterUnpair(initiator: HAPConnection, username: string): void {
		(initiator.host as EventedHTTPServer).closeSessionsOf(username, initiator);
	}

	/** Other sessions of that controller close now, the one that removed it when its answer has gone out. */
	closeSessionsOf(username: string, initiator?: HAPConnection): void {
		for (const connection of this.connections)
			if (connection.username === username)
				connection.closeConnectionAsOfUnpair(initiator);
	}

	/** No new connections, and an end to those there are. */
	override stop(): void {
		super.stop();
		Timer.clear(this.timer);
		this.timer = undefined;
	}

	destroy(): void {
		this.stop();
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

	protected share(): ConnectionHost {
		if (this.frame)
			return this;
		const { body, line } = this.limits;
		this.frame = new Uint8Array(FRAME_MAX);
		this.lengthView = this.frame.subarray(0, TEXT_AT);
		this.lastInView = this.lengthView;
		this.lastOutView = this.lengthView;
		this.lastInBytes = 0;
		this.lastOutBytes = 0;
		this.journal = new EventJournal(this.options.ringCapacity ?? RING_CAPACITY, this.characteristics.count);
		this.budget = new ByteBudget(body + 2 * line);
		return this;
	}

	protected unshare(): void {
		const shared: { [name: string]: unknown; } = this as never;
		for (const name of SHARED)
			delete shared[name];
	}

	private get limits(): HttpLimits {
		return this.options.limits ?? LIMITS;
	}

	/* Events */

	/** Tells every subscriber but `originator`. `immediateDelivery` does not wait for the end of a window. */
	broadcastEvent(aid: number, iid: number, value: Value, originator?: HAPConnection, immediateDelivery = false): void {
		const index = this.characteristics.indexOf(aid, iid);
		if (index >= 0)
			this.broadcastChange(index, value, originator, immediateDelivery);
	}

	/** The same of the notifying characteristic of that number. */
	broadcastChange(index: number, value: Value, originator: HAPConnection | undefined, immediateDelivery: boolean): void {
		this.journal?.note(index, value, originator?.sessionID ?? 0);
		if (immediateDelivery)
			this.immediate = this.immediate === Immediate.None || this.immediate === index ? index : Immediate.Several;
		this.hasNews = true;
		if (this.serving === 0)
			this.flushEvents();
	}

	onNews(): void {
		this.hasNews = true;
		this.flushEvents();
	}

	/** What one request, or one press of a button, has changed goes out together. */
	flushEvents(): void {
		if (this.serving > 0 || !this.hasNews)
			return;
		const immediate = this.immediate;
		this.immediate = Immediate.None;
		this.hasNews = false;
		const connections = this.connections;
		for (let at = 0; at < connections.length; at++)
			if (connections[at].hasNews) {
				this.tell(connections, at, immediate);
				return;
			}
	}

	/** From the first that may have to be told something. */
	private tell(connections: readonly HAPConnection[], first: number, immediate: number): void {
		const now = this.now();
		let next = 0;
		this.serving++;
		try {
			for (let at = first; at < connections.length; at++) {
				const again = connections[at].flushEvents(now, immediate);
				if (again === 0)
					continue;
				this.hasNews = true;
				if (again > 0 && (next === 0 || again < next))
					next = again;
			}
			this.journal?.forgetBody();
		}
		catch (error) {
			this.hasNews = true; // of those behind it
			throw error;
		}
		finally {
			this.serving--;
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
		this.lastInView = this.frame.subarray(TEXT_AT, TEXT_AT + length);
		this.lastInBytes = length;
		return this.lastInView;
	}

	outView(length: number): Uint8Array {
		this.lastOutView = this.frame.subarray(0, length);
		this.lastOutBytes = length;
		return this.lastOutView;
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
		if (this.listeners && this.emit("request", connection, request, response) && !this.options.onRequest)
			return;
		if (this.options.onRequest)
			this.options.onRequest(connection, request, response);
		else
			response.sendEmpty(404);
	}

	onAuthenticated(connection: HAPConnection): void {
		this.emit("authenticated", connection);
		this.options.onAuthenticated?.(connection);
		this.admit(connection);
	}

	onFault(error: unknown): void {
		this.emit("fault", error);
		this.options.onFault?.(error);
	}
}
