/**
 * A whole connection: socket, frames, requests, endpoints, events. The first byte says whether it is secured, who is there, and
 * whether its subscriptions are made; then come commands, each with bytes: deliver them as they are, or sealed in frames; give
 * the socket room; change the hardware; let time pass.
 */

import { loadIdentity } from "hap/pairing/identity";
import { PairSetup } from "hap/pairing/pair-setup";
import { Pairings, Permission } from "hap/pairing/pairings";
import { Tries } from "hap/pairing/tries";
import type { Accessory } from "hap/server/endpoints/endpoint";
import { EventedHTTPServer } from "hap/server/evented-http-server";
import type { HAPConnection } from "hap/server/hap-connection";
import { route } from "hap/server/router";
import { Records } from "hap/storage/records";
import { Session } from "hap/wire/frame";
import { Kind } from "tests/fakes/all-kinds";
import type { Controller } from "tests/fakes/controller";
import { DialogueServer } from "tests/fakes/dialogue-server";
import { ADMIN, USER } from "tests/fakes/endpoint-accessory";
import { MemoryStorage } from "tests/fakes/memory-storage";
import { Controller as Person } from "tests/fakes/pairing-controller";
import { check, InputReader } from "tests/fuzz/support/check";

const MOST_COMMANDS = 12;
const STATUSES = [100, 200, 204, 207, 400, 404, 405, 413, 414, 417, 431, 470, 500, 501, 503, 505];
const SECRET = new Uint8Array(32).fill(7);
const SUBSCRIBED = [Kind.Bool, Kind.UInt8, Kind.Press];

const enum Command {
	Deliver,
	DeliverSealed,
	DeliverInPieces,
	Room,
	Change,
	Press,
	Advance,
	Gone,
	Count,
}

const store = new MemoryStorage();
const freshRecords = new Records(store, () => {});
const identity = loadIdentity(freshRecords);
const paired = new Pairings(freshRecords);
paired.set(Person.named(ADMIN).pairing(Permission.Admin));
paired.set(Person.named(USER).pairing(Permission.User));

class FuzzedAccessory implements Accessory {
	readonly identity = identity;
	readonly #records = new Records(store.restarted(), () => {});
	readonly pairings = new Pairings(this.#records);
	/** Without a verifier: SRP would take all the time, and has tests of its own. */
	readonly pairSetup = new PairSetup({
		identity,
		pairings: this.pairings,
		tries: new Tries(this.#records),
		readVerifier: () => undefined,
		onPaired: () => {},
	});
	readonly server = new DialogueServer({
		handler: (connection, request, response) => route(this, connection, request, response),
		handlesAll: true,
	});
	readonly database = this.server.database;

	now(): number {
		return this.server.time;
	}

	identify(): void {}

	onPairingsRemoved(controllerIds: readonly string[], initiator: HAPConnection): void {
		for (const controllerId of controllerIds)
			EventedHTTPServer.destroyExistingConnectionsAfterUnpair(initiator, controllerId);
	}

	onUser(controllerId: string): void {
		for (const connection of this.server.connections)
			if (connection.username === controllerId)
				this.database.endAdminOnly(connection);
	}
}

/** As it is behind the answer to pair-verify's last request, which takes more time than all that most inputs say. */
function secure(controller: Controller, username: string): void {
	const { connection } = controller;
	(connection as unknown as { session: Session; }).session = new Session(SECRET);
	controller.secure(SECRET);
	connection.connectionAuthenticated(username);
}

function connect(server: DialogueServer, mode: number): Controller {
	const controller = server.connect();
	if ((mode & 1) === 0)
		return controller;
	secure(controller, mode & 2 ? USER : ADMIN);
	if (mode & 4) {
		for (const iid of SUBSCRIBED)
			controller.connection.enableEventNotifications(1, iid);
	}
	return controller;
}

function hear(controller: Controller): void {
	for (const { protocol, status } of controller.hearMessages()) {
		check(STATUSES.includes(status), `status ${status}`);
		check(protocol === "HTTP/1.1" || status === 200, "an event has status 200");
	}
}

function deliver(controller: Controller, bytes: Uint8Array): void {
	if (bytes.length > 0 && !controller.isClosed)
		controller.deliver(bytes);
}

function deliverInPieces(controller: Controller, bytes: Uint8Array, length: number): void {
	for (let at = 0; at < bytes.length; at += length)
		deliver(controller, bytes.slice(at, at + length));
}

function perform(controller: Controller, server: DialogueServer, reader: InputReader): void {
	const command = reader.byte() % Command.Count;
	const argument = reader.byte();
	switch (command) {
		case Command.Deliver:
			deliver(controller, reader.bytes(argument));
			break;
		case Command.DeliverSealed:
			deliver(controller, controller.seal(reader.bytes(4 * argument)));
			break;
		case Command.DeliverInPieces:
			deliverInPieces(controller, controller.seal(reader.bytes(argument & 63), 1 + (argument >> 3)), 1 + (argument & 3));
			break;
		case Command.Room:
			if (!controller.isClosed)
				controller.socket.setRoom(argument < 128 ? 8 * argument : undefined);
			break;
		case Command.Change:
			server.change(Kind.Bool, (argument & 1) !== 0);
			server.change(Kind.UInt8, argument % 101);
			break;
		case Command.Press:
			server.change(Kind.Press, argument % 3);
			break;
		case Command.Advance:
			server.advance(50 * argument);
			break;
		case Command.Gone:
			controller.socket.isGone = argument === 255;
			break;
	}
}

export default function connection(input: Uint8Array): void {
	const reader = new InputReader(input);
	const { server } = new FuzzedAccessory();
	const controller = connect(server, reader.byte());
	for (let commands = 0; commands < MOST_COMMANDS && !reader.isEmpty; commands++) {
		perform(controller, server, reader);
		hear(controller);
	}
	if (!controller.isClosed)
		controller.socket.setRoom(undefined);
	hear(controller);
	check(server.faults.length === 0, `a fault of ours: ${server.faults[0]}`);
	controller.connection.close();
	check(server.connections.length === 0, "nothing is left of it");
	server.stop();
}
