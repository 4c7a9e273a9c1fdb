/** Where a characteristic of a definition stands: among the accessories, and among the database's values. */

import type { AccessoryDefinition, CharacteristicDefinition, DatabaseDefinition } from "hap/model/types";

export function isIn(accessory: AccessoryDefinition, aid: number): boolean {
	return aid >= accessory.aid && aid < accessory.aid + accessory.count;
}

/** The accessory that has the aid; they are in the order of their aids. */
export function accessoryOf({ accessories }: DatabaseDefinition, aid: number): AccessoryDefinition | undefined {
	let from = 0;
	let to = accessories.length;
	while (from < to) {
		const middle = (from + to) >> 1;
		const accessory = accessories[middle];
		if (aid < accessory.aid)
			to = middle;
		else if (aid < accessory.aid + accessory.count)
			return accessory;
		else
			from = middle + 1;
	}
	return undefined;
}

/** Beside AccessoryDefinition.byIid. Iids mostly count up from their service's; else the services are gone through. */
export function searchCharacteristic({ services }: AccessoryDefinition, iid: number): CharacteristicDefinition | undefined {
	for (let i = services.length; i-- > 0;) {
		const service = services[i];
		const at = iid - service.iid - 1;
		if (at < 0)
			continue;
		const { characteristics } = service;
		if (at < characteristics.length && characteristics[at].iid === iid)
			return characteristics[at];
	}
	for (let i = 0; i < services.length; i++) {
		const found = services[i].characteristics.find((characteristic) => characteristic.iid === iid);
		if (found)
			return found;
	}
	return undefined;
}

/** The number of a value of that accessory: first come those of characteristics that notify, then the others'. */
export function placeIn(
	accessory: AccessoryDefinition,
	aid: number,
	{ eventIndex }: CharacteristicDefinition,
	{ events }: DatabaseDefinition,
): number {
	const number = aid - accessory.aid;
	return eventIndex >= 0 ? eventIndex + number * accessory.events : events + number * accessory.silents - eventIndex - 1;
}

function holds({ count, events, eventsBefore, silents, silentsBefore }: AccessoryDefinition, eventIndex: number): boolean {
	return eventIndex >= 0 ? eventIndex < eventsBefore + events * count : -eventIndex - 1 < silentsBefore + silents * count;
}

function holderOf({ accessories }: DatabaseDefinition, eventIndex: number): AccessoryDefinition {
	let at = 0;
	while (!holds(accessories[at], eventIndex))
		at++;
	return accessories[at];
}

/** Whose characteristic it is; of accessories alike, the first one's. */
export function aidOf(definition: DatabaseDefinition, { eventIndex }: CharacteristicDefinition): number {
	return holderOf(definition, eventIndex).aid;
}

/** Whose the notifying characteristic of that number is. */
export function aidAt(definition: DatabaseDefinition, index: number): number {
	const { aid, events, eventsBefore } = holderOf(definition, index);
	return aid + Math.floor((index - eventsBefore) / events);
}

/** The notifying characteristic of that number. */
export function characteristicAt(definition: DatabaseDefinition, index: number): CharacteristicDefinition {
	const { services, events, eventsBefore } = holderOf(definition, index);
	const first = eventsBefore + ((index - eventsBefore) % events);
	for (let at = services.length; at-- > 0;) {
		const { characteristics } = services[at];
		for (let i = 0; i < characteristics.length; i++)
			if (characteristics[i].eventIndex === first)
				return characteristics[i];
	}
	throw new RangeError(`no characteristic ${index} notifies`);
}
