/** What an EventedHTTPServer tells, and what it is told. */

import type { NotifyingCharacteristics } from "hap/server/event-journal";
import type { HAPConnection } from "hap/server/hap-connection";
import type { HAPResponse } from "hap/server/hap-response";
import type { TimeLimits } from "hap/server/time-limits";
import type { HttpLimits, RequestParser } from "hap/wire/http-parser";

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
