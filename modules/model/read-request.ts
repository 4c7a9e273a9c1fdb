/** GET /characteristics: HAP R2 "Reading Characteristics". */

import { joinText, textBytes } from "hap/bytes/bytes";
import type { ModelAnswer } from "hap/model/answer";
import { metaJson, permsJson, plainJson, valueJson } from "hap/model/characteristic-json";
import type { AccessoryDatabase } from "hap/model/database";
import { type Later, type Result, WaitingRequest } from "hap/model/later";
import type { ModelSession } from "hap/model/session";
import { type CharacteristicDefinition, HapStatus, Perms, type Value } from "hap/model/types";
import { type CharacteristicId, type CharacteristicsQuery, Extra } from "hap/wire/query";

/** A body of so many entries and bytes is made as one text: with its head it fits one frame. */
const FEW = 12;
const SHORT = 448;

/** A longer one is made in pieces of about that. */
const PIECE = 96;

/** Of one request's readings, so many are under way at a time: each takes a promise, and functions that wait for it. */
const MAX_WAITING = 8;

/**
 * The request, and then the body of its answer, in pieces of a few characteristics: the body of a hundred never lies in memory whole.
 * Each step answers the same object, which holds the piece.
 */
class Reading extends WaitingRequest implements Iterator<string>, ModelAnswer {
	declare value: string;
	declare done: boolean;
	declare protected readonly laters: AccessoryDatabase;
	declare private readonly query: CharacteristicsQuery;
	declare private readonly session: ModelSession;
	declare private readonly values: (Value | undefined)[];
	/** None while all is well. */
	declare private statuses: HapStatus[] | undefined;
	private at = 0;

	constructor(database: AccessoryDatabase, query: CharacteristicsQuery, session: ModelSession) {
		super();
		this.laters = database;
		this.query = query;
		this.session = session;
		query.rewind();
		this.values = new Array(query.left).fill(undefined);
	}

	protected proceed(): void {
		const { query, laters } = this;
		while (this.waiting < MAX_WAITING && query.next()) {
			const characteristic = laters.find(query.aid, query.iid);
			if (characteristic?.isAtHand)
				this.values[this.at++] = laters.lastValue(query.aid, characteristic); // its status, where there are any, is Success already
			else
				this.take(this.at++, this.read(query.aid, characteristic));
		}
	}

	protected note(at: number, result: Result): void {
		if (typeof result !== "number")
			this.values[at] = result.value;
		else if (result !== HapStatus.Success)
			this.statuses ??= new Array(this.values.length).fill(HapStatus.Success);
		if (this.statuses)
			this.statuses[at] = typeof result === "number" ? result : HapStatus.Success;
	}

	/** 207 and a status on every entry as soon as one of them fails. */
	protected answer(): ModelAnswer {
		while (this.at < this.values.length)
			this.note(this.at++, HapStatus.TimedOut);
		if (this.statuses?.every((status) => status === HapStatus.Success))
			this.statuses = undefined;
		this.query.rewind();
		this.at = 0;
		return this;
	}

	get httpStatus(): number {
		return this.statuses ? 207 : 200;
	}

	get body(): string | Iterator<string> {
		return this.values.length === 1 ? this.next().value : this;
	}

	next(): IteratorResult<string> {
		const { query, values } = this;
		if (query.left === 0) {
			this.done = true;
			return this;
		}
		const isPlain = query.extras === 0 && !this.statuses;
		let at = this.at;
		let text = at === 0 ? '{"characteristics":[' : "";
		do {
			query.next();
			const after = query.left === 0 ? "}]}" : "},";
			if (isPlain)
				text = joinText(text, '{"aid":', query.aid, ',"iid":', query.iid, ',"value":', plainJson(values[at]!), after);
			else
				text = joinText(text, '{"aid":', query.aid, ',"iid":', query.iid, this.entryJson(query, at), after);
			at++;
		}
		while (query.left > 0 && textBytes(text) < PIECE);
		this.at = at;
		this.value = text;
		return this;
	}

	/** Of an entry that has more than its value, or no value. */
	private entryJson({ aid, iid }: CharacteristicId, at: number): string {
		const { query, values, statuses } = this;
		const value = values[at];
		const shown = value === undefined ? "" : `,"value":${valueJson(value)}`;
		const characteristic = query.extras !== 0 ? this.laters.find(aid, iid) : undefined;
		const isNotified = (query.extras & Extra.Events) !== 0 && this.session.hasEventNotifications(aid, iid);
		const about = characteristic ? aboutJson(characteristic, query.extras, isNotified) : "";
		return statuses ? `${about}${shown},"status":${statuses[at]}` : about + shown;
	}

	private read(aid: number, characteristic: CharacteristicDefinition | undefined): Result | Later {
		if (!characteristic)
			return HapStatus.NoSuchResource;
		if ((characteristic.info.perms & Perms.PairedRead) === 0)
			return HapStatus.WriteOnly;
		if (!this.laters.allows(this.session, characteristic, Perms.PairedRead))
			return HapStatus.InsufficientPrivileges;
		return this.laters.fetch(aid, characteristic, this.session);
	}
}

function aboutJson(characteristic: CharacteristicDefinition, extras: number, isNotified: boolean): string {
	const { info } = characteristic;
	let text = "";
	if (extras & Extra.Type)
		text += `,"type":"${info.type}"`;
	if (extras & Extra.Meta)
		text += `,${metaJson(info)}`;
	if (extras & Extra.Perms)
		text += `,${permsJson(info.perms)}`;
	return extras & Extra.Events ? `${text},"ev":${isNotified}` : text;
}

/** The answer, the body alone of one with status 200, or the request that waits for it. */
export function readCharacteristics(
	database: AccessoryDatabase,
	query: CharacteristicsQuery,
	session: ModelSession,
): string | ModelAnswer | WaitingRequest {
	// Most are of a few values that are at hand. When one of them is none, nothing has happened yet, and all is read anew.
	let text = '{"characteristics":[{"aid":';
	let isShort = query.extras === 0 && query.left <= FEW;
	while (isShort) {
		query.next();
		const characteristic = database.find(query.aid, query.iid);
		if (!characteristic?.isAtHand)
			break;
		const value = database.lastValue(query.aid, characteristic);
		const after = query.left === 0 ? "}]}" : '},{"aid":';
		text = joinText(text, query.aid, ',"iid":', query.iid, ',"value":', typeof value === "string" ? plainJson(value) : value, after);
		if (query.left === 0)
			return text;
		isShort = textBytes(text) <= SHORT;
	}
	return new Reading(database, query, session).start();
}
