/** Messages that nobody should send: ignored, never thrown out of, never kept. */

import { ADDRESS4, HOST, INSTANCE, SERVICE, SERVICES, TEXT, TEXT_RECORD } from "tests/fakes/lamp-records";
import { collectGarbage, heapCounters } from "host:process";
import { address, encode, pointer, question, record, service, texts, unicastQuestion } from "tests/fakes/dns-text";
import { Link, QUERIER } from "tests/fakes/mdns-link";
import { equal, ok, same, test } from "tests/harness";

/** One that touches everything: questions of both kinds, known answers, a proposal, and a record of a type unknown here. */
const QUERY = encode({
	id: 1,
	questions: [question(SERVICES, "PTR"), unicastQuestion(SERVICE, "PTR"), question(INSTANCE, "ANY"), question(HOST, "AAAA")],
	answers: [
		pointer(SERVICE, 4500, INSTANCE),
		service(INSTANCE, 120, 8080, HOST),
		texts(INSTANCE, 4500, TEXT.split("|")),
		address(HOST, 120, ADDRESS4),
	],
	authorities: [service(INSTANCE, 120, 9090, "rival.local"), address(HOST, 120, [192, 0, 2, 66])],
	additionals: [record("", "OPT", 0x1194, [], 1440)],
});

const RESPONSE = encode({
	flags: 0x8400,
	answers: [pointer(SERVICES, 4500, SERVICE), pointer(SERVICE, 0, INSTANCE), service(INSTANCE, 120, 8080, HOST)],
	additionals: [address(HOST, 120, ADDRESS4), texts(INSTANCE, 4500, [])],
});

/** The states a message may meet. */
function states(): Link[] {
	const probing = new Link();
	probing.responder.start(probing.now);
	return [new Link(), probing, Link.established()];
}

function deliver(message: Uint8Array, links = states()): void {
	for (const link of links) {
		link.receive(message);
		link.receive(message, QUERIER, 40000);
		link.advance(100);
		ok(link.take().length <= 4);
	}
}

for (
	const [what, message] of [
		["query", QUERY],
		["response", RESPONSE],
	] as const
) {
	test(`a ${what} cut short anywhere is ignored`, () => {
		const link = Link.established();
		for (let cut = 0; cut < message.length; cut++) {
			link.receive(message.slice(0, cut));
			link.receive(message.slice(0, cut), QUERIER, 40000);
		}
		link.advance(2000);
		same(link.take(), []);
		equal(link.responder.isEstablished, true);
	});

	test(`a ${what} cut short anywhere is ignored while probing`, () => {
		const link = new Link();
		link.responder.start(link.now);
		for (let cut = 0; cut < message.length; cut++)
			link.receive(message.slice(0, cut));
		same(link.renamed, []);
		link.advance(1000);
		equal(link.responder.isEstablished, true);
	});

	test(`a ${what} with any byte changed is survived`, () => {
		const links = states();
		for (let at = 0; at < message.length; at++) {
			for (const value of [0, 0x40, 0xc0, 0xff, message[at] ^ 1]) {
				const changed = message.slice();
				changed[at] = value;
				deliver(changed, links);
			}
		}
	});
}

const LABELS = "\u0003abc".repeat(3);
const NAMES: readonly (readonly [string, readonly number[]])[] = [
	["a pointer to itself", [0xc0, 12]],
	["a pointer to its own beginning", [1, 0x61, 0xc0, 12]],
	["a pointer forward", [0xc0, 40]],
	["a pointer into the header", [0xc0, 0]],
	["a pointer beyond the message", [0xff, 0xff]],
	["reserved label types", [0x80, 0x40]],
	["more than 255 bytes", [...Array.from({ length: 64 * 5 }, (_, i) => (i % 64 === 0 ? 63 : 0x61)), 0]],
	["no end", Array.from(new Uint8Array(ArrayBuffer.fromString(LABELS)))],
];

for (const [what, name] of NAMES)
	test(`a name that is ${what} is no danger anywhere`, () => {
		for (const flags of [0, 0x8400]) {
			deliver(encode({ flags, questions: [[...name, 0, 12, 0, 1]] }));
			deliver(encode({ flags, answers: [[...name, 0, 12, 0, 1, 0, 0, 0, 120, 0, 0]] }));
			deliver(encode({ flags, answers: [record(SERVICE, "PTR", 4500, name), record(INSTANCE, "SRV", 120, [0, 0, 0, 0, 0, 0, ...name])] }));
			deliver(
				encode({ flags, questions: [question(INSTANCE, "ANY")], authorities: [record(INSTANCE, "SRV", 120, [0, 0, 0, 0, 0, 0, ...name])] }),
			);
		}
	});

test("counts that the message does not hold make it malformed", () => {
	const link = Link.established();
	for (const at of [4, 6, 8, 10]) {
		const message = encode({ questions: [question(HOST, "A")] });
		message[at] = message[at + 1] = 0xff;
		link.receive(message);
	}
	same(link.take(), []);
});

test("record data of any length are survived", () => {
	for (const type of ["A", "AAAA", "PTR", "SRV", "TXT", "NSEC"]) {
		for (let length = 0; length < 20; length++) {
			const entry = record(type.startsWith("A") ? HOST : type === "PTR" ? SERVICE : INSTANCE, type, 120, new Array(length).fill(1));
			for (const flags of [0, 0x8400])
				deliver(encode({ flags, questions: [question(INSTANCE, "ANY")], answers: [entry], authorities: [entry] }));
		}
	}
});

test("hundreds of questions and records get one small answer", () => {
	const link = Link.established();
	const many = <T>(one: T) => Array.from({ length: 300 }, () => one);
	link.receive({ questions: many(question(INSTANCE, "TXT")), answers: many(address(HOST, 120, ADDRESS4)) });
	equal(link.take().length, 1);
	link.receive({ id: 5, questions: many(question(INSTANCE, "TXT")) }, QUERIER, 40000);
	const [legacy, ...more] = link.take();
	same([legacy.id, more.length], [5, 0]);
	ok(link.lastMessage.length <= 768);
});

test("hundreds of proposals are compared in the end", () => {
	const link = new Link();
	link.responder.start(link.now);
	const proposals = Array.from({ length: 200 }, (_, i) => record(INSTANCE, "TXT", 120, [i & 0xff]));
	link.receive({ questions: [question(INSTANCE, "ANY")], authorities: proposals });
	link.advance(3000);
	equal(link.responder.isEstablished, true);
});

test("messages leave nothing behind", () => {
	const link = Link.established();
	const slotsAfter = (rounds: number) => {
		for (let i = 0; i < rounds; i++) {
			deliver(i % 2 ? RESPONSE : QUERY, [link]);
			deliver(encode({ flags: 0x0200, questions: [question(SERVICE, "PTR")] }), [link]);
		}
		link.advance(5000);
		link.take();
		collectGarbage();
		return heapCounters().slots;
	};
	const few = slotsAfter(10);
	ok(slotsAfter(200) < few + 16);
});

test("a stopped responder ignores everything", () => {
	const link = Link.established();
	link.responder.stop();
	link.take();
	link.receive(QUERY);
	link.receive(RESPONSE);
	link.receive(QUERY, QUERIER, 40000);
	link.advance(100_000);
	same(link.take(), []);
});

test("after all that, a plain question is answered", () => {
	const link = Link.established();
	for (let at = 0; at < QUERY.length; at++)
		link.receive(QUERY.map((byte, i) => (i === at ? byte ^ 0xff : byte)));
	link.advance(10_000);
	link.take();
	if (!link.responder.isEstablished)
		link.advance(10_000);
	link.receive({ questions: [question(INSTANCE, "TXT")] });
	same(link.takeAnswers(), [TEXT_RECORD]);
});
