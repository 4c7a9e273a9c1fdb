/** What a connection needs of its server. */

import type { EventJournal, NotifyingCharacteristics } from "hap/server/event-journal";
import type { HAPConnection } from "hap/server/hap-connection";
import type { HAPResponse } from "hap/server/hap-response";
import type { RequestParser } from "hap/wire/http-parser";

export interface ConnectionHost {
	/**
	 * The one frame buffer of all connections, in both directions: a connection has bytes in it only while a call of its own
	 * runs, and copies what it still needs before it answers.
	 */
	readonly frame: Uint8Array;
	readonly journal: EventJournal;
	readonly characteristics: NotifyingCharacteristics;
	readonly eventWindowMS: number;
	/** Monotonic milliseconds. */
	now(): number;
	/** Of the frame buffer: its first two bytes; what is read behind them; so many bytes from its start on, to be written. */
	readonly lengthView: Uint8Array;
	inView(length: number): Uint8Array;
	outView(length: number): Uint8Array;
	/** The views that were asked for last, and how long they are: mostly the next one is as long. */
	readonly lastInView: Uint8Array;
	readonly lastOutView: Uint8Array;
	readonly lastInBytes: number;
	readonly lastOutBytes: number;
	/** Connections that are at work: what there is to be told waits until they are done. */
	serving: number;
	takeParser(): RequestParser;
	returnParser(parser: RequestParser): void;
	/** A connection may have something to be told. */
	readonly hasNews: boolean;
	/** Tells connections what they have not been told. */
	flushEvents(): void;
	/** There is something to be told to this connection, or to another. */
	onNews(): void;
	onRequest(connection: HAPConnection, request: RequestParser, response: HAPResponse): void;
	onAuthenticated(connection: HAPConnection): void;
	onClosed(connection: HAPConnection): void;
	/** A mistake of ours: to be seen, not to end anything. */
	onFault(error: unknown): void;
}
