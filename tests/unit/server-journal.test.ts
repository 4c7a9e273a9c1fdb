/** The ring of events as a session reads it, its message, and its subscriptions. */

import type { Value } from "hap/model/types";
import { EventJournal, type NotifyingCharacteristics } from "hap/server/event-journal";
import { EventMessage } from "hap/server/event-message";
import { Subscriptions } from "hap/server/subscriptions";
import { equal, same, test } from "tests/harness";

/** Four characteristics, 1.100 to 1.103; the last one is stateless. */
class Four implements NotifyingCharacteristics {
	readonly count = 4;
	readonly values: Value[] = [10, 11, 12, null];

	indexOf(aid: number, iid: number): number {
		return aid === 1 && iid >= 100 && iid < 104 ? iid - 100 : -1;
	}

	aidOf(): number {
		return 1;
	}

	iidOf(index: number): number {
		return 100 + index;
	}

	valueOf(index: number): Value {
		return this.values[index];
	}

	isStateless(index: number): boolean {
		return index === 3;
	}
}

const FOUR = new Four();
const HARDWARE = 0;
const READER = 1;
const OTHER = 2;

function seen(journal: EventJournal, cursor: number): string[] {
	const lines: string[] = [];
	journal.visit(cursor, READER, FOUR, (index, value) => lines.push(`${index}=${value}`));
	return lines;
}

test("the body that tells of the newest change is made anew for each change", () => {
	const journal = new EventJournal(2, 4);
	for (const value of [1, 'a"b', true, null]) {
		journal.note(2, value, OTHER);
		const body = JSON.stringify({ characteristics: [{ aid: 1, iid: 102, value }] });
		equal(journal.newestBody(FOUR), body);
		equal(journal.newestBody(FOUR), body);
		journal.forgetBody();
		equal(journal.newestBody(FOUR), body);
	}
});

test("a reader sees what came behind its cursor, oldest first, without its own", () => {
	const journal = new EventJournal(8, 4);
	journal.note(0, 1, HARDWARE);
	const cursor = journal.next;
	same(seen(journal, cursor), []);
	journal.note(1, 2, OTHER);
	journal.note(0, 3, READER);
	journal.note(0, 4, HARDWARE);
	same(seen(journal, cursor), ["1=2", "0=4"]);
	same(seen(journal, 0), ["0=1", "1=2", "0=4"]);
	same(seen(journal, journal.next), []);
});

test("a ring that is just full is seen whole, one event more is not", () => {
	const journal = new EventJournal(3, 4);
	for (const value of [1, 2, 3])
		journal.note(0, value, HARDWARE);
	same(seen(journal, 0), ["0=1", "0=2", "0=3"]);
	journal.note(0, 10, HARDWARE);
	same(seen(journal, 0), ["0=10"]);
	same(seen(journal, 1), ["0=2", "0=3", "0=10"]);
});

test("behind the ring, each that changed is seen once with its newest value, and what did not change is not", () => {
	const journal = new EventJournal(2, 4);
	journal.note(2, 0, HARDWARE);
	const cursor = journal.next;
	journal.note(0, 10, HARDWARE);
	for (const value of [1, 2, 3])
		journal.note(1, value, OTHER);
	same(seen(journal, cursor), ["0=10", "1=3"]);
});

test("behind the ring, what the reader changed last is not seen, what it changed before another did is", () => {
	const journal = new EventJournal(2, 4);
	journal.note(0, 1, HARDWARE);
	journal.note(1, 1, READER);
	journal.note(0, 2, READER);
	journal.note(1, 11, HARDWARE);
	journal.note(2, 12, HARDWARE);
	same(seen(journal, 0), ["1=11", "2=12"]);
});

test("behind the ring, a stateless one is what the ring has of it, and nothing when it has nothing", () => {
	const journal = new EventJournal(2, 4);
	journal.note(3, 0, HARDWARE);
	journal.note(3, 2, HARDWARE);
	journal.note(0, 10, HARDWARE);
	same(seen(journal, 0), ["0=10", "3=2"]);
	journal.note(0, 10, HARDWARE);
	same(seen(journal, 0), ["0=10"]);
});

function subscribed(...indexes: number[]): Subscriptions {
	const subscriptions = new Subscriptions();
	for (const index of indexes)
		subscriptions.add(index, FOUR.count);
	return subscriptions;
}

function bodyOf(entries: readonly (readonly [number, Value])[], subscriptions: Subscriptions, most = 16): string | undefined {
	const message = new EventMessage(FOUR, most);
	for (const [index, value] of entries)
		message.add(index, value);
	return message.body(subscriptions);
}

test("a message is HAP's JSON, newest first", () => {
	equal(
		bodyOf([[0, true], [1, 'a"b'], [2, null]], subscribed(0, 1, 2)),
		'{"characteristics":[{"aid":1,"iid":102,"value":null},{"aid":1,"iid":101,"value":"a\\"b"},{"aid":1,"iid":100,"value":true}]}',
	);
});

test("a message of nothing is none", () => {
	equal(bodyOf([], subscribed(0)), undefined);
	equal(bodyOf([[1, 5]], subscribed(0)), undefined);
	const message = new EventMessage(FOUR, 16);
	message.add(0, 1);
	message.remove(0);
	equal(message.body(subscribed(0)), undefined);
});

for (
	const [what, entries, expected] of [
		["the newest value again is left out", [[0, 1], [0, 1]], ["100=1"]],
		["... with another characteristic in between too", [[0, 1], [1, 5], [0, 1]], ["101=5", "100=1"]],
		["a value that it had before is kept", [[0, 1], [0, 2], [0, 1]], ["100=1", "100=2", "100=1"]],
		["another characteristic's equal value is kept", [[0, 1], [1, 1]], ["101=1", "100=1"]],
		["a press again is kept", [[3, 0], [3, 0]], ["103=0", "103=0"]],
	] as const
)
	test(what, () => {
		const { characteristics } = JSON.parse(bodyOf(entries, subscribed(0, 1, 2, 3)) ?? "");
		same(characteristics.map(({ iid, value }: { iid: number; value: Value; }) => `${iid}=${value}`), expected);
	});

test("a full message lets go of its characteristic's oldest value, and of no other's", () => {
	const { characteristics } = JSON.parse(bodyOf([[0, 1], [1, 1], [1, 2], [1, 3], [2, 1]], subscribed(0, 1, 2), 3) ?? "");
	same(characteristics.map(({ iid, value }: { iid: number; value: Value; }) => `${iid}=${value}`), ["102=1", "101=3", "101=2", "100=1"]);
});

test("subscriptions are a set", () => {
	const subscriptions = subscribed(0, 3, 3);
	same([0, 1, 2, 3, 4].map((index) => subscriptions.has(index)), [true, false, false, true, false]);
	equal(subscriptions.count, 2);
	subscriptions.delete(1);
	subscriptions.delete(3);
	subscriptions.delete(3);
	equal(subscriptions.count, 1);
	subscriptions.clear();
	same([subscriptions.has(0), subscriptions.count], [false, 0]);
});

test("what is no notifying characteristic cannot be subscribed to", () => {
	const subscriptions = subscribed(-1, 4, 100);
	equal(subscriptions.count, 0);
	same([-1, 4, 100].map((index) => subscriptions.has(index)), [false, false, false]);
	subscriptions.delete(-1);
	equal(subscriptions.count, 0);
});

test("every one of many subscriptions is its own", () => {
	const size = 20;
	for (let index = 0; index < size; index++) {
		const subscriptions = new Subscriptions();
		subscriptions.add(index, size);
		for (let other = 0; other < size; other++)
			equal(subscriptions.has(other), other === index);
	}
});
