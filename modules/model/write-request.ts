/** PUT /characteristics: HAP R2 "Writing Characteristics". All of the request is read before any of it is done. */

import { MalformedError } from "hap/bytes/bytes";
import { valueJson } from "hap/model/characteristic-json";
import type { AccessoryDatabase } from "hap/model/database";
import type { ModelAnswer } from "hap/model/read-request";
import type { ModelSession } from "hap/model/session";
import { type CharacteristicDefinition, HapStatus, Perms, type Value } from "hap/model/types";

interface Write {
	readonly aid: number;
	readonly iid: number;
	/** Undefined: not to be written. */
	readonly value: unknown;
	readonly ev: boolean | undefined;
	readonly isResponseWanted: boolean;
}

interface Written {
	readonly write: Write;
	readonly status: HapStatus;
	readonly value?: Value;
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
	if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
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

function parseEntry(entry: unknown): Write {
	const { aid, iid, value, ev, r } = objectOf(entry);
	if (value === undefined && ev === undefined)
		throw new MalformedError("write: nothing to do");
	return {
		aid: idOf(aid),
		iid: idOf(iid),
		value,
		ev: ev === undefined ? undefined : flagOf(ev),
		isResponseWanted: r !== undefined && flagOf(r),
	};
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
	const writes = characteristics.map(parseEntry);
	for (let i = 1; i < writes.length; i++)
		for (let j = 0; j < i; j++)
			if (writes[i].aid === writes[j].aid && writes[i].iid === writes[j].iid)
				throw new MalformedError("write: a characteristic comes twice");
	return { writes, pid: pid === undefined ? undefined : pidOf(pid) };
}

function subscribe(session: ModelSession, { aid, iid, ev }: Write, { eventIndex }: CharacteristicDefinition): HapStatus {
	if (ev === undefined)
		return HapStatus.Success;
	if (eventIndex < 0)
		return HapStatus.NotificationUnsupported;
	if (ev)
		session.enableEventNotifications(aid, iid);
	else
		session.disableEventNotifications(aid, iid);
	return HapStatus.Success;
}

function isInTime(characteristic: CharacteristicDefinition, timing: Timing): boolean {
	const needsTiming = (characteristic.info.perms & Perms.TimedWrite) !== 0;
	return timing === Timing.Prepared || (timing === Timing.Untimed && !needsTiming);
}

function perform(database: AccessoryDatabase, session: ModelSession, write: Write, timing: Timing): Written {
	const characteristic = database.find(write.aid, write.iid);
	if (!characteristic)
		return { write, status: HapStatus.NoSuchResource };
	if (write.value !== undefined) {
		if (!isInTime(characteristic, timing))
			return { write, status: HapStatus.InvalidValue };
		const status = database.write(write.aid, characteristic, write.value, session);
		if (status !== HapStatus.Success)
			return { write, status };
	}
	const status = subscribe(session, write, characteristic);
	const hasResponse = write.isResponseWanted && (characteristic.info.perms & Perms.WriteResponse) !== 0;
	return { write, status, value: hasResponse ? database.lastValue(characteristic) : undefined };
}

function entryJson({ write, status, value }: Written): string {
	const shown = value === undefined ? "" : `,"value":${valueJson(value)}`;
	return `{"aid":${write.aid},"iid":${write.iid},"status":${status}${shown}}`;
}

/** 204 when all of it is done and no value is wanted back, else 207 with a status on every entry. */
export function writeCharacteristics(
	database: AccessoryDatabase,
	request: WriteRequest,
	session: ModelSession,
	timing: Timing,
): ModelAnswer {
	const results = request.writes.map((write) => perform(database, session, write, timing));
	if (results.every(({ write, status }) => status === HapStatus.Success && !write.isResponseWanted))
		return { httpStatus: 204 };
	return { httpStatus: 207, body: `{"characteristics":[${results.map(entryJson).join(",")}]}` };
}
