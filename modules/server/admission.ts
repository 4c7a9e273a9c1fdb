/**
 * Who goes when all places are taken. A stranger is a connection that pair-verify has not secured yet: anybody. Strangers make room
 * for strangers, and only a controller that has proved who it is makes another one go, so that no flood costs a controller its
 * session. docs/limits.md "When all places are taken" has the reasons.
 */

import type { HAPConnection } from "hap/server/hap-connection";

/**
 * Places that sessions leave to strangers. Two, so that a flood from one address always finds one of its own to be put out, and
 * never the controller beside it.
 */
export const STRANGERS = 2;

/** As long as iOS waits for an answer: what stands still for longer is nobody's any more. */
export const PATIENCE_MS = 10_000;

export function isSession(connection: HAPConnection): boolean {
	return connection.username !== undefined;
}

/** The session that is missed least: without subscriptions before those with, then the longest idle. Undefined: all are at work. */
export function sessionToGo(connections: readonly HAPConnection[], now: number, except?: HAPConnection): HAPConnection | undefined {
	let victim: HAPConnection | undefined;
	for (const connection of connections)
		if (connection !== except && isSession(connection) && isEvictable(connection, now)) {
			if (!victim || isRatherEvicted(connection, victim))
				victim = connection;
		}
	return victim;
}

/** Addresses that are remembered: hubs, and the phones that come and go. Text takes the least memory: 17 bytes for each of IPv4. */
const REMEMBERED = 8;

/** `known` with the address of a controller that has just been verified, the newest first; the oldest may go. */
export function remember(known: string, origin: string): string {
	if (known.startsWith(` ${origin} `))
		return known;
	const others = known.split(" ").filter((other) => other !== "" && other !== origin);
	return ` ${[origin, ...others.slice(0, REMEMBERED - 1)].join(" ")} `;
}

/**
 * The stranger that makes room for one from `origin`: of the address that has most of them the oldest, those in the middle of
 * pairing last. Nobody goes for a newcomer whose address then has more than its own; who is pairing goes only when others come from its
 * address too, and for a newcomer from another one. Of an address in `known` one stranger is not counted: it goes behind all others, and
 * takes the place of one that is pairing, which may be a flood from many addresses. Undefined: nobody. `connections` are in the order in
 * which they came.
 */
export function strangerToGo(
	connections: readonly HAPConnection[],
	origin: string | undefined,
	isPairing: (connection: HAPConnection) => boolean,
	known = "",
): HAPConnection | undefined {
	let victim: HAPConnection | undefined;
	let most = 0;
	const least = crowdOf(connections, origin, known) + 1;
	for (const connection of connections) {
		if (isSession(connection))
			continue;
		const isBusy = isPairing(connection);
		const isOwn = connection.origin === origin;
		const crowd = crowdOf(connections, connection.origin, known) + (isOwn ? 1 : 0);
		if (crowd < least || (isBusy && (isOwn || crowd <= Math.min(least, 1))))
			continue;
		const weight = 2 * crowd + (isBusy ? 0 : 1);
		if (weight > most) {
			victim = connection;
			most = weight;
		}
	}
	return victim;
}

function crowdOf(connections: readonly HAPConnection[], origin: string | undefined, known: string): number {
	let count = known.includes(` ${origin} `) ? -1 : 0;
	for (const connection of connections)
		if (!isSession(connection) && connection.origin === origin)
			count++;
	return count;
}

function isEvictable(connection: HAPConnection, now: number): boolean {
	return connection.isIdle || now - connection.lastSocketOperation >= PATIENCE_MS;
}

function isRatherEvicted(one: HAPConnection, other: HAPConnection): boolean {
	const hasNone = one.subscriptionsCount === 0;
	if (hasNone !== (other.subscriptionsCount === 0))
		return hasNone;
	return one.lastSocketOperation < other.lastSocketOperation;
}
