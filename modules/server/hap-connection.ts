/**
 * One controller's connection: requests in, answers and events out, in the clear until pair-verify, in frames after it
 * (HAP R2 "HTTP Server" and "Session Security"). A request is answered before the next one is read, and an event never
 * comes between a request's first byte and its answer's last.
 */

import { FrameError, type Session } from "hap/wire/frame";
import { HttpError, type RequestParser } from "hap/wire/http-parser";
import { CONTINUE, eventHead, responseHead, responseText } from "hap/wire/http-writer";
import { MalformedError, textBytes } from "hap/bytes/bytes";
import type { ConnectionHost } from "hap/server/connection-host";
import { HAPResponse, type ResponseSink } from "hap/server/hap-response";
import type { LateAnswer } from "hap/server/late-answer";
import { MessageStream } from "hap/server/message-stream";
import { Outgoing, type Piece } from "hap/server/outgoing";
import { Immediate, SessionEvents } from "hap/server/session-events";
import type { Socket } from "hap/server/socket";
import type { TimeLimits } from "hap/server/time-limits";
import type { PairVerify } from "hap/pairing/pair-verify";
import type { PreparedWrite } from "hap/model/prepare";
import type { Value } from "hap/model/types";

/** Bytes of a body that is one text with its head; a longer one would be in memory twice. */
const WHOLE_BODY = 512;

/** HAP-NodeJS's names; without an inner HTTP server its CONNECTING and FULLY_SET_UP meet. */
export const enum HAPConnectionState {
	FULLY_SET_UP = 1,
	AUTHENTICATED,
	TO_BE_TEARED_DOWN,
	CLOSING,
	CLOSED,
}

export interface HAPConnectionEvents {
	request(request: RequestParser, response: HAPResponse): void;
	authenticated(username: string): void;
	closed(): void;
}

export class HAPConnection extends MessageStream<HAPConnectionEvents> implements ResponseSink {
	/** Of the request that is being answered. */
	private response: HAPResponse | undefined;
	private parser: RequestParser | undefined;
	private state = HAPConnectionState.FULLY_SET_UP;
	private nextSession: Session | undefined;
	/** When it was seen that what is under way does not go on. */
	private stillSince: number | undefined;
	/** The peer writes no more. */
	private isEnded = false;
	readonly sessionID: number;
	username: string | undefined;
	/** What pair-verify and PUT /prepare keep between two requests. Declared only: a field takes memory from when it is set. */
	declare pairVerify: PairVerify | undefined;
	declare preparedWrite: PreparedWrite | undefined;
	/** While an answer waits for the accessory's own code. */
	declare lateAnswer: LateAnswer | undefined;
	/** The address of a stranger; a session's socket knows it. */
	declare origin: string | undefined;
	private readonly events: SessionEvents;

	constructor(host: ConnectionHost, sessionID: number) {
		super(host);
		this.sessionID = sessionID;
		this.events = new SessionEvents(host, sessionID);
	}

	/* What a program sees: HAP-NodeJS's surface */

	get localAddress(): string | undefined {
		return this.socket?.localAddress;
	}

	get remoteAddress(): string | undefined {
		return this.socket?.remoteAddress;
	}

	get remotePort(): number | undefined {
		return this.socket?.remotePort;
	}

	/** The controller has proved who it is; its requests are served from now on. */
	connectionAuthenticated(username: string): void {
		if (this.username !== username)
			this.clearRegisteredEvents(); // another controller's, which may hear of more
		this.username = username;
		this.origin = undefined;
		this.state = HAPConnectionState.AUTHENTICATED;
		this.emit("authenticated", username);
		this.host.onAuthenticated(this);
	}

	isAuthenticated(): boolean {
		return this.state === HAPConnectionState.AUTHENTICATED;
	}

	get isOpen(): boolean {
		return this.socket !== undefined;
	}

	/** No byte of a request has come that is not answered, and nothing waits to be sent. */
	get isIdle(): boolean {
		const hasRead = this.frame !== 0 || this.rest !== undefined || !(this.parser?.isEmpty ?? true);
		return !this.response && !this.outgoing && !hasRead && this.readable === 0;
	}

	/** Whether its time is over; to be asked again and again. Sessions that are idle, or wait for the accessory, have all the time there is. */
	isOverdue(now: number, limits: TimeLimits, isPairingSetup: boolean): boolean {
		const isSession = this.username !== undefined;
		if (isSession && this.outgoing)
			return now - this.lastSocketOperation >= limits.answerMS;
		if (isPairingSetup || (isSession && (this.response || this.isIdle))) {
			if (this.stillSince !== undefined)
				this.stillSince = undefined; // setting a field that is not there yet would take memory
			return isPairingSetup && now - this.lastSocketOperation >= limits.pairSetupMS;
		}
		this.stillSince ??= now;
		return now - this.stillSince >= (isSession ? limits.requestMS : limits.strangerMS);
	}

	get subscriptionsCount(): number {
		return this.events.count;
	}

	/** What was written still goes out. Twice is harmless. */
	close(): void {
		const socket = this.socket;
		if (!socket)
			return;
		this.state = HAPConnectionState.CLOSING;
		this.socket = undefined;
		socket.close();
		this.release();
		this.state = HAPConnectionState.CLOSED;
		this.emit("closed");
		this.host.onClosed(this);
	}

	/** The pairing behind this session is gone: at once, or for the session that removed it when its answer is out. */
	closeConnectionAsOfUnpair(initiator: HAPConnection | undefined): void {
		if (initiator === this && !this.isIdle)
			this.state = HAPConnectionState.TO_BE_TEARED_DOWN;
		else
			this.close();
	}

	/** From the next change on. */
	enableEventNotifications(aid: number, iid: number): void {
		if (this.socket)
			this.events.enable(aid, iid);
	}

	disableEventNotifications(aid: number, iid: number): void {
		this.events.disable(aid, iid);
	}

	hasEventNotifications(aid: number, iid: number): boolean {
		return this.events.isEnabled(aid, iid);
	}

	clearRegisteredEvents(): void {
		this.events.clear();
	}

	/** A notification for this session alone, if it subscribed. */
	sendEvent(aid: number, iid: number, value: Value, immediate = false): void {
		if (!this.events.isEnabled(aid, iid))
			return;
		this.events.note(aid, iid, value, immediate);
		this.host.onNews();
	}

	/** From the answer to this request on, frames. */
	secure(session: Session): void {
		this.nextSession = session;
	}

	/* The socket */

	attach(socket: Socket<HAPConnection>): void {
		this.socket = socket;
	}

	onReadable(count: number): void {
		this.lastSocketOperation = this.host.now();
		this.readable = count;
		this.run();
	}

	onWritable(room: number): void {
		this.lastSocketOperation = this.host.now();
		this.room = room;
		this.send();
		this.run();
	}

	/** What is whole is answered, and what is not will never be. */
	onEnd(): void {
		this.isEnded = true;
		this.run();
	}

	private release(): void {
		this.session?.close();
		this.nextSession?.close();
		this.session = undefined;
		this.nextSession = undefined;
		this.outgoing = undefined;
		this.response = undefined;
		this.rest = undefined;
		this.pairVerify?.close();
		this.pairVerify = undefined;
		this.preparedWrite = undefined;
		this.lateAnswer?.cancel();
		this.lateAnswer = undefined;
		this.clearRegisteredEvents();
		if (this.parser)
			this.host.returnParser(this.parser);
		this.parser = undefined;
	}

	/* Requests */

	/** Answers are sent from here, not from where they are given: a stack of fixed size has no room for both at once. */
	private run(): void {
		if (this.isRunning)
			return;
		const host = this.host;
		this.isRunning = true;
		host.serving++;
		try {
			while ((this.readable > 0 || this.rest) && !this.response && !this.outgoing && this.read())
				if (typeof this.outgoing === "string")
					this.sendText(this.outgoing);
				else if (this.outgoing)
					this.send();
		}
		catch (error) {
			this.onError(error);
		}
		host.serving--;
		this.isRunning = false;
		if (this.outgoing)
			this.send();
		if (this.isEnded && !this.response && !this.outgoing)
			this.close();
		if (host.hasNews)
			host.flushEvents();
	}

	/** A broken stream closes; a request that is none is answered, and then closes. */
	private onError(error: unknown): void {
		if (this.response) {
			this.onRequestError(this.response, error);
			return;
		}
		if (error instanceof HttpError) {
			this.state = HAPConnectionState.TO_BE_TEARED_DOWN;
			this.response = new HAPResponse(this);
			this.response.sendEmpty(error.status);
			return;
		}
		if (!(error instanceof FrameError))
			this.host.onFault(error);
		this.close();
	}

	/** Whose fault decides: the controller's gets its status, ours is seen. */
	private onRequestError(response: HAPResponse, error: unknown): void {
		if (error instanceof MalformedError)
			response.sendEmpty(400);
		else if (error instanceof HttpError)
			response.sendEmpty(error.status);
		else {
			this.host.onFault(error);
			response.sendEmpty(500);
		}
	}

	/** What comes behind a request is copied out of the frame buffer: the answer needs it. */
	protected feed(bytes: Uint8Array, from: number, to: number): void {
		const parser = this.parser ?? this.host.takeParser();
		this.parser = parser;
		const at = from + parser.push(bytes, from, to);
		if (at < to)
			this.rest = bytes === this.host.frame ? bytes.slice(at, to) : bytes.subarray(at, to);
		if (parser.isComplete) {
			const response = new HAPResponse(this);
			this.response = response;
			if (this.listeners)
				this.emit("request", parser, response);
			this.host.onRequest(this, parser, response);
		}
		else if (parser.takeExpectation())
			this.outgoing = CONTINUE; // run() sends it
	}

	/* Answers */

	sendResponse(status: number, contentType: string | undefined, body: Piece | Iterator<Piece> | undefined): void {
		if (!this.socket)
			return;
		if (this.parser && !this.parser.keepAlive)
			this.state = HAPConnectionState.TO_BE_TEARED_DOWN;
		const isLast = this.state === HAPConnectionState.TO_BE_TEARED_DOWN;
		if (typeof body === "string") {
			const length = textBytes(body);
			if (length <= WHOLE_BODY)
				this.outgoing = responseText(status, contentType, length, isLast, body);
			else
				this.outgoing = new Outgoing(responseHead(status, contentType, length, isLast), body);
		}
		else if (body) {
			const length = body instanceof Uint8Array ? body.length : "chunked";
			this.outgoing = new Outgoing(responseHead(status, contentType, length, isLast), body);
		}
		else
			this.outgoing = responseHead(status, contentType, 0, isLast);
		if (!this.isRunning)
			this.send();
	}

	/** The last byte of an answer, or of an event, is with the TCP stack. */
	protected onSent(): void {
		this.outgoing = undefined;
		if (!this.response)
			return; // an event, or "100 Continue"
		this.response = undefined;
		if (this.parser)
			this.host.returnParser(this.parser);
		this.parser = undefined;
		if (this.stillSince !== undefined && this.session)
			this.stillSince = undefined;
		if (this.nextSession)
			this.startSession(this.nextSession);
		if (this.state === HAPConnectionState.TO_BE_TEARED_DOWN)
			this.end();
		else if (!this.isRunning)
			this.run(); // an answer given late: requests may be waiting
	}

	/** What came with pair-verify's last request is nobody's: the session did not seal it. */
	private startSession(session: Session): void {
		this.session?.close();
		this.session = session;
		this.nextSession = undefined;
		if (this.rest)
			this.state = HAPConnectionState.TO_BE_TEARED_DOWN;
	}

	/* Events */

	/** There may be something to be told. */
	get hasNews(): boolean {
		return this.events.hasNews;
	}

	/**
	 * Sends what is new, when the session may be sent to. Answers the time when it should be asked again because its
	 * window is open, -1 when that is when it has become idle, 0 when there is nothing to wait for. `immediate` is the characteristic
	 * that does not wait, or Immediate.
	 */
	flushEvents(now: number, immediate: number): number {
		const events = this.events;
		if (this.state !== HAPConnectionState.AUTHENTICATED || !events.hasNews)
			return 0;
		const isImmediate = immediate !== Immediate.None && events.isUrgent(immediate);
		if (!isImmediate && now < events.quietUntil)
			return events.quietUntil;
		if (!this.isIdle) {
			events.hold(isImmediate);
			return -1;
		}
		const body = events.take(now);
		if (body !== undefined)
			this.sendEventBody(body);
		return 0;
	}

	private sendEventBody(body: string): void {
		const length = textBytes(body);
		this.outgoing = length <= WHOLE_BODY ? eventHead(length, body) : new Outgoing(eventHead(length), body);
		this.send();
	}
}
