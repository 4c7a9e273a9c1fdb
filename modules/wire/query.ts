/** The query of GET /characteristics: HAP R2 "Reading Characteristics", `id=1.10,1.11&meta=1&perms=1&type=1&ev=1`. */

import { fromText, MalformedError } from "hap/bytes/bytes";
import { decimal, findByte, isText } from "hap/wire/http-text";

/** As many as an accessory has at most in one service; a line of 512 bytes holds fewer anyway. */
const MAX_IDS = 100;
const ID = "id=";
const AMPERSAND = 0x26;
const COMMA = 0x2c;
const DOT = 0x2e;
/** Instance ids are 64-bit; from 2^53 on they could not be told apart, so that such an id is none of ours. */
const END_OF_IDS = 9007199254740992;

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
}

/** The ids of a list, read each time they are gone through: a hundred of them as objects would take six kilobytes. */
export class CharacteristicIds implements CharacteristicId {
	readonly count: number;
	/** The id that next() came to. */
	aid = 0;
	iid = 0;
	private readonly bytes: Uint8Array;
	private readonly from: number;
	private readonly end: number;
	private at: number;

	/** MalformedError when one of them is none, or they are too many. */
	constructor(bytes: Uint8Array, from = 0, end = bytes.length) {
		let count = 0;
		this.bytes = bytes;
		this.from = from;
		this.end = end;
		this.at = from;
		while (this.next())
			if (++count > MAX_IDS)
				throw new MalformedError("query: too many ids");
		this.count = count;
	}

	rewind(): void {
		this.at = this.from;
	}

	/** False behind the last one. */
	next(): boolean {
		const { bytes, at, end } = this;
		if (at > end)
			return false;
		const comma = findByte(bytes, at, end, COMMA);
		const to = comma < 0 ? end : comma;
		const dot = findByte(bytes, at, to, DOT);
		if (dot < 0)
			throw new MalformedError("query: an id is aid.iid");
		const aid = decimal(bytes, at, dot);
		const iid = decimal(bytes, dot + 1, to);
		if (aid < 0 || iid < 0 || aid >= END_OF_IDS || iid >= END_OF_IDS)
			throw new MalformedError("query: not an id of ours");
		this.aid = aid;
		this.iid = iid;
		this.at = to + 1;
		return true;
	}

	get isLast(): boolean {
		return this.at > this.end;
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
	const bytes = fromText(query);
	const end = bytes.length;
	if (end >= ID.length && isText(bytes, 0, ID.length, ID) && findByte(bytes, 0, end, AMPERSAND) < 0)
		return { ids: new CharacteristicIds(bytes, ID.length, end), meta: false, perms: false, type: false, ev: false };
	return parseParameters(query);
}

function parseParameters(query: string): CharacteristicsQuery {
	const result = { ids: undefined as CharacteristicIds | undefined, meta: false, perms: false, type: false, ev: false };
	for (const parameter of query.split("&")) {
		const equals = parameter.indexOf("=");
		const name = equals < 0 ? parameter : parameter.slice(0, equals);
		const value = equals < 0 ? "" : parameter.slice(equals + 1);
		switch (name) {
			case "id":
				result.ids = new CharacteristicIds(fromText(value));
				break;
			case "meta":
			case "perms":
			case "type":
			case "ev":
				result[name] = parseFlag(value);
				break;
		}
	}
	if (!result.ids)
		throw new MalformedError("query: no id");
	return result as CharacteristicsQuery;
}
