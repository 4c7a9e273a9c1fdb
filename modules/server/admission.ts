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

/**
 * The stranger that makes room for one from `origin`: of the address that has most of them the oldest, those in the middle of
 * pairing last. Nobody goes for a newcomer whose address then has more than its own; who is pairing goes only when others come from its
 * address too, and for a newcomer from another one. Undefined: nobody. `connections` are in the order in which they came.
 */
export function strangerToGo(
	connections: readonly HAPConnection[],
	origin: string | undefined,
	isPairing: (connection: HAPConnection) => boolean,
): HAPConnection | undefined {
	let victim: HAPConnection | undefined;
	let most = 0;
	const least = crowdOf(connections, origin) + 1;
	for (const connection of connections) {
		if (isSession(connection))
			continue;
		const isBusy = isPairing(connection);
		const isOwn = connection.origin === origin;
		const crowd = crowdOf(connections, connection.origin) + (isOwn ? 1 : 0);
		if (crowd < least || (isBusy && (crowd === 1 || isOwn)))
			continue;
		const weight = 2 * crowd + (isBusy ? 0 : 1);
		if (weight > most) {
			victim = connection;
			most = weight;
		}
	}
	return victim;
}

function crowdOf(connections: readonly HAPConnection[], origin: string | undefined): number {
	let count = 0;
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
