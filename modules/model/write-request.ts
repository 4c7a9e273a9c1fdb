/** PUT /characteristics: HAP R2 "Writing Characteristics". All of the request is read before any of it is done. */

import { MalformedError } from "hap/bytes/bytes";
import type { ModelAnswer } from "hap/model/answer";
import { valueJson } from "hap/model/characteristic-json";
import type { AccessoryDatabase } from "hap/model/database";
import { type Later, type Result, WaitingRequest } from "hap/model/later";
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

function objectOf(value: unknown): { [name: string]: unknown; } {
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw new MalformedError("write: not an object");
	return value as { [name: string]: unknown; };
}

function idOf(value: unknown): number {
	if (typeof value !== "number" || value < 0 || !Number.isSafeInteger(value))
		throw new MalformedError("write: not an id");
	return value;
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

/** In place: a copy of each entry would take as much memory again. */
function parseEntry(entry: unknown): Write {
	const write = objectOf(entry);
	idOf(write.aid);
	idOf(write.iid);
	if (write.value === undefined && write.ev === undefined)
		throw new MalformedError("write: nothing to do");
	if (write.ev !== undefined)
		write.ev = flagOf(write.ev);
	if (write.r !== undefined)
		write.r = flagOf(write.r);
	if (write.authData !== undefined && typeof write.authData !== "string")
		throw new MalformedError("write: authData is no text");
	return write as unknown as Write;
}

export interface WriteRequest {
	readonly writes: readonly Write[];
	readonly pid: number | undefined;
}

/** MalformedError when keys are missing, of a wrong kind, or a characteristic comes twice. */
export function parseWriteRequest(body: unknown): WriteRequest {
	const { characteristics, pid } = objectOf(body);
	if (!Array.isArray(characteristics))
		throw new MalformedError("write: no list");
	for (let at = 0; at < characteristics.length; at++) {
		const { aid, iid } = parseEntry(characteristics[at]);
		for (let before = 0; before < at; before++)
			if (characteristics[before].aid === aid && characteristics[before].iid === iid)
				throw new MalformedError("write: a characteristic comes twice");
	}
	return { writes: characteristics as Write[], pid: pid === undefined ? undefined : pidOf(pid) };
}

function isInTime(characteristic: CharacteristicDefinition, timing: Timing): boolean {
	const needsTiming = (characteristic.info.perms & Perms.TimedWrite) !== 0;
	return timing === Timing.Prepared || (timing === Timing.Untimed && !needsTiming);
}

const DONE: ModelAnswer = Object.freeze({ httpStatus: 204 });

class Writing extends WaitingRequest {
	protected readonly laters: AccessoryDatabase;
	private readonly session: ModelSession;
	private readonly writes: readonly Write[];
	private readonly timing: Timing;
	private at = 0;

	constructor(database: AccessoryDatabase, writes: readonly Write[], session: ModelSession, timing: Timing) {
		super();
		this.laters = database;
		this.writes = writes;
		this.session = session;
		this.timing = timing;
	}

	protected proceed(): void {
		while (this.at < this.writes.length) {
			const write = this.writes[this.at];
			this.take(this.at++, this.perform(write));
		}
	}

	protected note(at: number, result: Result): void {
		const write = this.writes[at];
		const status = typeof result === "number" ? result : HapStatus.Success;
		write.status = status === HapStatus.Success ? this.follow(write) : status;
	}

	/** 204 when all of it is done and no value is wanted back, else 207 with a status on every entry. */
	protected answer(): ModelAnswer {
		const { writes } = this;
		for (let at = 0; at < writes.length; at++)
			if (writes[at].status !== HapStatus.Success || writes[at].r)
				return { httpStatus: 207, body: body(writes) };
		return DONE;
	}

	private perform({ aid, iid, value, authData }: Write): Result | Later {
		const characteristic = this.laters.find(aid, iid);
		if (!characteristic)
			return HapStatus.NoSuchResource;
		if (value === undefined)
			return HapStatus.Success;
		return isInTime(characteristic, this.timing)
			? this.laters.write(aid, characteristic, value, this.session, authData)
			: HapStatus.InvalidValue;
	}

	/** What comes after a value that was taken: the one that is wanted back, and the subscription. */
	private follow(write: Write): HapStatus {
		const { aid, iid, ev, r } = write;
		if (!r && ev === undefined)
			return HapStatus.Success;
		const characteristic = this.laters.find(aid, iid)!;
		if (r && (characteristic.info.perms & Perms.WriteResponse) !== 0) {
			const result = this.laters.read(aid, characteristic);
			if (typeof result === "number")
				return result;
			write.response = result.value;
		}
		return ev === undefined ? HapStatus.Success : this.subscribe(aid, characteristic, ev);
	}

	private subscribe(aid: number, characteristic: CharacteristicDefinition, isWanted: boolean): HapStatus {
		if ((characteristic.info.perms & Perms.Notify) === 0)
			return HapStatus.NotificationUnsupported;
		if (!isWanted)
			this.session.disableEventNotifications(aid, characteristic.iid);
		else if (this.laters.allows(this.session, characteristic, Perms.Notify))
			this.session.enableEventNotifications(aid, characteristic.iid);
		else
			return HapStatus.InsufficientPrivileges;
		return HapStatus.Success;
	}
}

function entryJson({ aid, iid, status, response }: Write): string {
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
	{ writes }: WriteRequest,
	session: ModelSession,
	timing: Timing,
): ModelAnswer | WaitingRequest {
	return new Writing(database, writes, session, timing).start();
}

// Else the linker leaves the prototype of a generator's instances writable, and in memory.
Object.freeze(body.prototype);
