/** PUT /prepare: HAP R2 "Timed Writes". A session prepares one write at a time; it is good once, and for a while. */

import { MalformedError } from "hap/bytes/bytes";
import { pidOf, Timing } from "hap/model/write-request";

export interface PreparedWrite {
	readonly pid: number;
	/** Monotonic milliseconds. */
	readonly until: number;
}

function positiveInteger(value: unknown): number {
	if (typeof value !== "number" || !Number.isSafeInteger(value) || value <= 0)
		throw new MalformedError("prepare: ttl");
	return value;
}

/** `ttl` is in milliseconds. MalformedError when it is 0, or anything is missing. */
export function parsePrepare(body: unknown, now: number): PreparedWrite {
	if (typeof body !== "object" || body === null)
		throw new MalformedError("prepare: not an object");
	const { ttl, pid } = body as { ttl?: unknown; pid?: unknown; };
	const until = now + positiveInteger(ttl);
	return { pid: pidOf(pid), until };
}

/** How a write that names `pid` stands to what was prepared. */
export function timingOf(pid: number | undefined, prepared: PreparedWrite | undefined, now: number): Timing {
	if (pid === undefined)
		return Timing.Untimed;
	return prepared && prepared.pid === pid && now <= prepared.until ? Timing.Prepared : Timing.Late;
}
