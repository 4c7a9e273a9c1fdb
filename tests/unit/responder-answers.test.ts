/** Who is answered with what, when and how. RFC 6762 sections 5.4, 6, 6.1, 6.7, 10.2 and 18; RFC 6763 sections 9 and 12. */

import {
	ADDRESS4_RECORD,
	ADDRESS6_RECORD,
	ENUMERATION_RECORD,
	HOST,
	HOST_TYPES_RECORD,
	INSTANCE,
	INSTANCE_TYPES_RECORD,
	POINTER_RECORD,
	SERVICE,
	SERVICE_RECORD,
	SERVICES,
	TEXT_RECORD,
} from "tests/fakes/lamp-records";
import { pointer, question, unicastQuestion } from "tests/fakes/dns-text";
import { Link, QUERIER } from "tests/fakes/mdns-link";
import { equal, ok, same, test } from "tests/harness";

const LEGACY_PORT = 49152;

for (
	const [name, type, answers, additionals] of [
		[SERVICES, "PTR", [ENUMERATION_RECORD], []],
		[SERVICES, "ANY", [ENUMERATION_RECORD], []],
		[
			SERVICE,
			"PTR",
			[POINTER_RECORD],
			[SERVICE_RECORD, TEXT_RECORD, ADDRESS4_RECORD, ADDRESS6_RECORD, INSTANCE_TYPES_RECORD, HOST_TYPES_RECORD],
		],
		[
			SERVICE,
			"ANY",
			[POINTER_RECORD],
			[SERVICE_RECORD, TEXT_RECORD, ADDRESS4_RECORD, ADDRESS6_RECORD, INSTANCE_TYPES_RECORD, HOST_TYPES_RECORD],
		],
		[INSTANCE, "SRV", [SERVICE_RECORD], [ADDRESS4_RECORD, ADDRESS6_RECORD, INSTANCE_TYPES_RECORD, HOST_TYPES_RECORD]],
		[INSTANCE, "TXT", [TEXT_RECORD], []],
		[
			INSTANCE,
			"ANY",
			[SERVICE_RECORD, TEXT_RECORD],
			[ADDRESS4_RECORD, ADDRESS6_RECORD, INSTANCE_TYPES_RECORD, HOST_TYPES_RECORD],
		],
		[INSTANCE, "A", [INSTANCE_TYPES_RECORD], []],
		[INSTANCE, "PTR", [INSTANCE_TYPES_RECORD], []],
		[INSTANCE, "NSEC", [INSTANCE_TYPES_RECORD], []],
		[HOST, "A", [ADDRESS4_RECORD], [ADDRESS6_RECORD, HOST_TYPES_RECORD]],
		[HOST, "AAAA", [ADDRESS6_RECORD], [ADDRESS4_RECORD, HOST_TYPES_RECORD]],
		[HOST, "ANY", [ADDRESS4_RECORD, ADDRESS6_RECORD], [HOST_TYPES_RECORD]],
		[HOST, "SRV", [HOST_TYPES_RECORD], []],
	] as const
)
	test(`${type} of ${name}`, () => {
		const link = Link.established();
		link.receive({ id: 0x7777, questions: [question(name, type)] });
		link.advance(120);
		const [message, ...more] = link.take();
		same(more, []);
		same([message.id, message.flags, message.address, message.port], [0, 0x8400, undefined, 5353]);
		same(message.questions, []);
		same(message.answers, answers);
		same(message.additionals, additionals);
	});

for (
	const [name, type] of [
		[SERVICE, "SRV"],
		[SERVICE, "TXT"],
		[SERVICES, "A"],
		["_http._tcp.local", "PTR"],
		["Fan._hap._tcp.local", "SRV"],
		["Lamp._hap._tcp.example", "SRV"],
		["Lamp._hap._tcp", "SRV"],
		["lamp.local", "A"],
		["local", "ANY"],
		["", "ANY"],
	] as const
)
	test(`${type} of "${name}" is nobody's business`, () => {
		const link = Link.established();
		link.receive({ questions: [question(name, type), unicastQuestion(name, type)] });
		link.receive({ questions: [question(name, type)] }, QUERIER, LEGACY_PORT);
		link.advance(5000);
		same(link.take(), []);
	});

test("names are asked for in any case", () => {
	const link = Link.established();
	link.receive({ questions: [question("LAMP._Hap._TCP.Local", "TXT")] });
	same(link.takeAnswers(), [TEXT_RECORD]);
});

test("a class other than IN and ANY has no records", () => {
	const link = Link.established();
	link.receive({ questions: [question(HOST, "A", 3)] });
	same(link.take(), []);
	link.receive({ questions: [question(HOST, "A", 255)] });
	same(link.takeAnswers(), [ADDRESS4_RECORD]);
});

test("a host of one family denies the other", () => {
	const four = Link.established();
	four.addresses = ["192.0.2.7"];
	four.receive({ questions: [question(HOST, "AAAA")] });
	same(four.takeAnswers(), [`${HOST} NSEC 120! ${HOST} A`]);
	const six = Link.established();
	six.addresses = ["2001:db8::7"];
	six.receive({ questions: [question(HOST, "A")] });
	same(six.takeAnswers(), [`${HOST} NSEC 120! ${HOST} AAAA`]);
});

test("all addresses of a family are told together", () => {
	const link = Link.established();
	link.addresses = ["192.0.2.7", "fe80::1%eth0", "198.51.100.2"];
	link.receive({ questions: [question(HOST, "A")] });
	const [message] = link.take();
	same(message.answers, [ADDRESS4_RECORD, `${HOST} A 120! 198.51.100.2`]);
	same(message.additionals[0], `${HOST} AAAA 120! fe800000000000000000000000000001`);
});

test("what only we can answer is answered at once, what others answer too after 20 to 120 ms", () => {
	const link = Link.established();
	link.receive({ questions: [question(INSTANCE, "SRV")] });
	equal(link.take().length, 1);
	for (
		const [random, delay] of [
			[0, 20],
			[0.5, 70],
			[0.999, 120],
		] as const
	) {
		link.advance(10_000);
		link.random = random;
		link.receive({ questions: [question(SERVICE, "PTR")] });
		same(link.take(), []);
		const asked = link.now;
		link.advance(200);
		same(
			link.take().map((message) => message.at - asked),
			[delay],
		);
	}
});

test("several questions, and several queriers, get one answer", () => {
	const link = Link.established();
	link.receive({ questions: [question(SERVICE, "PTR"), question(INSTANCE, "TXT"), question(HOST, "A")] });
	link.advance(10);
	link.receive({ questions: [question(SERVICES, "PTR"), question(SERVICE, "PTR")] }, "192.0.2.10");
	link.advance(5000);
	const [message, ...more] = link.take();
	same(more, []);
	same(message.answers, [ENUMERATION_RECORD, POINTER_RECORD, TEXT_RECORD, ADDRESS4_RECORD]);
	same(message.additionals, [SERVICE_RECORD, ADDRESS6_RECORD, INSTANCE_TYPES_RECORD, HOST_TYPES_RECORD]);
});

test("a QU question is answered to the querier alone, if everybody has heard the records lately", () => {
	const link = Link.established();
	link.receive({ id: 9, questions: [unicastQuestion(SERVICE, "PTR")] }, "192.0.2.77");
	const [message, ...more] = link.take();
	same(more, []);
	same([message.id, message.flags, message.address, message.port], [0, 0x8400, "192.0.2.77", 5353]);
	same(message.questions, []);
	same(message.answers, [POINTER_RECORD]);
	same(message.additionals.slice(0, 2), [SERVICE_RECORD, TEXT_RECORD]);
	link.advance(5000);
	same(link.take(), []);
});

test("a QU question is answered to all, if a quarter of the TTL has passed since they heard it", () => {
	const link = Link.established();
	link.advance(30_000 - 8_000);
	link.receive({ questions: [unicastQuestion(HOST, "A"), unicastQuestion(INSTANCE, "TXT")] });
	const [unicast, multicast] = link.take();
	same([unicast.address, unicast.answers], [QUERIER, [TEXT_RECORD]]);
	same([multicast.address, multicast.answers], [undefined, [ADDRESS4_RECORD]]);
});

test("asked by QU and by QM for the same, the answer is multicast", () => {
	const link = Link.established();
	link.receive({ questions: [unicastQuestion(HOST, "A"), question(HOST, "A")] });
	const messages = link.take();
	same(
		messages.map((message) => message.address),
		[undefined],
	);
});

test("a querier of plain DNS gets its id and question back, TTLs of ten seconds and no cache-flush bits", () => {
	const link = Link.established();
	link.receive({ id: 0xbeef, questions: [question("LAMP-1a.local", "A")] }, "192.0.2.20", LEGACY_PORT);
	const [message, ...more] = link.take();
	same(more, []);
	same([message.id, message.flags, message.address, message.port], [0xbeef, 0x8400, "192.0.2.20", LEGACY_PORT]);
	same(message.questions, ["LAMP-1a.local A"]);
	same(
		message.answers.map((text) => text.toLowerCase()),
		["lamp-1a.local a 10 192.0.2.7"],
	);
	same(
		[...message.answers, ...message.additionals].filter((text) => text.includes("!") || !text.includes(" 10 ")),
		[],
	);
	link.advance(5000);
	same(link.take(), []);
});

test("a plain DNS query for the service gets everything at once", () => {
	const link = Link.established();
	link.receive({ id: 1, questions: [question(SERVICE, "PTR")] }, QUERIER, LEGACY_PORT);
	const [message] = link.take();
	same(message.answers, [`${SERVICE} PTR 10 ${INSTANCE}`]);
	equal(message.additionals.length, 6);
});

test("plain DNS queries are answered again and again", () => {
	const link = Link.established();
	for (let i = 0; i < 3; i++) {
		link.receive({ id: i, questions: [question(INSTANCE, "SRV")] }, QUERIER, LEGACY_PORT);
		equal(link.take().length, 1);
	}
});

test("opcodes and response codes other than zero are ignored", () => {
	const link = Link.established();
	for (const flags of [0x0800, 0x1000, 0x2800, 0x7800, 0x0001, 0x0003, 0x000f])
		link.receive({ flags, questions: [question(HOST, "A")] });
	same(link.take(), []);
});

test("the other header bits are ignored", () => {
	for (const flags of [0x0400, 0x0100, 0x0080, 0x0040, 0x0020, 0x0010]) {
		const link = Link.established();
		link.receive({ flags, questions: [question(HOST, "A")] });
		equal(link.take().length, 1);
	}
});

test("names with dots, spaces and other scripts are one label", () => {
	for (const instance of ["Dr. Lamp (1)", "\u5c45\u95f4 \u706f", "back\\slash", "\ud83d\udca1"]) {
		const escaped = instance.split("\\").join("\\\\").split(".").join("\\.");
		const link = Link.established(undefined, instance);
		link.receive({ questions: [question(`${escaped}._hap._tcp.local`, "SRV")] });
		same(link.takeAnswers(), [`${escaped}._hap._tcp.local SRV 120! 0 0 8080 ${HOST}`]);
		equal(link.responder.instance, instance);
	}
});

test("a name of more than 63 bytes is cut between characters", () => {
	const link = Link.established(undefined, `${"a".repeat(61)}\u00fc\u00fc`);
	equal(link.responder.instance, `${"a".repeat(61)}\u00fc`);
	const odd = Link.established(undefined, `${"a".repeat(62)}\u00fc`);
	equal(odd.responder.instance, "a".repeat(62));
	const emoji = Link.established(undefined, `${"a".repeat(60)}\ud83d\udca1`);
	equal(emoji.responder.instance, "a".repeat(60));
});

test("the largest service fits: every record of an announcement is there", () => {
	const link = new Link(undefined, "i".repeat(63), "h".repeat(63));
	link.text.md = "m".repeat(64);
	link.addresses = [1, 2, 3, 4, 5].flatMap((i) => [`192.0.2.${i}`, `2001:db8::${i}`]);
	link.responder.start(link.now);
	link.advance(5000);
	const announcement = link.take()[3];
	equal(announcement.answers.length, 4 + 4 + 4);
	equal(announcement.additionals.length, 2);
	ok(link.lastMessage.length <= 768);
});

test("a TXT entry of more than 255 bytes is cut", () => {
	const link = Link.established();
	link.text.md = "m".repeat(300);
	link.receive({ questions: [question(INSTANCE, "TXT")] });
	ok(link.takeAnswers()[0].includes(`|md=${"m".repeat(252)}|`));
});

test("records in a query are no questions", () => {
	const link = Link.established();
	link.receive({ questions: [], answers: [pointer(SERVICE, 1, INSTANCE)] });
	link.advance(1000);
	same(link.take(), []);
});
