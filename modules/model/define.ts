/** Makes an accessory database out of a description, by the rules of HAP R2 "Accessory Objects"; run when modules load. */

import { Services } from "hap/model/catalogue";
import {
	type AccessoryDefinition,
	type CharacteristicDefinition,
	type CharacteristicInfo,
	type DatabaseDefinition,
	Perms,
	type ServiceDefinition,
	type Value,
} from "hap/model/types";
import { acceptValue } from "hap/model/value";

/** HAP R2 "Accessory Objects". */
const MAX_ACCESSORIES = 150;
const MAX_SERVICES = 100;
const MAX_CHARACTERISTICS = 100;
const MAX_EVENT_INDEX = 65535;
const MAX_STRING = 256;
/** Identify, Manufacturer, Model, Name, SerialNumber, FirmwareRevision. */
const REQUIRED_INFORMATION: readonly string[] = Object.freeze(["14", "20", "21", "23", "30", "52"]);

export interface CharacteristicDescription {
	readonly iid: number;
	readonly info: CharacteristicInfo;
	readonly value?: Value;
	readonly description?: string;
}

export interface ServiceDescription extends Omit<ServiceDefinition, "characteristics"> {
	readonly characteristics: readonly CharacteristicDescription[];
}

export interface AccessoryDescription {
	readonly aid: number;
	readonly services: readonly ServiceDescription[];
}

/** A description that no controller would take. */
export class DefinitionError extends Error {}

function require(condition: boolean, message: string): void {
	if (!condition)
		throw new DefinitionError(message);
}

function checkInformation({ aid, services }: AccessoryDescription): void {
	const information = services.find(({ type }) => type === Services.AccessoryInformation);
	const types = information?.characteristics.map(({ info }) => info.type) ?? [];
	for (const type of REQUIRED_INFORMATION)
		require(types.includes(type), `accessory ${aid} lacks characteristic ${type} of its information`);
}

function checkAccessory(accessory: AccessoryDescription): void {
	const { aid, services } = accessory;
	require(Number.isSafeInteger(aid) && aid > 0, `aid ${aid}`);
	require(services.length <= MAX_SERVICES, `accessory ${aid} has too many services`);
	const iids = new Set<number>();
	for (const { iid, characteristics } of services) {
		require(characteristics.length <= MAX_CHARACTERISTICS, `service ${aid}.${iid} has too many characteristics`);
		for (const id of [iid, ...characteristics.map((characteristic) => characteristic.iid)]) {
			require(Number.isSafeInteger(id) && id > 0, `iid ${id}`);
			require(!iids.has(id), `accessory ${aid} has iid ${id} twice`);
			iids.add(id);
		}
	}
	checkInformation(accessory);
}

function checkValue(aid: number, { iid, info, value }: CharacteristicDescription): void {
	require((info.maxLen ?? 0) <= MAX_STRING, `characteristic ${aid}.${iid} has too long strings`);
	if (typeof value === "string")
		require(value.length <= MAX_STRING, `characteristic ${aid}.${iid} has too long a value`);
	else if (typeof value === "number" || typeof value === "boolean")
		require(acceptValue(value, info) !== undefined, `characteristic ${aid}.${iid} takes no ${value}`);
}

/** Frozen whole, so that it stays where it was loaded. DefinitionError says what is wrong with it. */
export function defineAccessories(accessories: readonly AccessoryDescription[]): DatabaseDefinition {
	require(accessories.length <= MAX_ACCESSORIES, "too many accessories");
	require(accessories.some(({ aid }) => aid === 1), "no accessory has aid 1");
	require(new Set(accessories.map(({ aid }) => aid)).size === accessories.length, "an aid comes twice");
	const notifying: { aid: number; characteristic: CharacteristicDefinition; }[] = [];
	const characteristicOf = (aid: number, description: CharacteristicDescription): CharacteristicDefinition => {
		checkValue(aid, description);
		const isNotifying = (description.info.perms & Perms.Notify) !== 0;
		const characteristic = { ...description, eventIndex: isNotifying ? notifying.length : -1 };
		if (isNotifying)
			notifying.push({ aid, characteristic });
		return characteristic;
	};
	const accessoryOf = (description: AccessoryDescription): AccessoryDefinition => {
		checkAccessory(description);
		const { aid, services } = description;
		return {
			aid,
			services: services.map((service) => ({
				...service,
				characteristics: service.characteristics.map((characteristic) => characteristicOf(aid, characteristic)),
			})),
		};
	};
	const definition = { accessories: accessories.map(accessoryOf), notifying };
	require(notifying.length <= MAX_EVENT_INDEX, "too many characteristics notify");
	return Object.freeze(definition, true);
}
