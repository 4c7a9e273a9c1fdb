/** GET /characteristics: HAP R2 "Reading Characteristics". */

import { metaJson, permsJson, valueJson } from "hap/model/characteristic-json";
import type { AccessoryDatabase } from "hap/model/database";
import type { ModelSession } from "hap/model/session";
import { type CharacteristicDefinition, HapStatus, Perms, type Value } from "hap/model/types";
import type { CharacteristicId, CharacteristicsQuery } from "hap/wire/query";

export interface ModelAnswer {
	/** 200, 204 or 207. */
	readonly httpStatus: number;
	readonly body?: string;
}

interface Read {
	readonly id: CharacteristicId;
	readonly characteristic: CharacteristicDefinition | undefined;
	readonly status: HapStatus;
	readonly value?: Value;
}

function read(database: AccessoryDatabase, id: CharacteristicId): Read {
	const characteristic = database.find(id.aid, id.iid);
	if (!characteristic)
		return { id, characteristic, status: HapStatus.NoSuchResource };
	if ((characteristic.info.perms & Perms.PairedRead) === 0)
		return { id, characteristic, status: HapStatus.WriteOnly };
	const result = database.read(id.aid, characteristic);
	if (typeof result === "number")
		return { id, characteristic, status: result };
	return { id, characteristic, status: HapStatus.Success, value: result.value };
}

function entryJson(entry: Read, query: CharacteristicsQuery, session: ModelSession, hasStatus: boolean): string {
	const { aid, iid } = entry.id;
	const { characteristic } = entry;
	let text = `{"aid":${aid},"iid":${iid}`;
	if (characteristic && query.type)
		text += `,"type":"${characteristic.info.type}"`;
	if (characteristic && query.meta)
		text += `,${metaJson(characteristic.info)}`;
	if (characteristic && query.perms)
		text += `,${permsJson(characteristic.info.perms)}`;
	if (characteristic && query.ev)
		text += `,"ev":${session.hasEventNotifications(aid, iid)}`;
	if (entry.value !== undefined)
		text += `,"value":${valueJson(entry.value)}`;
	return `${text}${hasStatus ? `,"status":${entry.status}` : ""}}`;
}

/** 207 and a status on every entry as soon as one of them fails. */
export function readCharacteristics(database: AccessoryDatabase, query: CharacteristicsQuery, session: ModelSession): ModelAnswer {
	const entries = query.ids.map((id) => read(database, id));
	const isMixed = entries.some(({ status }) => status !== HapStatus.Success);
	let list = "";
	for (const entry of entries)
		list += `${list && ","}${entryJson(entry, query, session, isMixed)}`;
	return { httpStatus: isMixed ? 207 : 200, body: `{"characteristics":[${list}]}` };
}
