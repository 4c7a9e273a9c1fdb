/** The accessory database at run time: the definition in flash, and in memory only the values that differ from it. */

import { Later, type Laters, type Result, type Waiter } from "hap/model/later";
import { accessoryOf, isIn, placeIn, searchCharacteristic } from "hap/model/places";
import type { ModelSession } from "hap/model/session";
import {
	type AccessoryDefinition,
	type CharacteristicDefinition,
	type DatabaseDefinition,
	HapStatus,
	Perms,
	type Value,
} from "hap/model/types";
import { acceptValue, emptyValue } from "hap/model/value";

/** The accessory's own code. What it leaves out, the database keeps by itself. */
export interface Behaviour {
	/** The value now; undefined: the one that was last known. A throw is answered as "cannot communicate". */
	read?(aid: number, characteristic: CharacteristicDefinition): Value | undefined;
	/**
	 * A controller reads what takes its time; undefined: `read` has it. Several who read the same at a time share one promise.
	 * GET /accessories does not ask: it shows what was last known.
	 */
	fetch?(aid: number, characteristic: CharacteristicDefinition): PromiseLike<Value> | undefined;
	/** A controller asks; the value is one that the characteristic takes. Any other answer than Success refuses it. */
	write?(aid: number, characteristic: CharacteristicDefinition, value: Value): HapStatus | PromiseLike<HapStatus>;
	/** Whether a session is an admin's, for characteristics that only admins may use; without this, nobody may. */
	isAdmin?(session: object): boolean;
	/** Whether `authData` of a write is enough, for characteristics with additional authorization; without this, nothing is. */
	isAuthorized?(aid: number, characteristic: CharacteristicDefinition, authData: string | undefined): boolean;
	/** A value has changed: whoever subscribed is to hear of it, `originator` is not. `index` is eventIndex()'s. */
	onChanged(aid: number, characteristic: CharacteristicDefinition, value: Value, originator: object | undefined, index: number): void;
	/** What reading or writing threw. */
	onFault(error: unknown): void;
}

export class AccessoryDatabase implements Laters {
	readonly definition: DatabaseDefinition;
	private readonly behaviour: Behaviour;
	/** By place; 16 bytes for each value that is not the definition's, beside its text. */
	private readonly values: Value[] = [];
	/** The accessory that was asked for last: the next question is mostly for it, or for the one behind it. */
	private near: AccessoryDefinition;
	/** What is under way. Declared only: where all is answered at once it never comes into being. */
	declare private laters: Later[] | undefined;

	constructor(definition: DatabaseDefinition, behaviour: Behaviour) {
		this.definition = definition;
		this.behaviour = behaviour;
		this.near = definition.accessories[0];
	}

	find(aid: number, iid: number): CharacteristicDefinition | undefined {
		const near = this.near;
		const number = aid - near.aid;
		const accessory = number >= 0 && number < near.count ? near : this.seek(aid);
		if (!accessory)
			return undefined;
		const at = iid - accessory.firstIid;
		return at >= 0 && at < accessory.byIid.length ? accessory.byIid[at] : searchCharacteristic(accessory, iid);
	}

	private seek(aid: number): AccessoryDefinition | undefined {
		let accessory: AccessoryDefinition | undefined = this.definition.accessories[this.near.at + 1];
		if (!accessory || aid < accessory.aid || aid >= accessory.aid + accessory.count)
			accessory = accessoryOf(this.definition, aid);
		if (accessory)
			this.near = accessory;
		return accessory;
	}

	private placeOf(aid: number, characteristic: CharacteristicDefinition): number {
		const near = this.near;
		if (aid !== near.aid)
			return placeIn(isIn(near, aid) ? near : accessoryOf(this.definition, aid)!, aid, characteristic, this.definition);
		const index = characteristic.eventIndex; // it is the first of those alike
		return index >= 0 ? index : this.definition.events - index - 1;
	}

	/** Number among the characteristics that notify; -1: it does not, or there is none. */
	eventIndex(aid: number, iid: number): number {
		const characteristic = this.find(aid, iid);
		return characteristic && characteristic.eventIndex >= 0 ? this.placeOf(aid, characteristic) : -1;
	}

	/** The value as it was last known, without asking. */
	lastValue(aid: number, characteristic: CharacteristicDefinition): Value {
		const index = aid === this.near.aid ? characteristic.eventIndex : -1; // most notify, and are the first of those alike
		return this.values[index >= 0 ? index : this.placeOf(aid, characteristic)] ?? characteristic.value ?? emptyValue(characteristic.info);
	}

	/** Whether the session may: `access` is one of Perms, which may be for admins only. */
	allows(session: object, { info }: CharacteristicDefinition, access: Perms): boolean {
		return ((info.adminOnly ?? 0) & access) === 0 || this.behaviour.isAdmin?.(session) === true;
	}

	/** The session is no admin's, or no more: what only admins hear of it does not hear of. */
	endAdminOnly(session: ModelSession): void {
		for (const { aid, count, services } of this.definition.accessories)
			for (const { characteristics } of services)
				for (const { iid, info } of characteristics)
					for (let at = 0; at < count && ((info.adminOnly ?? 0) & Perms.Notify) !== 0; at++)
						session.disableEventNotifications(aid + at, iid);
	}

	/** Asks the accessory's own code; a HapStatus stands for what it threw, and for a value that a controller would choke on. */
	read(aid: number, characteristic: CharacteristicDefinition): Result {
		try {
			const value = this.behaviour.read?.(aid, characteristic);
			return { value: value === undefined ? this.lastValue(aid, characteristic) : checkReading(value, aid, characteristic) };
		}
		catch (error) {
			return this.fail(error);
		}
	}

	/** As `read`; what takes its time is a Later, and one that is under way is shared. */
	fetch(aid: number, characteristic: CharacteristicDefinition, session: object): Result | Later {
		const later = this.laters && this.joinable(aid, characteristic);
		if (later)
			return later;
		try {
			const promise = this.behaviour.fetch?.(aid, characteristic);
			return promise === undefined ? this.read(aid, characteristic) : this.startFetch(aid, characteristic, session, promise);
		}
		catch (error) {
			return this.fail(error);
		}
	}

	private joinable(aid: number, characteristic: CharacteristicDefinition): Later | undefined {
		return this.laters?.find((one) => one.isOf(aid, characteristic));
	}

	/** A controller asks: the write may be refused, and `originator` is not told of its own change. */
	write(aid: number, characteristic: CharacteristicDefinition, asked: unknown, originator: object, authData?: string): Result | Later {
		const info = characteristic.info;
		const perms = info.perms;
		if ((perms & Perms.PairedWrite) === 0)
			return HapStatus.ReadOnly;
		if (info.adminOnly !== undefined && !this.allows(originator, characteristic, Perms.PairedWrite))
			return HapStatus.InsufficientPrivileges;
		const value = acceptValue(asked, info);
		if (value === undefined)
			return HapStatus.InvalidValue;
		try {
			if ((perms & Perms.AdditionalAuthorization) !== 0 && !this.behaviour.isAuthorized?.(aid, characteristic, authData))
				return HapStatus.InsufficientAuthorization;
			const status = this.behaviour.write?.(aid, characteristic, value) ?? HapStatus.Success;
			if (typeof status !== "number")
				return this.startWrite(aid, characteristic, value, originator, status);
			if (status === HapStatus.Success && (perms & Perms.PairedRead) !== 0)
				this.set(aid, characteristic, value, originator);
			return status;
		}
		catch (error) {
			return this.fail(error);
		}
	}

	/** The hardware changed: every subscribed controller hears of it. RangeError when the characteristic has no such value. */
	update(aid: number, iid: number, value: Value): void {
		const characteristic = this.find(aid, iid);
		const accepted = characteristic && acceptValue(value, characteristic.info);
		if (!characteristic || accepted === undefined)
			throw new RangeError(`${aid}.${iid} takes no ${String(value)}`);
		this.set(aid, characteristic, accepted, undefined);
	}

	abandon(waiter: Waiter): void {
		for (const later of this.laters ?? [])
			later.leave(waiter);
		this.laters = this.laters?.filter(({ isWanted }) => isWanted);
	}

	private startFetch(aid: number, characteristic: CharacteristicDefinition, session: object, promise: PromiseLike<Value>): Result | Later {
		const later = new Later(aid, characteristic);
		return this.wait(later, promise, (reading) => {
			const value = checkReading(reading, aid, characteristic);
			if (later.isWanted)
				this.set(aid, characteristic, value, session);
			return { value };
		});
	}

	/** A write that succeeds when its request has timed out has changed the accessory all the same: its writer hears of it too. */
	private startWrite(
		aid: number,
		characteristic: CharacteristicDefinition,
		value: Value,
		originator: object,
		promise: PromiseLike<HapStatus>,
	): Result | Later {
		const later = new Later(undefined, characteristic);
		return this.wait(later, promise, (status) => {
			if (status === HapStatus.Success && (characteristic.info.perms & Perms.PairedRead) !== 0)
				this.set(aid, characteristic, value, later.isWanted ? originator : undefined);
			return status;
		});
	}

	/** `finish` makes the result of what was promised. */
	private wait<T>(later: Later, promise: PromiseLike<T>, finish: (value: T) => Result): Result | Later {
		const settle = (result: Result) => {
			this.laters = this.laters?.filter((other) => other !== later);
			later.settle(result, (error) => this.behaviour.onFault(error));
		};
		promise.then(
			(value) => settle(this.attempt(() => finish(value))),
			(error) => settle(this.fail(error)),
		);
		if (later.result !== undefined)
			return later.result;
		this.laters = [...(this.laters ?? []), later];
		return later;
	}

	private attempt<T>(make: () => T): T | HapStatus {
		try {
			return make();
		}
		catch (error) {
			return this.fail(error);
		}
	}

	/** The fault of the accessory's own code. */
	private fail(error: unknown): HapStatus {
		this.behaviour.onFault(error);
		return HapStatus.CannotCommunicate;
	}

	private set(aid: number, characteristic: CharacteristicDefinition, value: Value, originator: object | undefined): void {
		const place = this.placeOf(aid, characteristic);
		if (characteristic.info.isStateless !== true) {
			if ((this.values[place] ?? firstValue(characteristic)) === value)
				return;
			this.values[place] = value;
		}
		if (characteristic.eventIndex >= 0)
			this.behaviour.onChanged(aid, characteristic, value, originator, place);
	}
}

function firstValue(characteristic: CharacteristicDefinition): Value {
	return characteristic.value ?? emptyValue(characteristic.info);
}

function checkReading(value: Value, aid: number, { iid, info }: CharacteristicDefinition): Value {
	const accepted = value === null && info.isStateless ? null : acceptValue(value, info);
	if (accepted === undefined)
		throw new RangeError(`${aid}.${iid} reads ${String(value)}`);
	return accepted;
}
