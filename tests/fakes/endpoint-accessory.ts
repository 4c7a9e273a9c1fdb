/** The server with its router, and behind it an accessory of all kinds that keeps its records in memory. */

import { loadIdentity, readVerifier, writeVerifier } from "hap/pairing/identity";
import { PairSetup } from "hap/pairing/pair-setup";
import { Pairings, Permission } from "hap/pairing/pairings";
import { Tries } from "hap/pairing/tries";
import type { Accessory } from "hap/server/endpoints/endpoint";
import { EventedHTTPServer } from "hap/server/evented-http-server";
import { HAPConnection } from "hap/server/hap-connection";
import { route } from "hap/server/router";
import { Records } from "hap/storage/records";
import type { Controller } from "tests/fakes/controller";
import { DialogueServer } from "tests/fakes/dialogue-server";
import { MemoryStorage } from "tests/fakes/memory-storage";
import { Controller as Person, VerifyDialogue } from "tests/fakes/pairing-controller";

export const ADMIN = "2B5B7C4E-0000-4000-8000-000000000001";
export const USER = "2B5B7C4E-0000-4000-8000-000000000002";

export class EndpointAccessory implements Accessory {
	readonly #records = new Records(new MemoryStorage(), () => {});
	readonly identity = loadIdentity(this.#records);
	readonly pairings = new Pairings(this.#records);
	readonly pairSetup = new PairSetup({
		identity: this.identity,
		pairings: this.pairings,
		tries: new Tries(this.#records),
		readVerifier: () => readVerifier(this.#records),
		onPaired: () => {},
	});
	readonly server = new DialogueServer({ handler: (connection, request, response) => route(this, connection, request, response) });
	readonly database = this.server.database;
	identified = 0;

	/** With an admin and a user, else fresh from its box. */
	constructor(isPaired = true) {
		writeVerifier(this.#records, "518-08-582");
		this.server.behaviour.isAdmin = (session) => session instanceof HAPConnection && this.pairings.isAdmin(session.username ?? "");
		if (!isPaired)
			return;
		this.pairings.set(Person.named(ADMIN).pairing(Permission.Admin));
		this.pairings.set(Person.named(USER).pairing(Permission.User));
	}

	now(): number {
		return this.server.time;
	}

	identify(): void {
		this.identified++;
	}

	onPairingsRemoved(controllerIds: readonly string[], initiator: HAPConnection): void {
		for (const controllerId of controllerIds)
			EventedHTTPServer.destroyExistingConnectionsAfterUnpair(initiator, controllerId);
	}

	onUser(controllerId: string): void {
		for (const connection of this.server.connections)
			if (connection.username === controllerId)
				this.database.endAdminOnly(connection);
	}

	/** A controller that has gone through pair-verify. */
	verified(controllerId = ADMIN): Controller {
		return this.verify(this.server.connect(), controllerId);
	}

	/** A connection goes through pair-verify, or a session goes through it again. */
	verify(controller: Controller, controllerId: string): Controller {
		const verify = new VerifyDialogue(Person.named(controllerId), this.identity.accessoryLTPK);
		controller.send("POST", "/pair-verify", verify.M1());
		const [M2] = controller.hearMessages();
		controller.send("POST", "/pair-verify", verify.M3(M2.body));
		const [M4] = controller.hearMessages();
		controller.secure(verify.finish(M4.body));
		return controller;
	}
}
