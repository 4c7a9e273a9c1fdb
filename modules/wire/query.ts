/** The query of GET /characteristics: HAP R2 "Reading Characteristics", `id=1.10,1.11&meta=1&perms=1&type=1&ev=1`. */

import { MalformedError } from "hap/bytes/bytes";
import { countIds, readId } from "hap/wire/http-text";

/** As many as an accessory has at most in one service; a line of 512 bytes holds fewer anyway. */
const MAX_IDS = 100;
const ID = "id=";
const ID_BYTES = 3; // asking a text how long it is makes an object of it

export interface CharacteristicId {
	aid: number;
	iid: number;
}

/** A set of bits: what is to be told beside a value. */
export const enum Extra {
	Meta = 1,
	Perms = 2,
	Type = 4,
	Events = 8,
}

/** Its ids are read each time they are gone through: a hundred of them as objects would take six kilobytes. */
export class CharacteristicsQuery implements CharacteristicId {
	/* Declared only: what a constructor sets need not be set before it. */
	declare private readonly text: string;
	declare private at: number;
	/** Ids that are still to come. */
	declare left: number;
	/** The id that next() came to. */
	declare aid: number;
	declare iid: number;
	declare readonly extras: number;

	/** `text` is "id=" and so many ids. MalformedError when they are too many, or none. */
	constructor(text: string, count: number, extras: number) {
		if (count <= 0 || count > MAX_IDS)
			throw new MalformedError("query: ids");
		this.text = text;
		this.at = ID_BYTES;
		this.left = count;
		this.extras = extras;
	}

	rewind(): void {
		this.at = ID_BYTES;
		this.left = countIds(this.text, ID);
	}

	/** False behind the last one. */
	next(): boolean {
		if (this.left === 0)
			return false;
		this.left--;
		this.at = readId(this.text, this.at, this);
		return true;
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
	return count < 0 ? parseParameters(query) : new CharacteristicsQuery(query, count, 0);
}

function extraOf(name: string): number {
	switch (name) {
		case "meta":
			return Extra.Meta;
		case "perms":
			return Extra.Perms;
		case "type":
			return Extra.Type;
		case "ev":
			return Extra.Events;
		default:
			return 0;
	}
}

function parseParameters(query: string): CharacteristicsQuery {
	let ids = ID;
	let extras = 0;
	for (const parameter of query.split("&")) {
		const equals = parameter.indexOf("=");
		const name = equals < 0 ? parameter : parameter.slice(0, equals);
		const value = equals < 0 ? "" : parameter.slice(equals + 1);
		const extra = extraOf(name);
		if (name === "id")
			ids = ID + value;
		else if (extra !== 0)
			extras = parseFlag(value) ? extras | extra : extras & ~extra;
	}
	return new CharacteristicsQuery(ids, countIds(ids, ID), extras);
}
