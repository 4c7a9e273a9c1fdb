/** The accessory at run time: the one place where the objects of all layers meet. */

import { Discovery, type DiscoveryOptions } from "hap/discovery/discovery";
import type { ServiceDescription } from "hap/discovery/service";
import { AccessoryDatabase, type Behaviour } from "hap/model/database";
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
import { type Records, StorageError } from "hap/storage/records";
import type { RequestParser } from "hap/wire/http-parser";
import { describeService } from "host/advertisement";
import { Clock } from "host/clock";
import { DatabaseEvents } from "host/database-events";
import { Hardware, type Operator } from "host/hardware";
import type { NetworkListener } from "host/network";
import { openRecords } from "host/open-records";
import { PowerOnState } from "host/power-on-state";
import { keepPort, lastPort, openSetupCode } from "host/settings";
import { messageOf, StartError, type Target } from "host/target";
import { AID, CATEGORY, DEFINITION, Iid, NAME } from "host/this-accessory";

/**
 * It is itself what each layer asks for (the interfaces below), because an object of options, and each function in it, would
 * stay in memory as long as the accessory runs: some 130 bytes a function.
 */
export class Firmware
	implements Accessory, Behaviour, PairSetupOptions, EventedHTTPServerOptions, DiscoveryOptions, Operator, NetworkListener
{
	readonly identity: Identity;
	readonly pairings: Pairings;
	readonly tries: Tries;
	readonly pairSetup: PairSetup;
	readonly database: AccessoryDatabase;
	readonly characteristics: DatabaseEvents;
	readonly setupCode: string;
	readonly #target: Target;
	readonly #records: Records;
	readonly #server: EventedHTTPServer;
	readonly #hardware: Hardware;
	readonly #powerOnState: PowerOnState;
	readonly #clock = new Clock();
	/** What is advertised; undefined until there is a network to serve. */
	#service: ServiceDescription | undefined;
	#discovery: Discovery | undefined;

	/** The switch works from here on; controllers reach it when the network tells of an address. */
	constructor(target: Target) {
		const records = openRecords(target);
		this.#target = target;
		this.#records = records;
		this.identity = loadIdentity(records);
		this.setupCode = openSetupCode(records, target.setupCode);
		this.pairings = new Pairings(records);
		this.tries = new Tries(records);
		this.pairSetup = new PairSetup(this);
		this.database = new AccessoryDatabase(DEFINITION, this);
		this.characteristics = new DatabaseEvents(this.database);
		this.#server = new EventedHTTPServer(this);
		this.#powerOnState = new PowerOnState(records, target.powerOn, this);
		this.#hardware = new Hardware(target.pins, this, this.#powerOnState.isOn);
		this.#hardware.showPaired(this.isPaired);
		if (this.#powerOnState.isOn)
			this.database.update(AID, Iid.On, true);
	}

	/** Discovery begins when there is one. */
	get service(): ServiceDescription {
		return this.#service!;
	}

	get port(): number {
		return this.#server.address()?.port ?? 0;
	}

	get deviceId(): string {
		return this.identity.deviceId;
	}

	get name(): string {
		return this.#target.name ?? NAME;
	}

	get setupPayload(): string {
		return setupPayload(CATEGORY, this.setupCode, this.identity.setupId);
	}

	get isPaired(): boolean {
		return this.pairings.isPaired;
	}

	now(): number {
		return this.#clock.now();
	}

	/** One line a session. */
	describeSessions(): string[] {
		const now = this.now();
		return this.#server.connections.map((connection) => {
			const who = connection.username ?? "not verified";
			const idle = Math.round((now - connection.lastSocketOperation) / 1000);
			return `session ${connection.sessionID}: ${connection.remoteAddress} ${who}, ${connection.subscriptionsCount} subscribed, idle ${idle} s`;
		});
	}

	/** Goodbye to the network and to every session. */
	stop(): void {
		this.#powerOnState.close();
		this.#discovery?.close();
		this.#server.stop();
		this.#hardware.close();
	}

	/* The network */

	/** StartError, at the first address, says what a person must mend. */
	onAddress(): void {
		this.#hardware.showConnected(true);
		if (this.#service) {
			this.#discovery?.networkChanged();
			return;
		}
		this.openPort();
		keepPort(this.#records, this.port);
		this.#service = describeService(this, this.#records);
		this.#discovery = this.#target.isDiscoverable ? new Discovery(this) : undefined;
	}

	onNoAddress(reason: string): void {
		this.#hardware.showConnected(false);
		this.#target.log(`network: ${reason}`);
	}

	/* What a person does */

	/** As if it were new, but for who it is: no pairings, no tries, and no pair-setup half-way. */
	reset(): void {
		try {
			const removed = this.pairings.clear();
			this.pairSetup.cancel();
			this.#target.log("reset: unpaired");
			this.onPairingsRemoved(removed, undefined);
			this.tries.reset();
		}
		catch (error) {
			if (!(error instanceof StorageError))
				throw error;
			this.#target.log(`reset: ${error.message}`);
			this.#hardware.showFault();
		}
	}

	toggle(): void {
		const on = this.database.find(AID, Iid.On)!;
		const isOn = this.database.lastValue(on) !== true;
		this.#hardware.switchTo(isOn);
		this.database.update(AID, Iid.On, isOn);
	}

	identify(): void {
		this.#target.log("identify");
		this.#hardware.identify();
	}

	/* What controllers do */

	read(_aid: number, { iid }: CharacteristicDefinition): Value | undefined {
		switch (iid) {
			case Iid.SerialNumber:
				return this.deviceId;
			case Iid.Name:
			case Iid.SwitchName:
				return this.name;
			default:
				return undefined;
		}
	}

	write(_aid: number, { iid }: CharacteristicDefinition, value: Value): HapStatus {
		if (iid === Iid.On)
			this.#hardware.switchTo(value === true);
		else if (iid === Iid.Identify)
			this.identify();
		return HapStatus.Success;
	}

	onChanged(aid: number, { iid, info }: CharacteristicDefinition, value: Value, originator: object | undefined): void {
		const connection = originator instanceof HAPConnection ? originator : undefined;
		if (iid === Iid.On && this.#powerOnState.keep(value === true))
			this.#target.log(`switched ${value ? "on" : "off"} by ${connection?.username ?? "hand"}`);
		this.#server.broadcastEvent(aid, iid, value, connection, info.isStateless === true);
	}

	/** Ours, not the controller's: it is seen, and the rest goes on. */
	onFault(error: unknown): void {
		this.#hardware.showFault();
		this.#target.log(`fault: ${error instanceof Error ? `${error.message}\n${error.stack}` : String(error)}`);
	}

	/* Pairings */

	readVerifier(): SetupVerifier | undefined {
		return readVerifier(this.#records);
	}

	onPaired(controllerId: string): void {
		this.#target.log(`paired with ${controllerId}`);
		this.#hardware.showPaired(true);
		this.#discovery?.update({ sf: 0 });
	}

	onPairingsRemoved(controllerIds: readonly string[], initiator: HAPConnection | undefined): void {
		for (const controllerId of controllerIds) {
			this.#target.log(`unpaired from ${controllerId}`);
			EventedHTTPServer.destroyExistingConnectionsAfterUnpair(initiator, controllerId, this.#server);
		}
		if (this.isPaired)
			return;
		this.#hardware.showPaired(false);
		this.#discovery?.update({ sf: 1 });
	}

	/* The server */

	get maxConnections(): number {
		return this.#target.maxConnections;
	}

	onRequest(connection: HAPConnection, request: RequestParser, response: HAPResponse): void {
		route(this, connection, request, response);
	}

	isPairing(connection: HAPConnection): boolean {
		return this.pairSetup.isHeldBy(connection);
	}

	onConnectionOpened(connection: HAPConnection): void {
		this.#target.log(`connected: ${connection.remoteAddress}, session ${connection.sessionID}`);
	}

	onAuthenticated(connection: HAPConnection): void {
		this.#target.log(`verified: ${connection.username}, session ${connection.sessionID}`);
	}

	onConnectionClosed(connection: HAPConnection): void {
		this.pairSetup.release(connection);
		this.#target.log(`closed: session ${connection.sessionID}`);
	}

	/** The port that was asked for, else the one of last time, else any. */
	private openPort(): void {
		const { port } = this.#target;
		const wanted = port ?? lastPort(this.#records);
		try {
			this.listenOn(wanted);
		}
		catch (error) {
			if (port !== undefined || wanted === 0)
				throw error;
			this.listenOn(0);
		}
	}

	private listenOn(port: number): void {
		try {
			this.#server.listen(port, this.#target.host);
		}
		catch (error) {
			throw new StartError(`cannot listen on ${this.#target.host ?? "any address"} port ${port}: ${messageOf(error)}`);
		}
	}

	/* Discovery */

	get interfaces(): readonly string[] {
		return this.#target.interfaces;
	}

	get isPortShared(): boolean {
		return this.#target.isPortShared;
	}

	addresses(): readonly string[] {
		return this.#target.addresses();
	}

	/** Spreads the load of a network's answers; nothing secret comes of it. */
	random(): number {
		return Math.random();
	}

	onRenamed(instance: string): void {
		this.#target.log(`the name is taken; this accessory is "${instance}" now`);
	}
}
