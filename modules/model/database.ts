/** The accessory database at run time: the definition in flash, and in memory only the values that differ from it. */

import {
	type AccessoryDefinition,
	type CharacteristicDefinition,
	type DatabaseDefinition,
	HapStatus,
	Perms,
	type ServiceDefinition,
	type Value,
} from "hap/model/types";
import { acceptValue, emptyValue } from "hap/model/value";

/** The accessory's own code. What it leaves out, the database keeps by itself. */
export interface Behaviour {
	/** The value now; undefined: the one that was last known. A throw is answered as "cannot communicate". */
	read?(aid: number, characteristic: CharacteristicDefinition): Value | undefined;
	/** A controller asks; the value is one that the characteristic takes. Any other answer than Success refuses it. */
	write?(aid: number, characteristic: CharacteristicDefinition, value: Value): HapStatus;
	/** A value has changed: whoever subscribed is to hear of it, `originator` is not. */
	onChanged(aid: number, characteristic: CharacteristicDefinition, value: Value, originator: object | undefined): void;
	/** What reading or writing threw. */
	onFault(error: unknown): void;
}

/** A changed value of a characteristic that does not notify. */
interface Entry {
	readonly characteristic: CharacteristicDefinition;
	value: Value;
}

export class AccessoryDatabase {
	readonly definition: DatabaseDefinition;
	private readonly behaviour: Behaviour;
	/** Changed values of characteristics that notify, by eventIndex. */
	private readonly values: Value[] = [];
	declare private changed: Entry[] | undefined;

	constructor(definition: DatabaseDefinition, behaviour: Behaviour) {
		this.definition = definition;
		this.behaviour = behaviour;
	}

	find(aid: number, iid: number): CharacteristicDefinition | undefined {
		const accessory = findAccessory(this.definition.byAid, aid);
		return accessory && findCharacteristic(accessory.services, iid);
	}

	/** The value as it was last known, without asking. */
	lastValue(characteristic: CharacteristicDefinition): Value {
		const { eventIndex } = characteristic;
		const changed = eventIndex >= 0 ? this.values[eventIndex] : this.entryOf(characteristic)?.value;
		return changed !== undefined ? changed : characteristic.value ?? emptyValue(characteristic.info);
	}

	/** Asks the accessory's own code; a HapStatus stands for what it threw, and for a value that a controller would choke on. */
	read(aid: number, characteristic: CharacteristicDefinition): { value: Value; } | HapStatus {
		try {
			const value = this.behaviour.read?.(aid, characteristic);
			return { value: value === undefined ? this.lastValue(characteristic) : checkReading(value, aid, characteristic) };
		}
		catch (error) {
			this.behaviour.onFault(error);
			return HapStatus.CannotCommunicate;
		}
	}

	/** A controller asks: the write may be refused, and `originator` is not told of its own change. */
	write(aid: number, characteristic: CharacteristicDefinition, asked: unknown, originator: object): HapStatus {
		if ((characteristic.info.perms & Perms.PairedWrite) === 0)
			return HapStatus.ReadOnly;
		const value = acceptValue(asked, characteristic.info);
		if (value === undefined)
			return HapStatus.InvalidValue;
		const status = this.perform(aid, characteristic, value);
		if (status === HapStatus.Success && (characteristic.info.perms & Perms.PairedRead) !== 0)
			this.set(aid, characteristic, value, originator);
		return status;
	}

	/** The hardware changed: every subscribed controller hears of it. RangeError when the characteristic has no such value. */
	update(aid: number, iid: number, value: Value): void {
		const characteristic = this.find(aid, iid);
		const accepted = characteristic && acceptValue(value, characteristic.info);
		if (!characteristic || accepted === undefined)
			throw new RangeError(`${aid}.${iid} takes no ${String(value)}`);
		this.set(aid, characteristic, accepted, undefined);
	}

	private perform(aid: number, characteristic: CharacteristicDefinition, value: Value): HapStatus {
		try {
			return this.behaviour.write?.(aid, characteristic, value) ?? HapStatus.Success;
		}
		catch (error) {
			this.behaviour.onFault(error);
			return HapStatus.CannotCommunicate;
		}
	}

	private set(aid: number, characteristic: CharacteristicDefinition, value: Value, originator: object | undefined): void {
		const isStateless = characteristic.info.isStateless === true;
		if (!isStateless && this.lastValue(characteristic) === value)
			return;
		if (!isStateless)
			this.keep(characteristic, value);
		if (characteristic.eventIndex >= 0)
			this.behaviour.onChanged(aid, characteristic, value, originator);
	}

	private keep(characteristic: CharacteristicDefinition, value: Value): void {
		if (characteristic.eventIndex >= 0) {
			this.values[characteristic.eventIndex] = value;
			return;
		}
		const entry = this.entryOf(characteristic);
		if (entry)
			entry.value = value;
		else
			this.changed = [...(this.changed ?? []), { characteristic, value }];
	}

	private entryOf(characteristic: CharacteristicDefinition): Entry | undefined {
		return this.changed?.find((entry) => entry.characteristic === characteristic);
	}
}

function checkReading(value: Value, aid: number, { iid, info }: CharacteristicDefinition): Value {
	const accepted = value === null && info.isStateless ? null : acceptValue(value, info);
	if (accepted === undefined)
		throw new RangeError(`${aid}.${iid} reads ${String(value)}`);
	return accepted;
}

/** Aids mostly count up from 1; else they are sought by halves. */
function findAccessory(byAid: readonly AccessoryDefinition[], aid: number): AccessoryDefinition | undefined {
	let low = 0;
	let high = byAid.length - 1;
	let at = Math.min(aid - 1, high);
	while (low <= high) {
		const accessory = byAid[at];
		if (accessory === undefined || accessory.aid === aid)
			return accessory;
		if (accessory.aid < aid)
			low = at + 1;
		else
			high = at - 1;
		at = (low + high) >> 1;
	}
	return undefined;
}

/** Iids mostly count up from their service's; else the service is gone through. */
function findCharacteristic(services: readonly ServiceDefinition[], iid: number): CharacteristicDefinition | undefined {
	for (let i = 0; i < services.length; i++) {
		const service = services[i];
		const guess = service.characteristics[iid - service.iid - 1];
		if (guess !== undefined && guess.iid === iid)
			return guess;
	}
	for (let i = 0; i < services.length; i++) {
		const found = services[i].characteristics.find((characteristic) => characteristic.iid === iid);
		if (found)
			return found;
	}
	return undefined;
}
