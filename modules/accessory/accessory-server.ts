/** An accessory at run time, whichever it is: the one place where the objects of all layers meet. */

import { DatabaseEvents } from "hap/accessory/database-events";
import {
	type Accessory as Declaration,
	type Characteristic,
	type HandledCharacteristic,
	OwnType,
	type WriteAnswer,
} from "hap/accessory/declaration";
import type { Device } from "hap/accessory/device";
import { NetworkPresence } from "hap/accessory/network-presence";
import { openRecords } from "hap/accessory/open-records";
import { keptCode, openSetupCode } from "hap/accessory/settings";
import type { Target } from "hap/accessory/target";
import { AccessoryDatabase, type Behaviour } from "hap/model/database";
import { accessoryOf, aidOf } from "hap/model/places";
import { type CharacteristicDefinition, HapStatus, type Value } from "hap/model/types";
import { type Identity, loadIdentity, readVerifier, type SetupVerifier } from "hap/pairing/identity";
import { PairSetup, type PairSetupOptions } from "hap/pairing/pair-setup";
import { Pairings } from "hap/pairing/pairings";
import { setupPayload } from "hap/pairing/setup-payload";
import { Tries } from "hap/pairing/tries";
import type { Accessory } from "hap/server/endpoints/endpoint";
import { EventedHTTPServer, type EventedHTTPServerOptions } from "hap/server/evented-http-server";
import { HAPConnection } from "hap/server/hap-connection";
import type { HAPResponse } from "hap/server/hap-response";
import { route } from "hap/server/router";
import { StorageError } from "hap/storage/records";
import type { RequestParser } from "hap/wire/http-parser";

/** The accessory that is paired with; a bridge, or the only one. */
const AID = 1;

/**
 * It is itself what each layer asks for (the interfaces below), because an object of options, and each function in it, would
 * stay in memory as long as the accessory runs: some 130 bytes a function.
 */
export class AccessoryServer extends NetworkPresence implements Accessory, Behaviour, PairSetupOptions, EventedHTTPServerOptions {
	readonly identity: Identity;
	readonly pairings: Pairings;
	readonly pairSetup: PairSetup;
	readonly database: AccessoryDatabase;
	readonly characteristics: DatabaseEvents;
	private readonly declaration: Declaration<never>;
	protected readonly server: EventedHTTPServer;
	private readonly opened: unknown;
	/** The session of the last check, which is nothing to write home about. */
	declare private checkID: number | undefined;

	/** The hardware works from here on; controllers reach it when the network tells of an address. */
	constructor(target: Target, declaration: Declaration<never>, open: (server: AccessoryServer) => unknown) {
		const records = openRecords(target);
		super(target, records);
		this.declaration = declaration;
		this.identity = loadIdentity(records);
		openSetupCode(records, target.setupCode);
		this.pairings = new Pairings(records);
		this.pairSetup = new PairSetup(this);
		this.database = new AccessoryDatabase(declaration.definition, this);
		this.characteristics = new DatabaseEvents(this.database);
		this.server = new EventedHTTPServer(this);
		this.opened = open(this);
		this.device?.showPaired?.(this.isPaired);
	}

	/** Every part of it is optional, and so is a device: while it is being opened there is none. */
	protected get device(): Device | undefined {
		return this.opened as Device | undefined;
	}

	/** It knows nothing but the records, where the number is. */
	get tries(): Tries {
		return new Tries(this.records);
	}

	get deviceId(): string {
		return this.identity.deviceId;
	}

	get name(): string {
		return this.target.name ?? this.declaration.name;
	}

	/** Read when it is asked for, so that it is not in memory. */
	get setupCode(): string {
		return keptCode(this.records) ?? "";
	}

	/** As `md` shows it. */
	get model(): string {
		return this.declaration.model;
	}

	get category(): number {
		return this.declaration.category;
	}

	get setupPayload(): string {
		return setupPayload(this.category, this.setupCode, this.identity.setupId);
	}

	get isPaired(): boolean {
		return this.pairings.isPaired;
	}

	/** One line a session. */
	describeSessions(): string[] {
		const now = this.now();
		return this.server.connections.map((connection) => {
			const who = connection.username ?? "not verified";
			const idle = Math.round((now - connection.lastSocketOperation) / 1000);
			return `session ${connection.sessionID}: ${connection.remoteAddress} ${who}, ${connection.subscriptionsCount} subscribed, idle ${idle} s`;
		});
	}

	/** Goodbye to the network and to every session. */
	override stop(): void {
		super.stop();
		this.device?.close?.();
	}

	/* What a person does */

	/** As if it were new, but for who it is: no pairings, no tries, and no pair-setup half-way. */
	reset(): void {
		try {
			const removed = this.pairings.clear();
			this.pairSetup.cancel();
			this.target.log("reset: unpaired");
			this.onPairingsRemoved(removed, undefined);
			this.tries.reset();
		}
		catch (error) {
			if (!(error instanceof StorageError))
				throw error;
			this.target.log(`reset: ${error.message}`);
			this.device?.showFault?.();
		}
	}

	identify(aid = AID): void {
		this.target.log("identify");
		this.device?.identify?.(aid);
	}

	/* What the accessory's own code does */

	/** The value as it was last known; of accessories alike, `aid` says whose. */
	value<V extends Value>(characteristic: Characteristic<V>, aid = this.aidOf(characteristic)): V {
		return this.database.lastValue(aid, characteristic) as V;
	}

	/** The hardware is like that now, and every subscribed controller hears of it. RangeError when the characteristic takes no such value. */
	update<V extends Value>(characteristic: Characteristic<V>, value: V, aid = this.aidOf(characteristic)): void {
		this.database.update(aid, characteristic.iid, value);
	}

	private aidOf(characteristic: Characteristic): number {
		return aidOf(this.declaration.definition, characteristic);
	}

	/* What controllers do */

	read(aid: number, characteristic: CharacteristicDefinition): Value | undefined {
		const { read, value, info } = characteristic as HandledCharacteristic<unknown>;
		if (read)
			return read(this.opened, aid);
		if (info.type === OwnType.SerialNumber && value === undefined)
			return aid === AID ? this.deviceId : `${this.deviceId}-${aid}`;
		return info.type === OwnType.Name && typeof value === "string" ? this.nameOf(aid, value) : undefined;
	}

	/** The person's choice for the accessory itself; accessories alike are numbered. */
	private nameOf(aid: number, name: string): string {
		const accessory = accessoryOf(this.declaration.definition, aid)!;
		if (accessory.count > 1)
			return `${name} ${aid - accessory.aid + 1}`;
		return name === this.declaration.name ? this.name : name;
	}

	fetch(aid: number, characteristic: CharacteristicDefinition): PromiseLike<Value> | undefined {
		return (characteristic as HandledCharacteristic<unknown>).fetch?.(this.opened, aid);
	}

	isAuthorized(aid: number, characteristic: CharacteristicDefinition, authData: string | undefined): boolean {
		return (characteristic as HandledCharacteristic<unknown>).authorize?.(authData, this.opened, aid) === true;
	}

	write(aid: number, characteristic: CharacteristicDefinition, value: Value): HapStatus | PromiseLike<HapStatus> {
		const write = (characteristic as HandledCharacteristic<unknown>).write;
		if (write)
			return statusOf(write(value, this.opened, aid));
		if (characteristic.info.type === OwnType.Identify)
			this.identify(aid);
		return HapStatus.Success;
	}

	isAdmin(session: object): boolean {
		return session instanceof HAPConnection && session.username !== undefined && this.pairings.isAdmin(session.username);
	}

	/** `originator` is the connection that wrote: whoever else calls the database's write() names none. */
	onChanged(_aid: number, characteristic: CharacteristicDefinition, value: Value, originator: object | undefined, index: number): void {
		const connection = originator as HAPConnection | undefined;
		(this.opened as Device | undefined)?.onChanged?.(characteristic, value, connection?.username);
		this.server.broadcastChange(index, value, connection, characteristic.info.isStateless === true);
	}

	/** Ours, not the controller's: it is seen, and the rest goes on. */
	onFault(error: unknown): void {
		this.device?.showFault?.();
		this.target.log(`fault: ${error instanceof Error ? `${error.message}\n${error.stack}` : String(error)}`);
	}

	/* Pairings */

	readVerifier(): SetupVerifier | undefined {
		return readVerifier(this.records);
	}

	onPaired(controllerId: string): void {
		this.target.log(`paired with ${controllerId}`);
		this.device?.showPaired?.(true);
		this.discovery?.update({ sf: 0 });
	}

	onPairingsRemoved(controllerIds: readonly string[], initiator: HAPConnection | undefined): void {
		for (const controllerId of controllerIds) {
			this.target.log(`unpaired from ${controllerId}`);
			this.server.closeSessionsOf(controllerId, initiator);
		}
		if (this.isPaired)
			return;
		this.device?.showPaired?.(false);
		this.discovery?.update({ sf: 1 });
	}

	onUser(controllerId: string): void {
		for (const connection of this.server.connections)
			if (connection.username === controllerId)
				this.database.endAdminOnly(connection);
	}

	/* The server */

	get maxConnections(): number {
		return this.target.maxConnections;
	}

	onRequest(connection: HAPConnection, request: RequestParser, response: HAPResponse): void {
		route(this, connection, request, response);
	}

	isPairing(connection: HAPConnection): boolean {
		return this.pairSetup.isHeldBy(connection);
	}

	onConnectionOpened(connection: HAPConnection): void {
		if (this.selfCheck && connection.remoteAddress === this.selfCheck.address) {
			this.checkID = connection.sessionID;
			return;
		}
		this.target.log(`connected: ${connection.remoteAddress}, session ${connection.sessionID}`);
	}

	onAuthenticated(connection: HAPConnection): void {
		this.target.log(`verified: ${connection.username}, session ${connection.sessionID}`);
	}

	onConnectionClosed(connection: HAPConnection): void {
		this.pairSetup.release(connection);
		if (connection.sessionID === this.checkID)
			this.checkID = undefined;
		else
			this.target.log(`closed: session ${connection.sessionID}`);
	}
}

/** What a function that answers nothing has done, now or later. */
function statusOf(answer: WriteAnswer): HapStatus | PromiseLike<HapStatus> {
	if (typeof answer === "object")
		return answer.then((status) => status ?? HapStatus.Success);
	return answer ?? HapStatus.Success;
}
