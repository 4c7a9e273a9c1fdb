/** What every endpoint works with. */

import type { AccessoryDatabase } from "hap/model/database";
import type { Identity } from "hap/pairing/identity";
import type { PairSetup } from "hap/pairing/pair-setup";
import type { Pairings } from "hap/pairing/pairings";
import type { HAPConnection } from "hap/server/hap-connection";
import type { HAPResponse } from "hap/server/hap-response";
import type { JsonLimits } from "hap/wire/json";
import type { RequestParser } from "hap/wire/http-parser";

export interface Accessory {
	readonly identity: Identity;
	readonly pairings: Pairings;
	readonly pairSetup: PairSetup;
	readonly database: AccessoryDatabase;
	/** What a JSON body may hold; by default what a switch needs. */
	readonly jsonLimits?: JsonLimits;
	/** How long an answer may wait for the accessory's own code; by default a second less than iOS waits. */
	readonly answerWithinMS?: number;
	/** Monotonic milliseconds. */
	now(): number;
	/** POST /identify, and a write of the Identify characteristic. */
	identify(): void;
	/** Pairings were removed: their sessions end, `initiator` last. */
	onPairingsRemoved(controllerIds: readonly string[], initiator: HAPConnection): void;
	/** This controller is no admin, or no more: its sessions hear no more of what is for admins only. */
	onUser(controllerId: string): void;
	/** The store did not take a change that a controller asked for. */
	onFault?(error: unknown): void;
}

export type Endpoint = (accessory: Accessory, connection: HAPConnection, request: RequestParser, response: HAPResponse) => void;
