/** Makes an accessory database out of a description, by the rules of HAP R2 "Accessory Objects"; run when modules load. */

import { type Characteristics, Services } from "hap/model/catalogue";
import { constantJson, serviceJson } from "hap/model/characteristic-json";
import { checkAccessories, checkAccessory, checkCharacteristic, DefinitionError, require } from "hap/model/definition-checks";
import { infoOf, serviceOf, uuidOf } from "hap/model/rows";
import {
	type AccessoryDefinition,
	type CharacteristicDefinition,
	type CharacteristicInfo,
	type DatabaseDefinition,
	Perms,
	type ServiceDefinition,
	type Value,
} from "hap/model/types";

export { DefinitionError };

export interface CharacteristicDescription {
	/** None: made of the UUIDs, so that it stays whatever comes before it (iidOf). */
	readonly iid?: number;
	/** One of the catalogue, or one of one's own. */
	readonly info: Characteristics | CharacteristicInfo;
	/** What this accessory has otherwise than `info` says: a smaller range, other permissions. */
	readonly props?: Partial<CharacteristicInfo>;
	/** The constant or first value. */
	readonly value?: Value;
	readonly description?: string;
	/** The accessory's own code has no part in reading it. */
	readonly isKept?: boolean;
}

export interface ServiceDescription {
	readonly iid?: number;
	/** Tells services of one type apart where they have no iid: 1, 2, … */
	readonly id?: number;
	/** One of the catalogue, or the UUID of another. */
	readonly type: Services | string;
	readonly isPrimary?: boolean;
	readonly isHidden?: boolean;
	/** iids of services. */
	readonly linked?: readonly number[];
	readonly characteristics: readonly CharacteristicDescription[];
}

export interface AccessoryDescription {
	readonly aid: number;
	/** So many accessories alike, with aids from `aid` on; 1 when it is not given. */
	readonly count?: number;
	readonly services: readonly ServiceDescription[];
}

const INFORMATION = "3E";
const PROTOCOL = "A2";
const INFORMATION_IID = 1; // HAP R2 "Accessory Information"
const ID_STEP = 65536;
/** In AccessoryDefinition.byIid: sixteen services with iids sixteen apart. */
const MAX_LISTED = 256;

/** Of a UUID, short or long, the last byte of its first word. */
function byteOf(type: string): number {
	return Number.parseInt(type.split("-")[0].slice(-2), 16);
}

/**
 * The iid of a service, or of a characteristic in it, made of their UUIDs alone: it is the same after every start, and in whatever
 * order services are declared. Below 65536 for the first service of its type.
 */
export function iidOf(service: string, id = 0, characteristic?: string): number {
	if (service === INFORMATION && characteristic === undefined)
		return INFORMATION_IID;
	return id * ID_STEP + byteOf(service) * 256 + (characteristic === undefined ? 0 : byteOf(characteristic));
}

/** By iid, from the first one of a service of the accessory's own on. */
function listByIid(services: readonly ServiceDefinition[]): Pick<AccessoryDefinition, "firstIid" | "byIid"> {
	const iidOfFirst = ({ type, characteristics }: ServiceDefinition) =>
		type === INFORMATION || type === PROTOCOL ? Infinity : Math.min(...characteristics.map(({ iid }) => iid));
	const firstIid = Math.min(...services.map(iidOfFirst));
	const byIid: (CharacteristicDefinition | undefined)[] = [];
	for (const characteristic of services.flatMap(({ characteristics }) => characteristics)) {
		const at = characteristic.iid - firstIid;
		if (at >= MAX_LISTED)
			return { firstIid: 0, byIid: [] };
		for (let hole = byIid.length; hole <= at; hole++)
			byIid.push(undefined);
		if (at >= 0)
			byIid[at] = characteristic;
	}
	return { firstIid, byIid };
}

class Definer {
	/** Characteristics that notify, and others, so far. */
	events = 0;
	silents = 0;
	/** By row: what several accessories have lies in flash once. */
	private readonly infos = new Map<string, CharacteristicInfo>();

	accessory({ aid, count = 1, services: descriptions }: AccessoryDescription, at: number): AccessoryDefinition {
		const { events: eventsBefore, silents: silentsBefore } = this;
		const services = descriptions.map((service) => this.service(aid, service));
		const [events, silents] = [this.events - eventsBefore, this.silents - silentsBefore];
		const accessory = { aid, at, count, events, eventsBefore, silents, silentsBefore, services, ...listByIid(services) };
		checkAccessory(accessory);
		this.events += (count - 1) * events;
		this.silents += (count - 1) * silents;
		return accessory;
	}

	private service(aid: number, { iid, id, type: row, characteristics, ...rest }: ServiceDescription): ServiceDefinition {
		const { type: given, required } = serviceOf(row === INFORMATION ? Services.AccessoryInformation : row);
		const where = `service ${given} of accessory ${aid}`;
		const type = require(uuidOf(given), where, "no UUID");
		const list = characteristics.map((characteristic) => this.characteristic(where, type, id, characteristic));
		for (const one of required)
			require(list.some(({ info }) => info.type === one), where, `lacks characteristic ${one}`);
		const service = { ...rest, iid: iid ?? iidOf(type, id), type, characteristics: list };
		return { ...service, json: serviceJson(service) };
	}

	private characteristic(
		where: string,
		service: string,
		id: number | undefined,
		{ iid, info: given, props, isKept = false, ...rest }: CharacteristicDescription,
	): CharacteristicDefinition {
		const info = this.info(where, given, props);
		const eventIndex = info.perms & Perms.Notify ? this.events++ : -1 - this.silents++;
		const isAtHand = isKept && (info.perms & ~(info.adminOnly ?? 0) & Perms.PairedRead) !== 0;
		const constant = { ...rest, iid: iid ?? iidOf(service, id, info.type), info, eventIndex, isAtHand };
		return checkCharacteristic(`characteristic ${info.type} of ${where}`, { ...constant, json: constantJson(constant) });
	}

	private info(where: string, given: Characteristics | CharacteristicInfo, props?: Partial<CharacteristicInfo>): CharacteristicInfo {
		if (typeof given !== "string") {
			const type = require(uuidOf(given.type), `characteristic ${given.type} of ${where}`, "no UUID");
			return type === given.type && !props ? given : { ...given, ...props, type };
		}
		const info = this.infos.get(given) ?? infoOf(given);
		this.infos.set(given, info);
		return props ? { ...info, ...props } : info;
	}
}

/** Frozen whole, so that it stays where it was loaded. DefinitionError says what is wrong with it, and where. */
export function defineAccessories(descriptions: readonly AccessoryDescription[]): DatabaseDefinition {
	const definer = new Definer();
	const accessories = [...descriptions].sort((one, other) => one.aid - other.aid).map((accessory, at) => definer.accessory(accessory, at));
	checkAccessories(accessories);
	const { events, silents } = definer;
	return Object.freeze({ accessories, events, silents }, true);
}

/** For lockdown/declarations, once everything is declared: functions that no variable holds any more are none of the image's. */
export function leaveFlash(gone: readonly (() => never)[]): void {
	// @ts-expect-error: to the engine their names are variables
	[iidOf, defineAccessories, leaveFlash] = gone;
}
