/** Probing, announcing, updating and goodbye. RFC 6762 sections 8.1, 8.3, 8.4 and 10.1. */

import {
	ADDRESS4_RECORD,
	ADDRESS6_RECORD,
	ALL_RECORDS,
	HOST,
	HOST_TYPES_RECORD,
	INSTANCE,
	INSTANCE_TYPES_RECORD,
	POINTER_RECORD,
	SERVICE_RECORD,
	TEXT_RECORD,
} from "tests/fakes/lamp-records";
import { question } from "tests/fakes/dns-text";
import { Link } from "tests/fakes/mdns-link";
import { equal, ok, same, test } from "tests/harness";

function withTtl(records: readonly string[], ttl: string): string[] {
	return records.map((text) => text.replace(" 4500", ` ${ttl}`).replace(" 120", ` ${ttl}`));
}

test("a responder is silent until it is started", () => {
	const link = new Link();
	equal(link.responder.due, Infinity);
	link.receive({ questions: [question(HOST, "A")] });
	link.responder.update(link.now, { sf: 0 });
	link.responder.stop();
	same(link.take(), []);
});

test("it probes three times, 250 ms apart, after a random part of 250 ms", () => {
	for (const [random, delay] of [[0, 0], [0.5, 125], [0.999, 250]] as const) {
		const link = new Link();
		link.random = random;
		link.responder.start(link.now);
		link.advance(delay + 749);
		const probes = link.take();
		same(
			probes.map((probe) => probe.at),
			[0, 250, 500].map((after) => 1000 + delay + after),
		);
		ok(probes.every((probe) => probe.address === undefined && probe.port === 5353));
	}
});

test("a probe asks for any record of both names, by unicast, and proposes the unique records without the cache-flush bit", () => {
	const link = new Link();
	link.responder.start(link.now);
	link.advance(250);
	const [probe] = link.take();
	same([probe.id, probe.flags], [0, 0]);
	same(probe.questions, [`${INSTANCE} ANY?`, `${HOST} ANY?`]);
	same(probe.answers, []);
	same(
		probe.authorities,
		[SERVICE_RECORD, TEXT_RECORD, ADDRESS4_RECORD, ADDRESS6_RECORD].map((text) => text.replace("!", "")),
	);
});

test("where another responder shares the port, probes ask for multicast answers", () => {
	const link = new Link({ isPortShared: true });
	link.responder.start(link.now);
	link.advance(250);
	same(link.take()[0].questions, [`${INSTANCE} ANY`, `${HOST} ANY`]);
});

test("queries are not answered before the names are known to be free", () => {
	const link = new Link();
	link.responder.start(link.now);
	for (let i = 0; i < 8; i++) {
		link.receive({ questions: [question(HOST, "A")] });
		link.receive({ questions: [question(HOST, "A")] }, "192.0.2.9", 40000);
		link.advance(100);
	}
	ok(link.take().every((message) => message.flags === 0));
	equal(link.responder.isEstablished, false);
});

test("all records are announced twice, a second apart, 250 ms after the last probe", () => {
	const link = new Link({ reannounceMs: 0 });
	link.random = 0;
	link.responder.start(link.now);
	link.advance(749);
	link.take();
	equal(link.responder.isEstablished, false);
	link.advance(100_000_000);
	equal(link.responder.isEstablished, true);
	const announcements = link.take();
	same(
		announcements.map((message) => message.at),
		[1750, 2750],
	);
	for (const message of announcements) {
		same([message.id, message.flags, message.address, message.port], [0, 0x8400, undefined, 5353]);
		same(message.questions, []);
		same(message.answers, ALL_RECORDS);
		same(message.additionals, [INSTANCE_TYPES_RECORD, HOST_TYPES_RECORD]);
	}
	equal(link.responder.due, Infinity);
});

test("announcements repeat on a period, of 20 minutes unless told otherwise", () => {
	const usual = Link.established();
	usual.advance(20 * 60_000);
	same(usual.takeAnswers(), ALL_RECORDS);
	const often = Link.established({ reannounceMs: 60_000 });
	often.advance(180_000);
	equal(often.take().length, 3);
});

test("after a change of address names are claimed and records announced again, with the addresses of then", () => {
	const link = Link.established();
	link.addresses = ["198.51.100.3"];
	link.responder.start(link.now);
	link.advance(5000);
	const messages = link.take();
	equal(messages.length, 5);
	same(messages[0].authorities.slice(-1), [`${HOST} A 120 198.51.100.3`]);
	for (const announcement of messages.slice(3)) {
		same(announcement.answers.slice(-1), [`${HOST} A 120! 198.51.100.3`]);
		same(announcement.additionals, [INSTANCE_TYPES_RECORD, `${HOST} NSEC 120! ${HOST} A`]);
	}
});

test("a network change at any moment starts over, with no more than five messages in all", () => {
	for (let after = 0; after < 3000; after += 50) {
		const link = new Link({ reannounceMs: 0 });
		link.responder.start(link.now);
		link.advance(after);
		link.take();
		link.responder.start(link.now);
		link.advance(60_000);
		equal(link.take().length, 5, `after ${after} ms`);
	}
});

test("a changed TXT record goes out at once and again a second later, alone", () => {
	const link = Link.established();
	const changed = TEXT_RECORD.replace("sf=1", "sf=0").replace("c#=1", "c#=2");
	link.responder.update(link.now, { sf: 0, "c#": 2 });
	const now = link.now;
	link.advance(5000);
	const messages = link.take();
	same(
		messages.map((message) => message.at),
		[now, now + 1000],
	);
	for (const message of messages)
		same([message.answers, message.additionals], [[changed], []]);
});

test("sf is told the moment it changes, however shortly after another answer", () => {
	const link = Link.established();
	link.receive({ questions: [question(INSTANCE, "TXT")] });
	same(link.takeAnswers(), [TEXT_RECORD]);
	link.responder.update(link.now, { sf: 0 });
	same(link.takeAnswers(), [TEXT_RECORD.replace("sf=1", "sf=0")]);
	link.advance(10);
	link.responder.update(link.now, { sf: 1 });
	same(link.takeAnswers(), [TEXT_RECORD]);
	link.advance(999);
	same(link.take(), []);
	link.advance(1);
	same(link.takeAnswers(), [TEXT_RECORD]);
	link.advance(60_000);
	same(link.take(), []);
});

test("a change between the announcements goes out alone, and then with everything", () => {
	const link = new Link();
	link.random = 0;
	link.responder.start(link.now);
	link.advance(750);
	link.take();
	link.advance(300);
	link.responder.update(link.now, { sf: 0 });
	same(link.takeAnswers(), [TEXT_RECORD.replace("sf=1", "sf=0")]);
	link.advance(10_000);
	const messages = link.take();
	equal(messages.length, 1);
	ok(messages[0].answers.includes(TEXT_RECORD.replace("sf=1", "sf=0")));
	equal(messages[0].answers.length, ALL_RECORDS.length);
});

test("values that do not change are not told", () => {
	const link = Link.established();
	link.responder.update(link.now, { sf: 1, "c#": 1 });
	link.advance(5000);
	same(link.take(), []);
});

test("a change while probing is announced with the rest", () => {
	const link = new Link();
	link.responder.start(link.now);
	link.advance(300);
	link.take();
	link.responder.update(link.now, { sf: 0 });
	same(link.take(), []);
	link.advance(700);
	const messages = link.take();
	equal(messages.length, 3);
	for (const message of messages)
		ok([...message.authorities, ...message.answers].some((text) => text.includes("|sf=0|")));
});

test("a goodbye takes back everything but what other accessories say too", () => {
	const link = Link.established();
	link.responder.stop();
	const [goodbye] = link.take();
	same([goodbye.flags, goodbye.address, goodbye.port], [0x8400, undefined, 5353]);
	same(goodbye.answers, withTtl([POINTER_RECORD, SERVICE_RECORD, TEXT_RECORD, ADDRESS4_RECORD, ADDRESS6_RECORD], "0"));
	equal(link.responder.due, Infinity);
	link.receive({ questions: [question(HOST, "A")] });
	link.responder.stop();
	link.responder.tick(link.now + 100_000);
	same(link.take(), []);
});

test("who has not announced says no goodbye", () => {
	const link = new Link();
	link.responder.start(link.now);
	link.advance(500);
	link.take();
	link.responder.stop();
	same(link.take(), []);
});

test("what stopped starts again", () => {
	const link = Link.established();
	link.responder.stop();
	link.take();
	link.responder.start(link.now);
	link.advance(5000);
	equal(link.take().length, 5);
});

test("without an address the service is there and the host is not", () => {
	const link = new Link();
	link.addresses = [];
	link.responder.start(link.now);
	link.advance(2000);
	const announcement = link.take()[3];
	same(announcement.answers, ALL_RECORDS.slice(0, 4));
	same(announcement.additionals, [INSTANCE_TYPES_RECORD]);
	link.advance(10_000);
	link.take();
	link.receive({ questions: [question(HOST, "A"), question(HOST, "ANY")] });
	same(link.take(), []);
});
