/** PUT /characteristics: HAP R2 "Writing Characteristics". All of the request is read before any of it is done. */

import { MalformedError } from "hap/bytes/bytes";
import type { ModelAnswer } from "hap/model/answer";
import { valueJson } from "hap/model/characteristic-json";
import type { AccessoryDatabase } from "hap/model/database";
import { Later, type Result, WaitingRequest } from "hap/model/later";
import type { ModelSession } from "hap/model/session";
import { type CharacteristicDefinition, HapStatus, Perms, type Value } from "hap/model/types";

/** An entry of the request, as JSON has it once it is checked; what became of it is written into it. */
interface Write {
	readonly aid: number;
	readonly iid: number;
	/** Undefined: not to be written. */
	readonly value?: unknown;
	readonly ev?: boolean;
	/** The controller wants the value back. */
	readonly r?: boolean;
	/** For a characteristic with additional authorization. */
	readonly authData?: string;
	/** Undefined: it is done. */
	status?: HapStatus;
	response?: Value;
}

/** How the request stands to a PUT /prepare before it. */
export const enum Timing {
	/** No `pid`. */
	Untimed,
	/** A `pid` that was prepared and is in time. */
	Prepared,
	/** A `pid` that was not, or is not any more. */
	Late,
}

function isId(value: unknown): boolean {
	return typeof value === "number" && (value >>> 0 === value || (value >= 0 && Number.isSafeInteger(value)));
}

/** 64 bits of the controller's choice: as a number it is rounded, here and in PUT /prepare alike. */
export function pidOf(value: unknown): number {
	if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
		throw new MalformedError("not a pid");
	return value;
}

function flagOf(value: unknown): boolean {
	if (value === true || value === 1)
		return true;
	if (value === false || value === 0)
		return false;
	throw new MalformedError("write: not a flag");
}

/** What JSON has, whatever it is: null has no properties at all, and numbers, texts and lists none that is asked for here. */
type Json = { [name: string]: unknown; } | null | undefined;

/** In place: a copy of each entry would take as much memory again. */
function parseEntry(write: Json): Write {
	if (!write || !isId(write.aid) || !isId(write.iid))
		throw new MalformedError("write: not an id");
	if (write.ev !== undefined)
		write.ev = flagOf(write.ev);
	else if (write.value === undefined)
		throw new MalformedError("write: nothing to do");
	if (write.r !== undefined)
		write.r = flagOf(write.r);
	if (write.authData !== undefined && typeof write.authData !== "string")
		throw new MalformedError("write: authData is no text");
	return write as unknown as Write;
}

export interface WriteRequest {
	readonly characteristics: readonly Write[];
	readonly pid?: number;
}

/** The body itself. MalformedError when keys are missing, of a wrong kind, or a characteristic comes twice. */
export function parseWriteRequest(body: unknown): WriteRequest {
	const request = body as Json;
	const list = request?.characteristics;
	if (!request || !Array.isArray(list))
		throw new MalformedError("write: no list");
	for (let at = 0; at < list.length; at++) {
		const write = parseEntry(list[at]);
		for (let before = 0; before < at; before++)
			if (list[before].aid === write.aid && list[before].iid === write.iid)
				throw new MalformedError("write: a characteristic comes twice");
	}
	if (request.pid !== undefined)
		pidOf(request.pid);
	return request as unknown as WriteRequest;
}

/** All of it is done, and no value is wanted back. */
export const DONE: ModelAnswer = Object.freeze({ httpStatus: 204 });

/** DONE, or 207 with a status on every entry. */
function answerOf(writes: readonly Write[]): ModelAnswer {
	for (let at = 0; at < writes.length; at++)
		if (writes[at].status !== undefined || writes[at].r)
			return { httpStatus: 207, body: body(writes) };
	return DONE;
}

function perform(database: AccessoryDatabase, write: Write, session: ModelSession, timing: Timing): Result | Later {
	const aid = write.aid;
	const characteristic = database.find(aid, write.iid);
	if (characteristic === undefined)
		return HapStatus.NoSuchResource;
	const value = write.value;
	if (value === undefined)
		return HapStatus.Success;
	if (timing !== Timing.Prepared && (timing === Timing.Late || (characteristic.info.perms & Perms.TimedWrite) !== 0))
		return HapStatus.InvalidValue;
	return database.write(aid, characteristic, value, session, write.authData);
}

/** What came of the value, and what comes after one that was taken: the value that is wanted back, and the subscription. */
function settle(database: AccessoryDatabase, write: Write, session: ModelSession, result: Result): void {
	const status = typeof result === "number" && result !== HapStatus.Success ? result : follow(database, write, session);
	if (status !== HapStatus.Success)
		write.status = status;
}

function follow(database: AccessoryDatabase, write: Write, session: ModelSession): HapStatus {
	const { aid, iid, ev, r } = write;
	if (ev === undefined && !r)
		return HapStatus.Success;
	const characteristic = database.find(aid, iid)!;
	if (r && (characteristic.info.perms & Perms.WriteResponse) !== 0) {
		const result = database.read(aid, characteristic);
		if (typeof result === "number")
			return result;
		write.response = result.value;
	}
	return ev === undefined ? HapStatus.Success : subscribe(database, aid, characteristic, session, ev);
}

function subscribe(
	database: AccessoryDatabase,
	aid: number,
	characteristic: CharacteristicDefinition,
	session: ModelSession,
	isWanted: boolean,
): HapStatus {
	if ((characteristic.info.perms & Perms.Notify) === 0)
		return HapStatus.NotificationUnsupported;
	if (!isWanted)
		session.disableEventNotifications(aid, characteristic.iid);
	else if (database.allows(session, characteristic, Perms.Notify))
		session.enableEventNotifications(aid, characteristic.iid);
	else
		return HapStatus.InsufficientPrivileges;
	return HapStatus.Success;
}

/** A request of which something is answered later. */
class Writing extends WaitingRequest {
	protected readonly laters: AccessoryDatabase;
	private readonly session: ModelSession;
	private readonly writes: readonly Write[];
	private readonly timing: Timing;
	private at: number;

	/** What comes before `at` is done. */
	constructor(database: AccessoryDatabase, writes: readonly Write[], session: ModelSession, timing: Timing, at: number) {
		super();
		this.laters = database;
		this.writes = writes;
		this.session = session;
		this.timing = timing;
		this.at = at;
	}

	/** Waits for the next write, and does those behind it. */
	startWith(later: Later): ModelAnswer | WaitingRequest {
		this.take(this.at++, later);
		return this.start();
	}

	protected proceed(): void {
		while (this.at < this.writes.length) {
			const at = this.at++; // a write may settle an earlier one, which goes on from here
			this.take(at, perform(this.laters, this.writes[at], this.session, this.timing));
		}
	}

	protected note(at: number, result: Result): void {
		const write = this.writes[at];
		write.status = undefined;
		settle(this.laters, write, this.session, result);
	}

	protected answer(): ModelAnswer {
		return answerOf(this.writes);
	}
}

function entryJson({ aid, iid, status = HapStatus.Success, response }: Write): string {
	const shown = response === undefined ? "" : `,"value":${valueJson(response)}`;
	return `{"aid":${aid},"iid":${iid},"status":${status}${shown}}`;
}

function* body(writes: readonly Write[]): Generator<string> {
	let before = '{"characteristics":[';
	for (const write of writes) {
		yield before + entryJson(write);
		before = ",";
	}
	yield "]}";
}

/** The answer, or the request that waits for it. */
export function writeCharacteristics(
	database: AccessoryDatabase,
	writes: readonly Write[],
	session: ModelSession,
	timing: Timing,
): ModelAnswer | WaitingRequest {
	let isMore = false;
	for (let at = 0; at < writes.length; at++) {
		const write = writes[at];
		const result = perform(database, write, session, timing);
		if (result === HapStatus.Success && write.ev === undefined && !write.r)
			continue;
		if (result instanceof Later)
			return new Writing(database, writes, session, timing, at).startWith(result);
		settle(database, write, session, result);
		isMore = true;
	}
	return isMore ? answerOf(writes) : DONE;
}

// Else the linker leaves the prototype of a generator's instances writable, and in memory.
Object.freeze(body.prototype);
