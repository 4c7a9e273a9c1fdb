/** The query of GET /characteristics: HAP R2 "Reading Characteristics", `id=1.10,1.11&meta=1&perms=1&type=1&ev=1`. */

import { MalformedError } from "hap/bytes/bytes";

/** As many as an accessory has at most in one service; a line of 512 bytes holds fewer anyway. */
const MAX_IDS = 100;

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

/** The ids of a list, read each time they are gone through: a hundred of them as objects would take six kilobytes. */
export class CharacteristicIds implements Iterable<CharacteristicId> {
	readonly count: number;
	private readonly text: string;

	/** MalformedError when one of them is none, or they are too many. */
	constructor(text: string) {
		let count = 0;
		this.text = text;
		for (const _ of this)
			if (++count > MAX_IDS)
				throw new MalformedError("query: too many ids");
		this.count = count;
	}

	*[Symbol.iterator](): Generator<CharacteristicId> {
		const text = this.text;
		for (let from = 0; from <= text.length;) {
			const comma = text.indexOf(",", from);
			const to = comma < 0 ? text.length : comma;
			yield parseId(text.slice(from, to));
			from = to + 1;
		}
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
	const result = { ids: undefined as CharacteristicIds | undefined, meta: false, perms: false, type: false, ev: false };
	for (const parameter of query.split("&")) {
		const equals = parameter.indexOf("=");
		const name = equals < 0 ? parameter : parameter.slice(0, equals);
		const value = equals < 0 ? "" : parameter.slice(equals + 1);
		switch (name) {
			case "id":
				result.ids = new CharacteristicIds(value);
				break;
			case "meta":
			case "perms":
			case "type":
			case "ev":
				result[name] = parseFlag(value);
				break;
		}
	}
	const { ids, ...flags } = result;
	if (!ids)
		throw new MalformedError("query: no id");
	return { ids, ...flags };
}

// Else the linker leaves the prototype of a generator's instances writable, and in memory.
Object.freeze((CharacteristicIds.prototype[Symbol.iterator] as GeneratorFunction).prototype);
