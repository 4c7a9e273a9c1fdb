/** Who goes when all places are taken: docs/limits.md "When all places are taken". */

import { remember, sessionToGo, strangerToGo } from "hap/server/admission";
import type { HAPConnection } from "hap/server/hap-connection";
import { equal, ok, same, test } from "tests/harness";

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

function goes(text: string, origin: string, known = ""): number {
	const all = strangers(text);
	const victim = strangerToGo(all, origin, (connection) => (connection as Given).isPairing === true, known);
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

for (
	const [what, table, origin, victim] of [
		["one whose address is not known goes first, whenever it came", "kab", "l", 1],
		["... for one that is not known either", "kab", "c", 1],
		["... though it is pairing, before one whose address is known", "kAB", "l", 1],
		["... and takes the place of one that pairs, when there is no other", "ABC", "k", 0],
		["... but not of one that pairs from an address that is known", "K", "l", -1],
		["a known address's only one stays, whoever comes that is not known", "kAB", "c", -1],
		["... pairing or not", "KAB", "c", -1],
		["of two from a known address one counts", "kkA", "b", 0],
		["... and no more than that: it makes room for itself", "kkk", "k", 0],
		["a crowd from a known address is one", "kkka", "b", 0],
		["nobody is put out for the second one from a known address that pairs", "ABk", "k", 2],
		["where all are known the oldest goes", "kl", "m", 0],
	] as const
)
	test(`who makes room for a stranger, where addresses k, l and m are known: ${what}`, () => equal(goes(table, origin, " k l m "), victim));

test("an address is remembered once, the newest first, and eight of them", () => {
	let known = "";
	for (const origin of ["a", "b", "a", "a"])
		known = remember(known, origin);
	equal(known, " a b ");
	for (let i = 1; i <= 7; i++)
		known = remember(known, `192.0.2.${i}`);
	const addresses = known.trim().split(" ");
	same([addresses.length, addresses[0], addresses[7]], [8, "192.0.2.7", "a"]);
});

test("an address that is a part of one that is known is not known", () => {
	const known = remember("", "192.0.2.10");
	equal(goes("k", "a", known), 0);
	for (const origin of ["192.0.2.1", "2.0.2.10", "10"])
		equal(strangerToGo(connections({ origin: "x", isPairing: true }), origin, () => true, known), undefined, origin);
	ok(strangerToGo(connections({ origin: "x", isPairing: true }), "192.0.2.10", () => true, known), "known");
});

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
