/** A database that has a characteristic of every format and of every permission, and code behind it that can be told to fail. */

import { Characteristics, Services } from "hap/model/catalogue";
import type { ModelAnswer } from "hap/model/answer";
import { AccessoryDatabase, type Behaviour } from "hap/model/database";
import { type AccessoryDescription, defineAccessories } from "hap/model/define";
import { isWaiting, type WaitingRequest } from "hap/model/later";
import { type CharacteristicDefinition, type CharacteristicInfo, Format, HapStatus, Perms, type Value } from "hap/model/types";

const READ_WRITE = Perms.PairedRead | Perms.PairedWrite;
const ALL = READ_WRITE | Perms.Notify;

export const enum Kind {
	Identify = 2,
	Model = 4,
	Bool = 21,
	UInt8 = 22,
	UInt16 = 23,
	UInt32 = 24,
	UInt64 = 25,
	Int = 26,
	Float = 27,
	String = 28,
	Tlv8 = 29,
	Data = 30,
	ReadOnly = 41,
	WriteOnly = 42,
	Timed = 43,
	Press = 44,
	Hidden = 45,
	Choice = 46,
	WriteResponse = 47,
	AdminOnly = 48,
	Authorized = 49,
}

/** The second accessory's notifying switch. */
export const SECOND = 2;

function info(type: string, format: Format, perms: number, more: Partial<CharacteristicInfo> = {}): CharacteristicInfo {
	return { type, format, perms, ...more };
}

function informationOf(name: string) {
	return {
		iid: 1,
		type: Services.AccessoryInformation,
		characteristics: [
			{ iid: Kind.Identify, info: Characteristics.Identify },
			{ iid: 3, info: Characteristics.Manufacturer, value: "hap-xs" },
			{ iid: Kind.Model, info: Characteristics.Model, value: "Kinds1,1", isKept: true },
			{ iid: 5, info: Characteristics.Name, value: name },
			{ iid: 6, info: Characteristics.SerialNumber, value: "0001" },
			{ iid: 7, info: Characteristics.FirmwareRevision, value: "1.0.0" },
		],
	};
}

const FORMATS = [
	{ iid: Kind.Bool, info: info("25", Format.Bool, ALL), value: false },
	{ iid: Kind.UInt8, info: info("8", Format.UInt8, ALL, { unit: "percentage", minValue: 0, maxValue: 100, minStep: 1 }) },
	{ iid: Kind.UInt16, info: info("A16", Format.UInt16, ALL) },
	{ iid: Kind.UInt32, info: info("A32", Format.UInt32, READ_WRITE) },
	{ iid: Kind.UInt64, info: info("A64", Format.UInt64, READ_WRITE) },
	{ iid: Kind.Int, info: info("6C", Format.Int, READ_WRITE, { unit: "arcdegrees", minValue: -90, maxValue: 90 }) },
	{ iid: Kind.Float, info: info("35", Format.Float, ALL, { unit: "celsius", minValue: 10, maxValue: 38, minStep: 0.1 }), value: 20 },
	{ iid: Kind.String, info: info("E3", Format.String, READ_WRITE, { maxLen: 16 }), value: 'say "é"' },
	{ iid: Kind.Tlv8, info: info("A8", Format.Tlv8, READ_WRITE), value: "AQEA" },
	{ iid: Kind.Data, info: info("A9", Format.Data, READ_WRITE, { maxDataLen: 6 }) },
];

const PERMISSIONS = [
	{ iid: Kind.ReadOnly, info: info("26", Format.Bool, Perms.PairedRead | Perms.Notify), value: true },
	{ iid: Kind.WriteOnly, info: info("B1", Format.UInt8, Perms.PairedWrite), isKept: true },
	{ iid: Kind.Timed, info: info("1E", Format.UInt8, ALL | Perms.TimedWrite, { minValue: 0, maxValue: 3 }) },
	{ iid: Kind.Press, info: info("73", Format.UInt8, Perms.PairedRead | Perms.Notify, { validValues: [0, 1, 2], isStateless: true }) },
	{ iid: Kind.Hidden, info: info("B2", Format.Bool, READ_WRITE | Perms.Hidden), isKept: true },
	{ iid: Kind.Choice, info: info("B3", Format.UInt8, ALL, { validValues: [0, 2, 3] }), description: 'one of "three"', isKept: true },
	{ iid: Kind.WriteResponse, info: info("B4", Format.Tlv8, READ_WRITE | Perms.WriteResponse) },
	{ iid: Kind.AdminOnly, info: info("B5", Format.Bool, ALL, { adminOnly: ALL }), isKept: true },
	{ iid: Kind.Authorized, info: info("B6", Format.Bool, READ_WRITE | Perms.AdditionalAuthorization) },
];

export const ALL_KINDS: readonly AccessoryDescription[] = [
	{
		aid: 1,
		services: [
			informationOf("All kinds"),
			{ iid: 10, type: Services.ProtocolInformation, characteristics: [{ iid: 11, info: Characteristics.Version, value: "1.1.0" }] },
			{ iid: 20, type: "43", isPrimary: true, linked: [40], characteristics: FORMATS },
			{ iid: 40, type: "F0", isHidden: true, characteristics: PERMISSIONS },
		],
	},
	{
		aid: SECOND,
		services: [
			informationOf("Second"),
			{ iid: 20, type: Services.Switch, characteristics: [{ iid: Kind.Bool, info: Characteristics.On, value: false }] },
		],
	},
];

export const DEFINITION = defineAccessories(ALL_KINDS);

export interface Change {
	aid: number;
	iid: number;
	value: Value;
	originator: object | undefined;
}

/** Code of an accessory that remembers what it was asked to do. */
export class KindsBehaviour implements Behaviour {
	readonly written: string[] = [];
	/** Readings, by iid. */
	readonly readings = new Map<number, Value>();
	/** The iids whose reading or writing throws. */
	readonly failing = new Set<number>();
	/** Answers to writes, by iid. */
	readonly refusals = new Map<number, HapStatus>();
	/** What is read, or written, later, by iid. */
	readonly fetches = new Map<number, PromiseLike<Value>>();
	readonly laterWrites = new Map<number, PromiseLike<HapStatus>>();
	/** The iids that were fetched. */
	readonly fetched: number[] = [];
	readonly changes: Change[] = [];
	readonly faults: unknown[] = [];
	admin: object | undefined;

	fetch(_aid: number, { iid }: CharacteristicDefinition): PromiseLike<Value> | undefined {
		const promise = this.fetches.get(iid);
		if (promise)
			this.fetched.push(iid);
		return promise;
	}

	isAdmin(session: object): boolean {
		return session === this.admin;
	}

	isAuthorized(_aid: number, _characteristic: CharacteristicDefinition, authData: string | undefined): boolean {
		return authData === "c2VzYW1l";
	}

	read(_aid: number, { iid }: CharacteristicDefinition): Value | undefined {
		this.check(iid);
		return this.readings.get(iid);
	}

	write(aid: number, { iid }: CharacteristicDefinition, value: Value): HapStatus | PromiseLike<HapStatus> {
		this.check(iid);
		this.written.push(`${aid}.${iid}=${JSON.stringify(value)}`);
		return this.laterWrites.get(iid) ?? this.refusals.get(iid) ?? HapStatus.Success;
	}

	onChanged(aid: number, { iid }: CharacteristicDefinition, value: Value, originator: object | undefined): void {
		this.changes.push({ aid, iid, value, originator });
	}

	onFault(error: unknown): void {
		this.faults.push(error);
	}

	private check(iid: number): void {
		if (this.failing.has(iid))
			throw new Error(`${iid} fails`);
	}
}

/** The database on its own, with everything that it tells kept. */
export class Kinds {
	readonly behaviour = new KindsBehaviour();
	readonly changes = this.behaviour.changes;
	readonly faults = this.behaviour.faults;
	readonly database = new AccessoryDatabase(DEFINITION, this.behaviour);

	find(iid: number, aid = 1): CharacteristicDefinition {
		const characteristic = this.database.find(aid, iid);
		if (!characteristic)
			throw new Error(`no ${aid}.${iid}`);
		return characteristic;
	}
}

/** A session that remembers what it subscribed to, as "aid.iid". */
export class KindsSession {
	readonly subscribed = new Set<string>();

	hasEventNotifications(aid: number, iid: number): boolean {
		return this.subscribed.has(`${aid}.${iid}`);
	}

	enableEventNotifications(aid: number, iid: number): void {
		this.subscribed.add(`${aid}.${iid}`);
	}

	disableEventNotifications(aid: number, iid: number): void {
		this.subscribed.delete(`${aid}.${iid}`);
	}
}

/** The answer of a request that waits for nothing. */
export function atOnce(answer: string | ModelAnswer | WaitingRequest): ModelAnswer {
	if (typeof answer === "string")
		return { httpStatus: 200, body: answer };
	if (isWaiting(answer))
		throw new Error("the answer waits");
	return answer;
}

/** An answer's body in one piece. */
export function textOf(body: string | Iterator<string> | undefined): string {
	if (typeof body === "string")
		return body;
	let text = "";
	for (let next = body?.next(); next && !next.done; next = body?.next())
		text += next.value;
	return text;
}
