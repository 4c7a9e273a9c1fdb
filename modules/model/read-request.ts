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
	ids.rewind();
	for (let at = 0; ids.next(); at++) {
		const result = read(database, ids);
		if (typeof result === "number") {
			reading.statuses ??= new Array(ids.count).fill(HapStatus.Success);
			reading.statuses[at] = result;
		}
		else
			reading.values[at] = result.value;
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

/**
 * In pieces of one characteristic: the body of a hundred never lies in memory whole. Each step answers the same object, which
 * holds the piece.
 */
class ReadBody implements Iterator<string> {
	value = "";
	done = false;
	private readonly database: AccessoryDatabase;
	private readonly query: CharacteristicsQuery;
	private readonly session: ModelSession;
	private readonly reading: Reading;
	private at = 0;

	constructor(database: AccessoryDatabase, query: CharacteristicsQuery, session: ModelSession, reading: Reading) {
		this.database = database;
		this.query = query;
		this.session = session;
		this.reading = reading;
		query.ids.rewind();
	}

	next(): IteratorResult<string> {
		const { ids } = this.query;
		if (ids.next()) {
			const before = this.at === 0 ? '{"characteristics":[{"aid":' : ',{"aid":';
			this.value = `${before}${ids.aid},"iid":${ids.iid}${this.entryJson(ids)}${ids.isLast ? "}]}" : "}"}`;
			this.at++;
		}
		else
			this.done = true;
		return this;
	}

	private entryJson({ aid, iid }: CharacteristicId): string {
		const { query, reading: { values, statuses } } = this;
		const value = values[this.at];
		const isAsked = query.type || query.meta || query.perms || query.ev;
		const characteristic = isAsked ? this.database.find(aid, iid) : undefined;
		const about = characteristic ? aboutJson(characteristic, query, query.ev && this.session.hasEventNotifications(aid, iid)) : "";
		const shown = value === undefined ? "" : `,"value":${valueJson(value)}`;
		return statuses ? `${about}${shown},"status":${statuses[this.at]}` : about + shown;
	}
}

/** 207 and a status on every entry as soon as one of them fails. */
export function readCharacteristics(database: AccessoryDatabase, query: CharacteristicsQuery, session: ModelSession): ModelAnswer {
	const reading = readAll(database, query.ids);
	return { httpStatus: reading.statuses ? 207 : 200, body: new ReadBody(database, query, session, reading) };
}
