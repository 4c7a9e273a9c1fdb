/** What HAP R2 "Accessory Objects" and "Characteristic Objects" demand of a database, so that no controller drops it. */

import { Services } from "hap/model/catalogue";
import { serviceOf } from "hap/model/rows";
import {
	type AccessoryDefinition,
	type CharacteristicDefinition,
	type CharacteristicInfo,
	Format,
	Perms,
	type Value,
} from "hap/model/types";
import { acceptValue, isInFormat } from "hap/model/value";

/** HAP R2 "Accessory Objects". */
const MAX_ACCESSORIES = 150;
const MAX_SERVICES = 100;
const MAX_CHARACTERISTICS = 100;
/** What the event journal counts to. */
const MAX_EVENTS = 65535;
const MAX_STRING = 256;
const MAX_UNSAID = 64; // maxLen, where it is not given

/** A description that no controller would take: where, and what about it. */
export class DefinitionError extends Error {}

/** The value, when it is one; what is false or undefined is a DefinitionError. */
export function require<T>(value: T, where: string, what: string): NonNullable<T> {
	if (value === undefined || value === null || value === false)
		throw new DefinitionError(`${where}: ${what}`);
	return value;
}

function isId(id: number): boolean {
	return Number.isSafeInteger(id) && id > 0;
}

function isType(row: Services): (service: { readonly type: string; }) => boolean {
	return ({ type }) => type === serviceOf(row).type;
}

/** Sorted by aid. */
export function checkAccessories(accessories: readonly AccessoryDefinition[]): void {
	const [first] = accessories;
	require(first?.aid === 1, "accessory 1", "is missing");
	require(first.services.some(isType(Services.ProtocolInformation)), "accessory 1", "its Protocol Information (A2) is missing");
	let next = 1;
	let count = 0;
	let events = 0;
	for (const accessory of accessories) {
		require(accessory.aid >= next, `accessory ${accessory.aid}`, "its aid comes twice");
		next = accessory.aid + accessory.count;
		count += accessory.count;
		events += accessory.count * accessory.events;
	}
	require(count <= MAX_ACCESSORIES, `${count} accessories`, `${MAX_ACCESSORIES} at most`);
	require(events <= MAX_EVENTS, `${events} characteristics that notify`, `${MAX_EVENTS} at most`);
}

export function checkAccessory({ aid, count, services }: AccessoryDefinition): void {
	const where = `accessory ${aid}`;
	require(isId(aid) && isId(count), where, "an aid, or a count, is an integer from 1 on");
	require(services.length <= MAX_SERVICES, where, `${services.length} services, ${MAX_SERVICES} at most`);
	const information = services.filter(isType(Services.AccessoryInformation));
	require(information.length === 1 && information[0].iid === 1, where, "its Accessory Information (3E) is missing, or not of iid 1");
	require(services.filter(({ isPrimary }) => isPrimary).length <= 1, where, "more than one service is primary");
	checkIids(where, services);
	for (const { iid, type, linked = [] } of services)
		for (const other of linked)
			require(
				other !== iid && services.some((service) => service.iid === other),
				`service ${type} of ${where}`,
				`linked to ${other}, which is no other service`,
			);
}

function checkIids(where: string, services: AccessoryDefinition["services"]): void {
	const iids = new Set<number>();
	const add = (iid: number, what: string) => {
		require(isId(iid), what, `iid ${iid} is no integer from 1 on`);
		require(!iids.has(iid), what, `iid ${iid} is somebody else's; give it another, or the service an id`);
		iids.add(iid);
	};
	for (const { iid, type, characteristics } of services) {
		const service = `service ${type} of ${where}`;
		require(
			characteristics.length <= MAX_CHARACTERISTICS,
			service,
			`${characteristics.length} characteristics, ${MAX_CHARACTERISTICS} at most`,
		);
		add(iid, service);
		for (const { iid, info } of characteristics)
			add(iid, `characteristic ${info.type} of ${service}`);
	}
}

/** Answers it with its value as it is kept. */
export function checkCharacteristic(where: string, characteristic: CharacteristicDefinition): CharacteristicDefinition {
	const { info, value } = characteristic;
	checkPerms(where, info.perms);
	checkBounds(where, info);
	if (value === undefined || value === null)
		return characteristic;
	return { ...characteristic, value: requireValue(value, info, where) };
}

/** Answers the value as it is kept; what the characteristic would not take is a DefinitionError. */
export function requireValue(value: Value, info: CharacteristicInfo, where: string): Value {
	const kept = info.format === Format.String ? acceptCharacters(value, info) : acceptValue(value, info);
	require(kept !== undefined, where, `takes no ${JSON.stringify(value)}${rangeOf(info)}`);
	return kept!;
}

function rangeOf({ minValue, maxValue, minStep, validValues }: CharacteristicInfo): string {
	if (validValues)
		return `, one of ${validValues.join(", ")}`;
	const range = minValue === undefined && maxValue === undefined ? "" : `, ${minValue ?? ""} to ${maxValue ?? ""}`;
	return minStep === undefined ? range : `${range} in steps of ${minStep}`;
}

/** Characters, not bytes, are counted: natives, which count bytes, do not run when modules load. */
function acceptCharacters(value: Value, { maxLen }: CharacteristicInfo): Value | undefined {
	return typeof value === "string" && value.length <= (maxLen ?? MAX_UNSAID) ? value : undefined;
}

function checkPerms(where: string, perms: number): void {
	const { isReadable, isWritable } = { isReadable: (perms & Perms.PairedRead) !== 0, isWritable: (perms & Perms.PairedWrite) !== 0 };
	const writing = Perms.TimedWrite | Perms.AdditionalAuthorization | Perms.WriteResponse;
	require(isReadable || isWritable || (perms & Perms.Notify) !== 0, where, "can be neither read nor written");
	require(isReadable || (perms & Perms.Notify) === 0, where, "notifies (ev) and cannot be read (pr)");
	require(isWritable || (perms & writing) === 0, where, "has permissions of writing (aa, tw, wr) and cannot be written (pw)");
}

function checkBounds(where: string, info: CharacteristicInfo): void {
	const { format, minValue, maxValue, minStep, validValues = [], validValuesRange = [] } = info;
	for (const bound of [minValue, maxValue, ...validValues, ...validValuesRange])
		require(bound === undefined || isInFormat(bound, format), where, `${bound} is outside its format`);
	require((minValue ?? Number.NEGATIVE_INFINITY) <= (maxValue ?? Number.POSITIVE_INFINITY), where, "its minimum is above its maximum");
	require(minStep === undefined || minStep > 0, where, "its step is not above 0");
	require((info.maxLen ?? 0) <= MAX_STRING, where, `strings of more than ${MAX_STRING} characters`);
}

/** For lockdown/declarations, once everything is declared: functions that no variable holds any more are none of the image's. */
export function leaveFlash(gone: readonly (() => never)[]): void {
	// @ts-expect-error: to the engine their names are variables
	[require, checkAccessories, checkAccessory, checkCharacteristic, requireValue, leaveFlash] = gone;
}
