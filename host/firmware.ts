/** The accessory at run time: the one place where the objects of all layers meet. */

import KeyValue from "embedded:storage/key-value";
import Timer from "timer";
import { Discovery } from "hap/discovery/discovery";
import { Button } from "hap/gpio/button";
import { Output } from "hap/gpio/output";
import { loadConfigurationNumber } from "hap/model/configuration";
import { AccessoryDatabase, type Behaviour } from "hap/model/database";
import { type CharacteristicDefinition, HapStatus, type Value } from "hap/model/types";
import { type Identity, loadIdentity, readVerifier } from "hap/pairing/identity";
import { PairSetup } from "hap/pairing/pair-setup";
import { Pairings } from "hap/pairing/pairings";
import { setupHash, setupPayload } from "hap/pairing/setup-payload";
import { Tries } from "hap/pairing/tries";
import type { Accessory } from "hap/server/endpoints/endpoint";
import { EventedHTTPServer } from "hap/server/evented-http-server";
import { HAPConnection } from "hap/server/hap-connection";
import { route } from "hap/server/router";
import { Records } from "hap/storage/records";
import { Clock } from "host/clock";
import { DatabaseEvents } from "host/database-events";
import { openSettings, type Settings } from "host/settings";
import { StartError, type Target } from "host/target";
import { AID, CATEGORY, DEFINITION, Iid, MODEL, NAME } from "host/this-accessory";

const BLINK_MS = 250;
const BLINKS = 12;

export class Firmware implements Accessory, Behaviour {
	readonly identity: Identity;
	readonly pairings: Pairings;
	readonly pairSetup: PairSetup;
	readonly database: AccessoryDatabase;
	readonly port: number;
	readonly #target: Target;
	readonly #settings: Settings;
	readonly #server: EventedHTTPServer;
	readonly #relay: Output;
	readonly #led: Output | undefined;
	readonly #button: Button | undefined;
	readonly #clock = new Clock();
	#discovery: Discovery | undefined;

	/** StartError says what a person must mend. */
	constructor(target: Target) {
		this.#target = target;
		const records = openRecords(target);
		this.identity = loadIdentity(records);
		this.#settings = openSettings(records, target);
		this.pairings = new Pairings(records);
		this.pairSetup = new PairSetup({
			identity: this.identity,
			pairings: this.pairings,
			tries: new Tries(records),
			readVerifier: () => readVerifier(records),
			onPaired: (controllerId) => this.onPaired(controllerId),
		});
		this.database = new AccessoryDatabase(DEFINITION, this, this.#onChanged, this.#onFault);
		this.#server = new EventedHTTPServer({ characteristics: new DatabaseEvents(this.database), now: () => this.now() });
		this.#relay = new Output(target.pins.relay);
		this.#led = target.pins.led && new Output(target.pins.led);
		this.#button = target.pins.button && this.openButton(target.pins.button.pin);
		this.listen();
		this.port = this.openPort();
		this.#settings.keepPort(this.port);
		this.advertise(loadConfigurationNumber(records, DEFINITION));
	}

	get deviceId(): string {
		return this.identity.deviceId;
	}

	get name(): string {
		return this.#target.name ?? NAME;
	}

	get setupCode(): string {
		return this.#settings.setupCode;
	}

	get setupPayload(): string {
		return setupPayload(CATEGORY, this.setupCode, this.identity.setupId);
	}

	get isPaired(): boolean {
		return this.pairings.isPaired;
	}

	get pairingsCount(): number {
		return this.pairings.count;
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
		this.#discovery?.close();
		this.#server.stop();
		this.#button?.close();
	}

	/** As if it were new, but for who it is: no pairings, not counted tries, off. */
	reset(): void {
		const removed = this.pairings.clear();
		this.#target.log("reset: unpaired");
		this.onPairingsRemoved(removed, undefined);
	}

	/* What a person does */

	private openButton(pin: number): Button {
		return new Button({
			pin,
			onPress: () => this.toggle(),
			onHoldWarning: () => this.blink(BLINKS),
			onHold: () => this.reset(),
		});
	}

	private toggle(): void {
		const on = this.database.find(AID, Iid.On);
		if (!on)
			return;
		const isOn = this.database.lastValue(on) !== true;
		this.#relay.write(isOn);
		this.database.update(AID, Iid.On, isOn);
	}

	identify(): void {
		this.#target.log("identify");
		this.blink(BLINKS);
	}

	private blink(times: number): void {
		this.#led?.write(times % 2 === 0);
		if (times > 0)
			Timer.set(() => this.blink(times - 1), BLINK_MS);
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
			this.#relay.write(value === true);
		else if (iid === Iid.Identify)
			this.identify();
		return HapStatus.Success;
	}

	readonly #onChanged = (aid: number, { iid, info }: CharacteristicDefinition, value: Value, originator: object | undefined): void => {
		const connection = originator instanceof HAPConnection ? originator : undefined;
		if (iid === Iid.On)
			this.#target.log(`switched ${value ? "on" : "off"} by ${connection?.username ?? "the button"}`);
		this.#server.broadcastEvent(aid, iid, value, connection, info.isStateless === true);
	};

	readonly #onFault = (error: unknown): void => {
		this.#target.log(`fault: ${error instanceof Error ? `${error.message}\n${error.stack}` : String(error)}`);
	};

	/* Pairings */

	private onPaired(controllerId: string): void {
		this.#target.log(`paired with ${controllerId}`);
		this.#discovery?.update({ sf: 0 });
	}

	onPairingsRemoved(controllerIds: readonly string[], initiator: HAPConnection | undefined): void {
		for (const controllerId of controllerIds) {
			this.#target.log(`unpaired from ${controllerId}`);
			EventedHTTPServer.destroyExistingConnectionsAfterUnpair(initiator, controllerId, this.#server);
		}
		if (!this.isPaired)
			this.#discovery?.update({ sf: 1 });
	}

	/* Network */

	private listen(): void {
		const { log } = this.#target;
		this.#server.on("request", (connection, request, response) => route(this, connection, request, response));
		this.#server.on("connection-opened", (connection) => log(`connected: ${connection.remoteAddress}, session ${connection.sessionID}`));
		this.#server.on("authenticated", (connection) => log(`verified: ${connection.username}, session ${connection.sessionID}`));
		this.#server.on("connection-closed", (connection) => {
			this.pairSetup.release(connection);
			log(`closed: session ${connection.sessionID}`);
		});
		this.#server.on("fault", this.#onFault);
	}

	/** The port that was asked for, else the one of last time, else any. */
	private openPort(): number {
		const { port } = this.#target;
		const wanted = port ?? this.#settings.lastPort;
		try {
			this.listenOn(wanted);
		}
		catch (error) {
			if (port !== undefined || wanted === 0)
				throw error;
			this.listenOn(0);
		}
		return this.#server.address()?.port ?? 0;
	}

	private listenOn(port: number): void {
		const { host } = this.#target;
		try {
			this.#server.listen(port, host);
		}
		catch (error) {
			throw new StartError(`cannot listen on ${host ?? "any address"} port ${port}: ${messageOf(error)}`);
		}
	}

	private advertise(configurationNumber: number): void {
		const { deviceId, setupId } = this.identity;
		if (!this.#target.isDiscoverable)
			return;
		const text = {
			"c#": configurationNumber,
			ff: 0,
			id: deviceId,
			md: MODEL,
			pv: "1.1",
			"s#": 1,
			sf: this.isPaired ? 0 : 1,
			ci: CATEGORY,
			sh: setupHash(setupId, deviceId),
		};
		const service = { instance: this.name, hostName: `hap-xs-${deviceId.split(":").join("")}`, port: this.port, text };
		this.#discovery = new Discovery({
			service,
			addresses: () => this.#target.addresses(),
			now: () => this.now(),
			random: Math.random,
			interfaces: this.#target.interfaces,
			isPortShared: this.#target.isPortShared,
			onRenamed: (instance) => this.#target.log(`the name is taken; this accessory is "${instance}" now`),
		});
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function openRecords(target: Target): Records {
	try {
		const storage = KeyValue.open({ path: target.storagePath, format: "buffer" });
		return new Records(
			storage,
			(key, keptAs) => target.log(`the record "${key}" was damaged; it is kept as "${keptAs}", and a new one is made`),
		);
	}
	catch (error) {
		throw new StartError(`the state folder cannot be used: ${messageOf(error)}`);
	}
}
