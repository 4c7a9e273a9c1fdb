/** The query of GET /characteristics: HAP R2 "Reading Characteristics", `id=1.10,1.11&meta=1&perms=1&type=1&ev=1`. */

import { MalformedError } from "hap/bytes/bytes";
import { countIds, readId } from "hap/wire/http-text";

/** As many as an accessory has at most in one service; a line of 512 bytes holds fewer anyway. */
const MAX_IDS = 100;
const ID = "id=";

export interface CharacteristicId {
	aid: number;
	iid: number;
}

export interface CharacteristicsQuery {
	readonly ids: CharacteristicIds;
	readonly meta: boolean;
	readonly perms: boolean;
	readonly type: boolean;
	readonly ev: boolean;
	/** Any of the four. */
	readonly hasMore: boolean;
}

/** The ids of a list, read each time they are gone through: a hundred of them as objects would take six kilobytes. */
export class CharacteristicIds implements CharacteristicId {
	readonly count: number;
	/** The id that next() came to. */
	aid = 0;
	iid = 0;
	private readonly text: string;
	private readonly from: number;
	private at: number;
	private left: number;

	/** `text` has `count` of them from `from` on. MalformedError when they are too many, or none. */
	constructor(text: string, from: number, count: number) {
		if (count <= 0 || count > MAX_IDS)
			throw new MalformedError("query: ids");
		this.count = count;
		this.text = text;
		this.from = from;
		this.at = from;
		this.left = count;
	}

	rewind(): void {
		this.at = this.from;
		this.left = this.count;
	}

	/** False behind the last one. */
	next(): boolean {
		if (this.left === 0)
			return false;
		this.left--;
		this.at = readId(this.text, this.at, this);
		return true;
	}

	get isLast(): boolean {
		return this.left === 0;
	}
}

function parseFlag(text: string): boolean {
	switch (text) {
		case "1":
		case "true":
			return true;
		case "0":
		case "false":
			return false;
	}
	throw new MalformedError("query: not a flag");
}

/** A parameter that HAP does not name is ignored. */
export function parseQuery(query: string): CharacteristicsQuery {
	const count = countIds(query, ID);
	if (count < 0)
		return parseParameters(query);
	return { ids: new CharacteristicIds(query, ID.length, count), meta: false, perms: false, type: false, ev: false, hasMore: false };
}

function parseParameters(query: string): CharacteristicsQuery {
	const result = { ids: undefined as CharacteristicIds | undefined, meta: false, perms: false, type: false, ev: false, hasMore: false };
	for (const parameter of query.split("&")) {
		const equals = parameter.indexOf("=");
		const name = equals < 0 ? parameter : parameter.slice(0, equals);
		const value = equals < 0 ? "" : parameter.slice(equals + 1);
		switch (name) {
			case "id":
				result.ids = new CharacteristicIds(value, 0, countIds(value, ""));
				break;
			case "meta":
			case "perms":
			case "type":
			case "ev":
				result[name] = parseFlag(value);
				result.hasMore ||= result[name];
				break;
		}
	}
	if (!result.ids)
		throw new MalformedError("query: no id");
	return result as CharacteristicsQuery;
}
