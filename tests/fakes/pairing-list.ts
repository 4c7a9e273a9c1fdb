/** Pairings as a list, for tests that compare them. */

import type { Pairing, Pairings } from "hap/pairing/pairings";

export function listOf(pairings: Pairings): Pairing[] {
	const list: Pairing[] = [];
	pairings.visit((pairing) => list.push(pairing));
	return list;
}
