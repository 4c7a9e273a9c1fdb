/** Makes an accessory database out of a description, by the rules of HAP R2 "Accessory Objects"; run when modules load. */

import { type Characteristics, Services } from "hap/model/catalogue";
import { infoOf, serviceOf } from "hap/model/rows";
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

export interface CharacteristicDescription {
	readonly iid: number;
	/** One of the catalogue, or one of one's own. */
	readonly info: Characteristics | CharacteristicInfo;
	/** What this accessory has otherwise than `info` says: a smaller range, other permissions. */
	readonly props?: Partial<CharacteristicInfo>;
	readonly value?: Value;
	readonly description?: string;
}

export interface ServiceDescription extends Omit<ServiceDefinition, "type" | "characteristics"> {
	/** One of the catalogue, or the UUID of another. */
	readonly type: Services | string;
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

function checkAccessory({ aid, services }: AccessoryDefinition): void {
	require(Number.isSafeInteger(aid) && aid > 0, `aid ${aid}`);
	require(services.length <= MAX_SERVICES, `accessory ${aid} has too many services`);
	require(services.some(({ type }) => type === typeOf(Services.AccessoryInformation)), `accessory ${aid} has no information`);
	const iids = new Set<number>();
	for (const { iid, characteristics } of services) {
		require(characteristics.length <= MAX_CHARACTERISTICS, `service ${aid}.${iid} has too many characteristics`);
		for (const id of [iid, ...characteristics.map((characteristic) => characteristic.iid)]) {
			require(Number.isSafeInteger(id) && id > 0, `iid ${id}`);
			require(!iids.has(id), `accessory ${aid} has iid ${id} twice`);
			iids.add(id);
		}
	}
}

function typeOf(service: Services): string {
	return serviceOf(service).type;
}

function checkValue(aid: number, { iid, info, value }: CharacteristicDefinition): void {
	require((info.maxLen ?? 0) <= MAX_STRING, `characteristic ${aid}.${iid} has too long strings`);
	if (typeof value === "string")
		require(value.length <= MAX_STRING, `characteristic ${aid}.${iid} has too long a value`);
	else if (typeof value === "number" || typeof value === "boolean")
		require(acceptValue(value, info) !== undefined, `characteristic ${aid}.${iid} takes no ${value}`);
}

class Definer {
	readonly notifying: { aid: number; characteristic: CharacteristicDefinition; }[] = [];
	/** By row: what several accessories have lies in flash once. */
	private readonly infos = new Map<string, CharacteristicInfo>();

	accessory({ aid, services }: AccessoryDescription): AccessoryDefinition {
		const accessory = { aid, services: services.map((service) => this.service(aid, service)) };
		checkAccessory(accessory);
		return accessory;
	}

	private service(aid: number, { type: row, characteristics, ...rest }: ServiceDescription): ServiceDefinition {
		const { type, required } = serviceOf(row);
		const service = { ...rest, type, characteristics: characteristics.map((characteristic) => this.characteristic(aid, characteristic)) };
		for (const one of required)
			require(service.characteristics.some(({ info }) => info.type === one), `service ${aid}.${service.iid} lacks characteristic ${one}`);
		return service;
	}

	private characteristic(aid: number, { info, props, ...rest }: CharacteristicDescription): CharacteristicDefinition {
		const isNotifying = (perms: number) => (perms & Perms.Notify) !== 0;
		const whole = this.info(info, props);
		const characteristic = { ...rest, info: whole, eventIndex: isNotifying(whole.perms) ? this.notifying.length : -1 };
		checkValue(aid, characteristic);
		if (characteristic.eventIndex >= 0)
			this.notifying.push({ aid, characteristic });
		return characteristic;
	}

	private info(info: Characteristics | CharacteristicInfo, props: Partial<CharacteristicInfo> | undefined): CharacteristicInfo {
		const base = typeof info === "string" ? this.infos.get(info) ?? infoOf(info) : info;
		if (typeof info === "string")
			this.infos.set(info, base);
		return props ? { ...base, ...props } : base;
	}
}

/** Frozen whole, so that it stays where it was loaded. DefinitionError says what is wrong with it. */
export function defineAccessories(accessories: readonly AccessoryDescription[]): DatabaseDefinition {
	require(accessories.length <= MAX_ACCESSORIES, "too many accessories");
	require(accessories.some(({ aid }) => aid === 1), "no accessory has aid 1");
	require(new Set(accessories.map(({ aid }) => aid)).size === accessories.length, "an aid comes twice");
	const definer = new Definer();
	const defined = accessories.map((accessory) => definer.accessory(accessory));
	const isInOrder = defined.every(({ aid }, at) => at === 0 || defined[at - 1].aid < aid);
	const byAid = isInOrder ? defined : [...defined].sort((one, other) => one.aid - other.aid);
	const definition = { accessories: defined, byAid, notifying: definer.notifying };
	require(definition.notifying.length <= MAX_EVENT_INDEX, "too many characteristics notify");
	return Object.freeze(definition, true);
}
