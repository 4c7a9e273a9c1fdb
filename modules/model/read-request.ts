/** GET /characteristics: HAP R2 "Reading Characteristics". */

import { metaJson, permsJson, valueJson } from "hap/model/characteristic-json";
import type { AccessoryDatabase } from "hap/model/database";
import type { ModelSession } from "hap/model/session";
import { type CharacteristicDefinition, HapStatus, Perms, type Value } from "hap/model/types";
import type { CharacteristicId, CharacteristicIds, CharacteristicsQuery } from "hap/wire/query";

export interface ModelAnswer {
	/** 200, 204 or 207. */
	readonly httpStatus: number;
	/** In pieces where it may be long. */
	readonly body?: Iterator<string>;
}

/** What was read, by the place of its id in the request. */
interface Reading {
	readonly values: (Value | undefined)[];
	/** None while all is well. */
	statuses: HapStatus[] | undefined;
}

/** A value, or a status other than Success. */
function read(database: AccessoryDatabase, { aid, iid }: CharacteristicId): { value: Value; } | HapStatus {
	const characteristic = database.find(aid, iid);
	if (!characteristic)
		return HapStatus.NoSuchResource;
	if ((characteristic.info.perms & Perms.PairedRead) === 0)
		return HapStatus.WriteOnly;
	return database.read(aid, characteristic);
}

function readAll(database: AccessoryDatabase, ids: CharacteristicIds): Reading {
	const reading: Reading = { values: new Array(ids.count), statuses: undefined };
	let at = 0;
	for (const id of ids) {
		const result = read(database, id);
		if (typeof result === "number") {
			reading.statuses ??= new Array(ids.count).fill(HapStatus.Success);
			reading.statuses[at] = result;
		}
		else
			reading.values[at] = result.value;
		at++;
	}
	return reading;
}

function aboutJson(characteristic: CharacteristicDefinition, query: CharacteristicsQuery, isNotified: boolean): string {
	const { info } = characteristic;
	let text = "";
	if (query.type)
		text += `,"type":"${info.type}"`;
	if (query.meta)
		text += `,${metaJson(info)}`;
	if (query.perms)
		text += `,${permsJson(info.perms)}`;
	return query.ev ? `${text},"ev":${isNotified}` : text;
}

/** In pieces of one characteristic: the body of a hundred never lies in memory whole. */
function* body(database: AccessoryDatabase, query: CharacteristicsQuery, session: ModelSession, reading: Reading): Generator<string> {
	const { values, statuses } = reading;
	let before = '{"characteristics":[';
	let at = 0;
	for (const { aid, iid } of query.ids) {
		const characteristic = database.find(aid, iid);
		const value = values[at];
		const about = characteristic ? aboutJson(characteristic, query, session.hasEventNotifications(aid, iid)) : "";
		const shown = value === undefined ? "" : `,"value":${valueJson(value)}`;
		const status = statuses ? `,"status":${statuses[at]}` : "";
		yield `${before}{"aid":${aid},"iid":${iid}${about}${shown}${status}}`;
		before = ",";
		at++;
	}
	yield "]}";
}

/** 207 and a status on every entry as soon as one of them fails. */
export function readCharacteristics(database: AccessoryDatabase, query: CharacteristicsQuery, session: ModelSession): ModelAnswer {
	const reading = readAll(database, query.ids);
	return { httpStatus: reading.statuses ? 207 : 200, body: body(database, query, session, reading) };
}

// Else the linker leaves the prototype of a generator's instances writable, and in memory.
Object.freeze(body.prototype);
