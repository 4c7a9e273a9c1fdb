/** What is not said, or not yet. RFC 6762 sections 6, 7.1, 7.2, 7.4 and 10.1. */

import {
	ADDRESS4,
	ADDRESS4_RECORD,
	ADDRESS6_RECORD,
	ENUMERATION_RECORD,
	HOST,
	INSTANCE,
	POINTER_RECORD,
	SERVICE,
	SERVICE_RECORD,
	SERVICES,
	TEXT,
	TEXT_RECORD,
} from "tests/fakes/lamp-records";
import { address, pointer, question, service, texts, unicastQuestion } from "tests/fakes/dns-text";
import { Link, QUERIER } from "tests/fakes/mdns-link";
import { equal, same, test } from "tests/harness";

const RESPONSE = 0x8400;
const TRUNCATED = 0x0200;

for (
	const [ttl, isAnswered] of [
		[4500, false],
		[2250, false],
		[2249, true],
		[0, true],
	] as const
)
	test(`a known answer with a TTL of ${ttl} of 4500 s ${isAnswered ? "is refreshed" : "is not repeated"}`, () => {
		const link = Link.established();
		link.receive({ questions: [question(SERVICE, "PTR")], answers: [pointer(SERVICE, ttl, INSTANCE)] });
		link.advance(5000);
		same(link.takeAnswers(), isAnswered ? [POINTER_RECORD] : []);
	});

test("known answers of every kind are compared, names without case", () => {
	for (
		const [type, name, known] of [
			["SRV", INSTANCE, service("lamp._HAP._tcp.local", 120, 8080, "LAMP-1A.local")],
			["SRV", INSTANCE, service(INSTANCE, 60, 8080, HOST, 0x8001)],
			["TXT", INSTANCE, texts(INSTANCE, 4500, TEXT.split("|"))],
			["A", HOST, address(HOST, 120, ADDRESS4)],
			["PTR", SERVICES, pointer(SERVICES, 4500, SERVICE)],
		] as const
	) {
		const link = Link.established();
		link.receive({ questions: [question(name, type)], answers: [known] });
		link.advance(5000);
		same(link.take(), [], type);
	}
});

test("what is known wrongly is told", () => {
	for (
		const [type, name, known, answer] of [
			["SRV", INSTANCE, service(INSTANCE, 120, 8081, HOST), SERVICE_RECORD],
			["SRV", INSTANCE, service(INSTANCE, 120, 8080, "fan.local"), SERVICE_RECORD],
			["TXT", INSTANCE, texts(INSTANCE, 4500, TEXT.replace("sf=1", "sf=0").split("|")), TEXT_RECORD],
			["TXT", INSTANCE, texts(INSTANCE, 4500, TEXT.split("|").slice(0, -1)), TEXT_RECORD],
			["TXT", INSTANCE, texts(INSTANCE, 4500, [...TEXT.split("|"), "x=1"]), TEXT_RECORD],
			["TXT", INSTANCE, texts(INSTANCE, 4500, []), TEXT_RECORD],
			["A", HOST, address(HOST, 120, [192, 0, 2, 8]), ADDRESS4_RECORD],
			["A", HOST, address(HOST, 59, ADDRESS4), ADDRESS4_RECORD],
			["A", HOST, address(HOST, 120, ADDRESS4, 3), ADDRESS4_RECORD],
			["PTR", SERVICE, pointer(SERVICE, 4500, "Fan._hap._tcp.local"), POINTER_RECORD],
			["PTR", SERVICES, pointer(SERVICES, 4500, "_http._tcp.local"), ENUMERATION_RECORD],
		] as const
	) {
		const link = Link.established();
		link.receive({ questions: [question(name, type)], answers: [known] });
		link.advance(500);
		same(link.takeAnswers(), [answer]);
	}
});

test("of two addresses both must be known", () => {
	const link = Link.established();
	link.addresses = ["192.0.2.7", "192.0.2.8"];
	link.receive({ questions: [question(HOST, "A")], answers: [address(HOST, 120, ADDRESS4)] });
	equal(link.takeAnswers().length, 2);
	link.advance(5000);
	link.receive({ questions: [question(HOST, "A")], answers: [address(HOST, 120, ADDRESS4), address(HOST, 120, [192, 0, 2, 8])] });
	same(link.take(), []);
});

test("a known answer silences that record only, and keeps it out of a unicast answer's additional records", () => {
	const link = Link.established();
	const known = [pointer(SERVICES, 4500, SERVICE), service(INSTANCE, 120, 8080, HOST)];
	link.receive({ questions: [unicastQuestion(SERVICES, "PTR"), unicastQuestion(SERVICE, "PTR")], answers: known });
	const [message] = link.take();
	same(message.answers, [POINTER_RECORD]);
	same(message.additionals.slice(0, 3), [TEXT_RECORD, ADDRESS4_RECORD, ADDRESS6_RECORD]);
});

test("what one querier knows is still told to another", () => {
	const link = Link.established();
	link.receive({ questions: [question(SERVICE, "PTR")] }, "192.0.2.10");
	link.receive({ questions: [question(SERVICE, "PTR")], answers: [pointer(SERVICE, 4500, INSTANCE)] });
	link.advance(200);
	same(link.takeAnswers(), [POINTER_RECORD]);
});

test("a record is multicast once a second at most, and then what was asked for in between", () => {
	const link = Link.established();
	const start = link.now;
	for (let i = 0; i < 30; i++) {
		link.receive({ questions: [question(INSTANCE, "TXT")] });
		link.advance(100);
	}
	link.advance(5000);
	const sent = link.take();
	same(
		sent.map((message) => message.at - start),
		[0, 1000, 2000, 3000],
	);
	for (const message of sent)
		same([message.answers, message.address], [[TEXT_RECORD], undefined]);
});

test("records sent as additional ones count, and those sent lately are not added", () => {
	const link = Link.established();
	link.receive({ questions: [question(INSTANCE, "SRV")] });
	link.take();
	link.advance(500);
	link.receive({ questions: [question(HOST, "A"), question(INSTANCE, "TXT")] });
	const [now] = link.take();
	same([now.answers, now.additionals], [[TEXT_RECORD], []]);
	link.advance(499);
	same(link.take(), []);
	link.advance(1);
	const [later] = link.take();
	same(later.answers, [ADDRESS4_RECORD]);
	link.advance(5000);
	same(link.take(), []);
});

test("a truncated query is answered after 400 to 500 ms, when its other known answers have come", () => {
	for (
		const [random, delay] of [
			[0, 400],
			[0.999, 500],
		] as const
	) {
		const link = Link.established();
		const asked = link.now;
		link.random = random;
		link.receive({ flags: TRUNCATED, questions: [question(SERVICE, "PTR"), question(INSTANCE, "TXT")] });
		link.advance(1000);
		const [message, ...more] = link.take();
		same(more, []);
		equal(message.at, asked + delay);
		same(message.answers, [POINTER_RECORD, TEXT_RECORD]);
	}
});

test("known answers that follow a truncated query count, if they are the same querier's", () => {
	const link = Link.established();
	link.receive({ flags: TRUNCATED, questions: [question(SERVICE, "PTR"), question(INSTANCE, "TXT")] });
	link.advance(10);
	link.receive({ answers: [texts(INSTANCE, 4500, TEXT.split("|"))] }, "192.0.2.10");
	link.receive({ flags: TRUNCATED, answers: [pointer(SERVICE, 4500, "Fan._hap._tcp.local")] });
	link.advance(10);
	same(link.take(), []);
	link.receive({ answers: [pointer(SERVICE, 4500, INSTANCE)] });
	link.advance(1000);
	same(link.takeAnswers(), [TEXT_RECORD]);
});

test("a truncated query whose answers are all known in the end is not answered", () => {
	const link = Link.established();
	link.receive({ flags: TRUNCATED, questions: [question(SERVICE, "PTR")] });
	link.receive({ answers: [pointer(SERVICE, 4500, INSTANCE)] });
	link.advance(5000);
	same(link.take(), []);
});

test("a second truncated query while one waits is answered as if it were whole", () => {
	const link = Link.established();
	link.receive({ flags: TRUNCATED, questions: [question(SERVICE, "PTR")] });
	link.receive({ flags: TRUNCATED, questions: [question(INSTANCE, "TXT")] }, "192.0.2.10");
	same(link.takeAnswers(), [TEXT_RECORD]);
	link.advance(5000);
	same(link.takeAnswers(), [POINTER_RECORD]);
});

test("another accessory's answer for the enumeration of services stands for ours", () => {
	const link = Link.established();
	link.receive({ questions: [question(SERVICES, "PTR"), question(SERVICE, "PTR")] });
	link.receive({ flags: RESPONSE, answers: [pointer(SERVICES, 4500, SERVICE)] }, "192.0.2.11");
	link.advance(5000);
	same(link.takeAnswers(), [POINTER_RECORD]);
});

test("it does not if it lives shorter, or did not come from port 5353", () => {
	for (
		const [ttl, port] of [
			[4499, 5353],
			[4500, 5354],
		] as const
	) {
		const link = Link.established();
		link.receive({ questions: [question(SERVICES, "PTR")] });
		link.receive({ flags: RESPONSE, answers: [pointer(SERVICES, ttl, SERVICE)] }, "192.0.2.11", port);
		link.advance(5000);
		same(link.takeAnswers(), [ENUMERATION_RECORD]);
	}
});

test("when another accessory takes back a record that is ours too, it is repeated", () => {
	const link = Link.established();
	link.receive({ flags: RESPONSE, answers: [pointer(SERVICES, 0, SERVICE), pointer(SERVICE, 0, "Fan._hap._tcp.local")] }, "192.0.2.11");
	link.advance(200);
	same(link.takeAnswers(), [ENUMERATION_RECORD]);
});

test("queries in a response are ignored", () => {
	const link = Link.established();
	link.receive({ flags: RESPONSE, questions: [question(HOST, "A")] }, QUERIER);
	link.advance(1000);
	same(link.take(), []);
});
