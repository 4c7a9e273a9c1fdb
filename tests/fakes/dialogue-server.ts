/** The server with fake sockets and a clock that is turned by hand, in front of the database of all kinds. */

import { toText } from "hap/bytes/bytes";
import { AccessoryDatabase } from "hap/model/database";
import type { CharacteristicDefinition, Value } from "hap/model/types";
import { EventedHTTPServer } from "hap/server/evented-http-server";
import { HAPConnection } from "hap/server/hap-connection";
import type { HAPResponse } from "hap/server/hap-response";
import type { RequestParser } from "hap/wire/http-parser";
import { Session } from "hap/wire/frame";
import { DatabaseEvents } from "hap/accessory/database-events";
import { DEFINITION, KindsBehaviour } from "tests/fakes/all-kinds";
import { Controller } from "tests/fakes/controller";

export type Handler = (connection: HAPConnection, request: RequestParser, response: HAPResponse) => void;

export interface DialogueOptions {
	ringCapacity?: number;
	eventWindowMS?: number;
	/** Serves what is not `/verify`. */
	handler?: Handler;
	isPairing?(connection: HAPConnection): boolean;
	/** The handler serves `/verify` too, which strangers may ask for. */
	handlesAll?: boolean;
}

class ServedBehaviour extends KindsBehaviour {
	server: DialogueServer | undefined;

	override onChanged(aid: number, characteristic: CharacteristicDefinition, value: Value, originator: object | undefined): void {
		const { iid, info } = characteristic;
		super.onChanged(aid, characteristic, value, originator);
		const connection = originator instanceof HAPConnection ? originator : undefined;
		this.server?.broadcastEvent(aid, iid, value, connection, info.isStateless === true);
	}

	override onFault(error: unknown): void {
		super.onFault(error);
		this.server?.faults.push(error);
	}
}

export class DialogueServer extends EventedHTTPServer {
	time = 1000;
	readonly database: AccessoryDatabase;
	readonly behaviour: KindsBehaviour;
	readonly faults: unknown[] = [];
	readonly closed: HAPConnection[] = [];
	#open: HAPConnection[] = [];
	#lastID = 0;

	constructor(options: DialogueOptions = {}) {
		const behaviour = new ServedBehaviour();
		const database = new AccessoryDatabase(DEFINITION, behaviour);
		super({
			characteristics: new DatabaseEvents(database),
			now: () => this.time,
			ringCapacity: options.ringCapacity,
			eventWindowMS: options.eventWindowMS,
			isPairing: options.isPairing,
		});
		behaviour.server = this;
		this.behaviour = behaviour;
		this.database = database;
		this.on("fault", (error) => this.faults.push(error));
		this.on("request", (connection, request, response) => {
			if (request.path === "/verify" && !options.handlesAll)
				verify(connection, request, response);
			else
				(options.handler ?? subscribeOrEcho)(connection, request, response);
		});
	}

	override get connections(): readonly HAPConnection[] {
		return [...this.#open];
	}

	override onClosed(connection: HAPConnection): void {
		this.#open = this.#open.filter((other) => other !== connection);
		this.closed.push(connection);
		super.onClosed(connection);
	}

	connect(): Controller {
		if (!this.frame)
			this.share();
		const connection = new HAPConnection(this, ++this.#lastID);
		this.#open.push(connection);
		return new Controller(connection);
	}

	/** A session that pair-verify has secured, and that has subscribed to characteristics of the first accessory. */
	connectSecured(iids: readonly number[] = [], username = "controller"): Controller {
		const controller = this.connect();
		const secret = secretOf(controller.connection.sessionID);
		controller.send("POST", "/verify", username);
		const [answer] = controller.hear();
		if (answer !== "204")
			throw new Error(`not verified: ${answer}`);
		controller.secure(secret);
		for (const iid of iids)
			controller.connection.enableEventNotifications(1, iid);
		return controller;
	}

	/** Time passes; timers that were waiting for it go off. */
	advance(milliseconds: number): void {
		this.time += milliseconds;
		this.flushEvents();
		this.tick();
	}

	/** The hardware changes. */
	change(iid: number, value: Value, aid = 1): void {
		this.database.update(aid, iid, value);
	}
}

export function secretOf(sessionID: number): Uint8Array {
	return new Uint8Array(32).fill(sessionID);
}

/** Stands for pair-verify: the body says who is there. */
export function verify(connection: HAPConnection, request: RequestParser, response: HAPResponse): void {
	connection.secure(new Session(secretOf(connection.sessionID)));
	connection.connectionAuthenticated(toText(request.body));
	response.sendEmpty(204);
}

/** `/on?iid` and `/off?iid` subscribe and unsubscribe, anything else is answered with its target and body. */
function subscribeOrEcho(connection: HAPConnection, { path, query, body }: RequestParser, response: HAPResponse): void {
	switch (path) {
		case "/on":
			connection.enableEventNotifications(1, Number(query));
			response.sendEmpty(204);
			break;
		case "/off":
			connection.disableEventNotifications(1, Number(query));
			response.sendEmpty(204);
			break;
		default:
			response.send(200, "text/plain", `${path}${query && `?${query}`} ${toText(body)}`);
	}
}
