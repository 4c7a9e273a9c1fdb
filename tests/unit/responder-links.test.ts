/** A computer with several interfaces: each link is answered for itself, with its own addresses. RFC 6762 sections 6 and 14. */

import { HOST, INSTANCE, POINTER_RECORD, SERVICE, SERVICE_RECORD, TEXT, TEXT_RECORD } from "tests/fakes/lamp-records";
import { address, pointer, question, service, texts, unicastQuestion } from "tests/fakes/dns-text";
import { Link, QUERIER, type Sent } from "tests/fakes/mdns-link";
import { MDNS_PORT } from "hap/discovery/outbox";
import { equal, ok, same, test } from "tests/harness";

const RESPONSE = 0x8400;
const TRUNCATED = 0x0200;
const LEGACY_PORT = 49152;

const ADDRESSES = ["192.0.2.7", "198.51.100.7"];
const BYTES = [[192, 0, 2, 7], [198, 51, 100, 7]];

function twoLinks(): Link {
	const link = new Link({ addresses: (number) => (number === undefined ? ADDRESSES : [ADDRESSES[number]]) });
	link.linkCount = 2;
	link.random = 0;
	return link;
}

function established(): Link {
	const link = twoLinks();
	link.responder.start(link.now);
	link.advance(10_000);
	link.take();
	return link;
}

function record(number: number): string {
	return `${HOST} A 120! ${ADDRESSES[number]}`;
}

/** Where and when each message went. */
function places(messages: readonly Sent[]): number[][] {
	return messages.map((message) => [message.link, message.at]);
}

test("every link is probed, told everything and left, each with its own address", () => {
	const link = twoLinks();
	link.responder.start(link.now);
	link.advance(10_000);
	const messages = link.take();
	equal(messages.length, 10);
	for (const message of messages.slice(0, 6))
		ok(message.authorities.includes(`${HOST} A 120 ${ADDRESSES[message.link]}`));
	for (const message of messages.slice(6))
		same(message.answers.filter((text) => text.startsWith(`${HOST} A `)), [record(message.link)]);
	link.responder.stop();
	const goodbyes = link.take();
	same(goodbyes.map((message) => message.link), [0, 1]);
	for (const message of goodbyes)
		ok(message.answers.includes(`${HOST} A 0! ${ADDRESSES[message.link]}`));
});

test("an answer leaves by the link that asked, with the address of its interface", () => {
	for (const number of [0, 1]) {
		const link = established();
		link.receive({ questions: [question(HOST, "A")] }, QUERIER, MDNS_PORT, number);
		link.receive({ questions: [unicastQuestion(INSTANCE, "TXT")] }, QUERIER, MDNS_PORT, number);
		link.receive({ questions: [question(INSTANCE, "SRV")] }, QUERIER, LEGACY_PORT, number);
		const messages = link.take();
		same(messages.map((message) => message.link), [number, number, number]);
		same(messages[0].answers, [record(number)]);
		same(messages[1].address, QUERIER);
		ok(messages[2].additionals.includes(`${HOST} A 10 ${ADDRESSES[number]}`));
	}
});

test("what was just told to one link is told to another at once", () => {
	const link = established();
	link.receive({ questions: [question(INSTANCE, "TXT")] });
	link.advance(10);
	link.receive({ questions: [question(INSTANCE, "TXT")] }, QUERIER, MDNS_PORT, 1);
	link.receive({ questions: [question(INSTANCE, "TXT")] });
	same(places(link.take()), [[0, link.now - 10], [1, link.now]]);
	link.advance(5000);
	equal(link.take().length, 1);
});

test("both links wait for the moment of answers that others give too, each for its own", () => {
	const link = established();
	const asked = link.now;
	link.receive({ questions: [question(SERVICE, "PTR")] });
	link.advance(5);
	link.receive({ questions: [question(SERVICE, "PTR")] }, QUERIER, MDNS_PORT, 1);
	link.advance(500);
	const messages = link.take();
	same(places(messages), [[0, asked + 20], [1, asked + 25]]);
	for (const message of messages)
		same(message.answers, [POINTER_RECORD]);
});

test("a change goes to every link", () => {
	const link = established();
	link.responder.update(link.now, { sf: 0 });
	same(
		link.take().map((message) => [message.link, ...message.answers]),
		[0, 1].map((number) => [
			number,
			TEXT_RECORD.replace("sf=1", "sf=0"),
		]),
	);
});

test("an address of another link does not count as known", () => {
	const link = established();
	link.receive({ questions: [question(HOST, "A")], answers: [address(HOST, 120, BYTES[1])] });
	same(link.takeAnswers(), [record(0)]);
	link.advance(5000);
	link.receive({ questions: [question(HOST, "A")], answers: [address(HOST, 120, BYTES[0])] });
	same(link.take(), []);
});

test("known answers that follow on another link are another querier's", () => {
	const link = established();
	link.receive({ flags: TRUNCATED, questions: [question(SERVICE, "PTR")] });
	link.receive({ answers: [pointer(SERVICE, 4500, INSTANCE)] }, QUERIER, MDNS_PORT, 1);
	link.advance(5000);
	same(link.takeAnswers(), [POINTER_RECORD]);
});

test("a computer that hears itself by its other interface has no conflict", () => {
	const link = twoLinks();
	const own = (number: number) => [service(INSTANCE, 120, 8080, HOST, 0x8001), address(HOST, 120, BYTES[number], 0x8001)];
	link.responder.start(link.now);
	link.advance(0);
	link.take();
	for (const number of [0, 1]) {
		const authorities = [texts(INSTANCE, 4500, TEXT.split("|")), service(INSTANCE, 120, 8080, HOST), address(HOST, 120, BYTES[1 - number])];
		link.receive({ questions: [question(INSTANCE, "ANY"), question(HOST, "ANY")], authorities }, ADDRESSES[1 - number], MDNS_PORT, number);
		link.receive({ flags: RESPONSE, answers: own(1 - number) }, ADDRESSES[1 - number], MDNS_PORT, number);
	}
	link.advance(760);
	equal(link.responder.isEstablished, true);
	for (const number of [0, 1])
		link.receive({ flags: RESPONSE, answers: own(1 - number) }, ADDRESSES[1 - number], MDNS_PORT, number);
	equal(link.responder.isEstablished, true);
	same(link.renamed, []);
});

test("a stranger's address among ours is a conflict on any link", () => {
	const link = established();
	link.receive({ flags: RESPONSE, answers: [address(HOST, 120, BYTES[0]), address(HOST, 120, [203, 0, 113, 1])] }, QUERIER, MDNS_PORT, 1);
	equal(link.responder.isEstablished, false);
});

test("links that come with a change of the network are served, those that went are not", () => {
	const link = established();
	link.linkCount = 1;
	link.responder.start(link.now);
	link.advance(10_000);
	ok(link.take().every((message) => message.link === 0));
	link.linkCount = 0;
	link.responder.start(link.now);
	link.advance(10_000);
	same(link.take(), []);
	link.linkCount = 2;
	link.responder.start(link.now);
	link.advance(10_000);
	link.receive({ questions: [question(INSTANCE, "SRV")] }, QUERIER, MDNS_PORT, 1);
	const last = link.take().at(-1);
	same([last?.link, last?.answers], [1, [SERVICE_RECORD]]);
});
