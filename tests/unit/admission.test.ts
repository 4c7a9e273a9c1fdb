/** Who goes when all places are taken: docs/limits.md "When all places are taken". */

import { sessionToGo, strangerToGo } from "hap/server/admission";
import type { HAPConnection } from "hap/server/hap-connection";
import { equal, test } from "tests/harness";

interface Given {
	origin?: string;
	isPairing?: boolean;
	username?: string;
}

function connections(...given: Given[]): HAPConnection[] {
	return given as unknown as HAPConnection[];
}

/** "a" is a stranger of address a, "A" one who is pairing, "." a session. */
function strangers(text: string): HAPConnection[] {
	return connections(
		...[...text].map((letter) =>
			letter === "." ? { username: "controller" } : { origin: letter.toLowerCase(), isPairing: letter !== letter.toLowerCase() }
		),
	);
}

function goes(text: string, origin: string): number {
	const all = strangers(text);
	const victim = strangerToGo(all, origin, (connection) => (connection as Given).isPairing === true);
	return victim ? all.indexOf(victim) : -1;
}

for (
	const [what, table, origin, victim] of [
		["the oldest of strangers from one address", "..aaa", "a", 2],
		["... also for one from another address", "..aaa", "b", 2],
		["of the address that has most of them", "b.aab", "a", 2],
		["... the newcomer counted in", "ba", "a", 1],
		["... and a lone controller beside a flood stays, whenever it came", "aba", "a", 0],
		["of strangers with an address each, the oldest", "abc", "d", 0],
		["one who is pairing goes behind the others of its address", "Aab", "b", 1],
		["... and never for one of its own address", "AA", "a", -1],
		["... but for one from another address, when there are two of them", "AA.", "b", 0],
		["... and alone it stays", "AB", "c", -1],
		["a flood that pairs does not take the place of a controller that has just come", "AAAb", "a", -1],
		["... nor do two of one address", "Ab", "a", -1],
		["nobody goes when all are sessions", "...", "a", -1],
	] as const
)
	test(`who makes room for a stranger: ${what}`, () => equal(goes(table, origin), victim));

interface Session {
	isIdle: boolean;
	lastSocketOperation: number;
	subscriptionsCount: number;
}

function session(lastSocketOperation: number, subscriptionsCount = 0, isIdle = true): Session & Given {
	return { username: "controller", lastSocketOperation, subscriptionsCount, isIdle };
}

for (
	const [what, sessions, victim] of [
		["the longest idle", [session(2), session(1), session(3)], 1],
		["one without subscriptions before one with, idle for longer", [session(1, 1), session(2)], 1],
		["of subscribers the longest idle", [session(2, 1), session(1, 2)], 1],
		["not one that is at work", [session(5000, 0, false), session(6000)], 1],
		["... unless it has stood still for ten seconds", [session(0, 0, false), session(6000)], 0],
		["nobody when all are at work", [session(5000, 0, false), session(6000, 1, false)], -1],
		["a stranger never", [{ origin: "a" }], -1],
	] as const
)
	test(`which session makes room for another: ${what}`, () => {
		const all = connections(...sessions);
		const gone = sessionToGo(all, 10_000);
		equal(gone ? all.indexOf(gone) : -1, victim);
	});

test("the one that has just been verified does not make room for itself", () => {
	const all = connections(session(1), session(2));
	equal(sessionToGo(all, 3, all[0]), all[1]);
});
