/** The query of GET /characteristics: HAP R2 "Reading Characteristics", `id=1.10,1.11&meta=1&perms=1&type=1&ev=1`. */

import { MalformedError } from "hap/bytes/bytes";

/** As many as an accessory has at most in one service; a line of 512 bytes holds fewer anyway. */
const MAX_IDS = 100;

export interface CharacteristicId {
	aid: number;
	iid: number;
}

export interface CharacteristicsQuery {
	readonly ids: readonly CharacteristicId[];
	readonly meta: boolean;
	readonly perms: boolean;
	readonly type: boolean;
	readonly ev: boolean;
}

/** Instance ids are 64-bit; from 2^53 on they could not be told apart, so that such an id is none of ours. */
function parseNumber(text: string): number {
	if (text.length === 0)
		throw new MalformedError("query: not an id");
	let value = 0;
	for (let i = 0; i < text.length; i++) {
		const digit = text.charCodeAt(i) - 0x30;
		if (digit < 0 || digit > 9)
			throw new MalformedError("query: not an id");
		value = value * 10 + digit;
	}
	if (value > Number.MAX_SAFE_INTEGER)
		throw new MalformedError("query: not an id of ours");
	return value;
}

function parseId(text: string): CharacteristicId {
	const dot = text.indexOf(".");
	if (dot < 0)
		throw new MalformedError("query: an id is aid.iid");
	return { aid: parseNumber(text.slice(0, dot)), iid: parseNumber(text.slice(dot + 1)) };
}

function parseIds(text: string): CharacteristicId[] {
	const ids = text.split(",");
	if (ids.length > MAX_IDS)
		throw new MalformedError("query: too many ids");
	return ids.map(parseId);
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
	const result = { ids: [] as CharacteristicId[], meta: false, perms: false, type: false, ev: false };
	for (const parameter of query.split("&")) {
		const equals = parameter.indexOf("=");
		const name = equals < 0 ? parameter : parameter.slice(0, equals);
		const value = equals < 0 ? "" : parameter.slice(equals + 1);
		switch (name) {
			case "id":
				result.ids = parseIds(value);
				break;
			case "meta":
			case "perms":
			case "type":
			case "ev":
				result[name] = parseFlag(value);
				break;
		}
	}
	if (result.ids.length === 0)
		throw new MalformedError("query: no id");
	return result;
}
