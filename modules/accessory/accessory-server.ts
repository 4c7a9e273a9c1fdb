/** An accessory at run time, whichever it is: the one place where the objects of all layers meet. */

import Timer from "timer";
import { describeText } from "hap/accessory/advertisement";
import { Clock } from "hap/accessory/clock";
import { DatabaseEvents } from "hap/accessory/database-events";
import type { Accessory as Declaration, Characteristic, HandledCharacteristic, WriteAnswer } from "hap/accessory/declaration";
import type { Device } from "hap/accessory/device";
import type { NetworkListener } from "hap/accessory/network";
import { openRecords } from "hap/accessory/open-records";
import { SelfCheck } from "hap/accessory/self-check";
import { keepPort, keptCode, lastPort, openSetupCode } from "hap/accessory/settings";
import { messageOf, StartError, type Target } from "hap/accessory/target";
import { Discovery, type DiscoveryOptions } from "hap/discovery/discovery";
import type { ServiceDescription, ServiceText } from "hap/discovery/service";
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
import { type Records, StorageError } from "hap/storage/records";
import type { RequestParser } from "hap/wire/http-parser";

/** From one look at itself to the next. It costs a connection for a moment, and finds in minutes what people notice in hours. */
const CHECK_MS = 300_000;
const CHECK_PATIENCE_MS = 5000;

/** The accessory that is paired with; a bridge, or the only one. */
const AID = 1;

/** Characteristics that every accessory has, and that answer for themselves. */
const enum Type {
	Identify = "14",
	Name = "23",
	SerialNumber = "30",
}

/**
 * It is itself what each layer asks for (the interfaces below), because an object of options, and each function in it, would
 * stay in memory as long as the accessory runs: some 130 bytes a function.
 */
export class AccessoryServer extends Clock
	implements Accessory, Behaviour, PairSetupOptions, EventedHTTPServerOptions, DiscoveryOptions, ServiceDescription, NetworkListener
{
	readonly identity: Identity;
	readonly pairings: Pairings;
	readonly pairSetup: PairSetup;
	readonly database: AccessoryDatabase;
	readonly characteristics: DatabaseEvents;
	readonly target: Target;
	/** What must survive a power cut; a device may keep its own there, under keys of at most fifteen characters. */
	readonly records: Records;
	private readonly declaration: Declaration<never>;
	private readonly server: EventedHTTPServer;
	private readonly opened: unknown;
	/** What is advertised; there from when there is a network to serve. */
	declare text: ServiceText;
	private discovery: Discovery | undefined;
	/** A check that is under way. */
	declare private selfCheck: SelfCheck | undefined;
	declare private checks: Timer | undefined;
	/** The session of the last check, which is nothing to write home about. */
	declare private checkID: number | undefined;

	/** The hardware works from here on; controllers reach it when the network tells of an address. */
	constructor(target: Target, declaration: Declaration<never>, open: (server: AccessoryServer) => unknown) {
		super();
		const records = openRecords(target);
		this.target = target;
		this.records = records;
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
	private get device(): Device | undefined {
		return this.opened as Device | undefined;
	}

	get service(): ServiceDescription {
		return this;
	}

	get instance(): string {
		return this.name;
	}

	get hostName(): string {
		return `hap-xs-${this.deviceId.split(":").join("")}`;
	}

	/** It knows nothing but the records, where the number is. */
	get tries(): Tries {
		return new Tries(this.records);
	}

	get port(): number {
		return this.server.address()?.port ?? 0;
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
	stop(): void {
		Timer.clear(this.checks);
		this.discovery?.close();
		this.server.stop();
		this.device?.close?.();
	}

	/* The network */

	/** StartError, at the first address, says what a person must mend. */
	onAddress(): void {
		this.device?.showConnected?.(true);
		if (this.text) {
			this.discovery?.networkChanged();
			return;
		}
		this.openPort();
		keepPort(this.records, this.port);
		this.text = describeText(this);
		this.discovery = this.target.isDiscoverable ? new Discovery(this) : undefined;
		this.checks = Timer.repeat(() => this.check(), this.target.checkMS ?? CHECK_MS);
	}

	onNoAddress(reason: string): void {
		this.device?.showConnected?.(false);
		this.target.log(`network: ${reason}`);
	}

	/* Whether controllers are let in */

	/** Asks itself as a controller would. */
	check(): void {
		const address = this.target.host ?? this.addresses().find((text) => text.includes("."));
		if (address === undefined || this.selfCheck)
			return;
		const { port, isPortShared } = this;
		const instance = this.discovery?.isEstablished ? this.discovery.instance : undefined;
		const onChecked = (isAccepting: boolean, isAnswering: boolean) => this.onChecked(isAccepting, isAnswering);
		this.selfCheck = new SelfCheck({ address, port, instance, isPortShared, patienceMS: CHECK_PATIENCE_MS, onChecked });
	}

	private onChecked(isAccepting: boolean, isAnswering: boolean): void {
		this.selfCheck = undefined;
		if (!isAccepting)
			this.reopenPort();
		if (!isAnswering) {
			this.discovery?.reopen();
			this.target.log("self-check: discovery does not answer; it is opened anew");
		}
	}

	/** Sessions stay. */
	private reopenPort(): void {
		try {
			this.server.listen(this.port || lastPort(this.records), this.target.host);
			this.target.log("self-check: nobody is let in; the port is opened anew");
		}
		catch (error) {
			this.target.log(`self-check: ${messageOf(error)}`);
		}
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
		if (info.type === Type.SerialNumber && value === undefined)
			return aid === AID ? this.deviceId : `${this.deviceId}-${aid}`;
		return info.type === Type.Name && typeof value === "string" ? this.nameOf(aid, value) : undefined;
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
		const { write, info } = characteristic as HandledCharacteristic<unknown>;
		if (write)
			return statusOf(write(value, this.opened, aid));
		if (info.type === Type.Identify)
			this.identify(aid);
		return HapStatus.Success;
	}

	isAdmin(session: object): boolean {
		return session instanceof HAPConnection && session.username !== undefined && this.pairings.isAdmin(session.username);
	}

	onChanged(aid: number, characteristic: CharacteristicDefinition, value: Value, originator: object | undefined): void {
		const connection = originator instanceof HAPConnection ? originator : undefined;
		this.device?.onChanged?.(characteristic, value, connection?.username);
		this.server.broadcastEvent(aid, characteristic.iid, value, connection, characteristic.info.isStateless === true);
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
			EventedHTTPServer.destroyExistingConnectionsAfterUnpair(initiator, controllerId, this.server);
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

	/** The port that was asked for, else the one of last time, else any. */
	private openPort(): void {
		const { port } = this.target;
		const wanted = port ?? lastPort(this.records);
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
			this.server.listen(port, this.target.host);
		}
		catch (error) {
			throw new StartError(`cannot listen on ${this.target.host ?? "any address"} port ${port}: ${messageOf(error)}`);
		}
	}

	/* Discovery */

	get interfaces(): readonly string[] {
		return this.target.interfaces;
	}

	get isPortShared(): boolean {
		return this.target.isPortShared;
	}

	addresses(link?: number): readonly string[] {
		return this.target.addresses(link);
	}

	/** Spreads the load of a network's answers; nothing secret comes of it. */
	random(): number {
		return Math.random();
	}

	onRenamed(instance: string): void {
		this.target.log(`the name is taken; this accessory is "${instance}" now`);
	}
}

/** What a function that answers nothing has done, now or later. */
function statusOf(answer: WriteAnswer): HapStatus | PromiseLike<HapStatus> {
	if (typeof answer === "object")
		return answer.then((status) => status ?? HapStatus.Success);
	return answer ?? HapStatus.Success;
}
