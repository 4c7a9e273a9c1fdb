/** An accessory as its network has it: the port that lets controllers in, discovery that tells of it, and the look at both. */

import Timer from "timer";
import { type Advertised, describeText } from "hap/accessory/advertisement";
import { Clock } from "hap/accessory/clock";
import type { Device } from "hap/accessory/device";
import type { NetworkListener } from "hap/accessory/network";
import { SelfCheck } from "hap/accessory/self-check";
import { keepPort, lastPort } from "hap/accessory/settings";
import { messageOf, StartError, type Target } from "hap/accessory/target";
import { Discovery, type DiscoveryOptions } from "hap/discovery/discovery";
import type { ServiceDescription, ServiceText } from "hap/discovery/service";
import type { AccessoryDatabase } from "hap/model/database";
import type { Identity } from "hap/pairing/identity";
import type { EventedHTTPServer } from "hap/server/evented-http-server";
import type { Records } from "hap/storage/records";

/** From one look at itself to the next. It costs a connection for a moment, and finds in minutes what people notice in hours. */
const CHECK_MS = 300_000;
const CHECK_PATIENCE_MS = 5000;

/** What AccessoryServer is to its network. A class above it: an object beside it would take memory. */
export abstract class NetworkPresence extends Clock implements Advertised, DiscoveryOptions, ServiceDescription, NetworkListener {
	readonly target: Target;
	/** What must survive a power cut; a device may keep its own there, under keys of at most fifteen characters. */
	readonly records: Records;
	/** What is advertised; there from when there is a network to serve. */
	declare text: ServiceText;
	protected discovery: Discovery | undefined;
	/** A check that is under way. */
	declare protected selfCheck: SelfCheck | undefined;
	declare private checks: Timer | undefined;

	constructor(target: Target, records: Records) {
		super();
		this.target = target;
		this.records = records;
	}

	abstract readonly name: string;
	abstract readonly deviceId: string;
	abstract readonly model: string;
	abstract readonly category: number;
	abstract readonly isPaired: boolean;
	abstract readonly identity: Identity;
	abstract readonly database: AccessoryDatabase;
	protected abstract readonly server: EventedHTTPServer;
	protected abstract readonly device: Device | undefined;

	get port(): number {
		return this.server.address()?.port ?? 0;
	}

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

	/** Goodbye to the network. */
	stop(): void {
		Timer.clear(this.checks);
		this.discovery?.close();
		this.server.stop();
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

	/* What discovery asks */

	get service(): ServiceDescription {
		return this;
	}

	get instance(): string {
		return this.name;
	}

	get hostName(): string {
		return `hap-xs-${this.deviceId.split(":").join("")}`;
	}

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
