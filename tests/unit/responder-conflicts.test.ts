/** Other hosts with our names: defence, tie-breaking, renaming. RFC 6762 sections 8.1, 8.2 and 9. */

import { ADDRESS4, ADDRESS6, HOST, INSTANCE, POINTER_RECORD, SERVICE, SERVICE_RECORD, TEXT } from "tests/fakes/lamp-records";
import { address, encodeName, pointer, question, record, service, texts, unicastQuestion } from "tests/fakes/dns-text";
import { Link } from "tests/fakes/mdns-link";
import { equal, ok, same, test } from "tests/harness";

const RESPONSE = 0x8400;
const RIVAL = "192.0.2.66";

/** What a rival that owns both names answers. */
const OTHER_SERVICE = service(INSTANCE, 120, 9090, "rival.local", 0x8001);
const OTHER_ADDRESS = address(HOST, 120, [192, 0, 2, 66], 0x8001);

function probing(instance = "Lamp"): Link {
	const link = new Link(undefined, instance);
	link.random = 0;
	link.responder.start(link.now);
	link.advance(0);
	return link;
}

function probe(...authorities: number[][]): { questions: number[][]; authorities: number[][]; } {
	return { questions: [unicastQuestion(INSTANCE, "ANY"), unicastQuestion(HOST, "ANY")], authorities };
}

test('an instance whose name is taken becomes "Lamp (2)", and probes anew', () => {
	const link = probing();
	link.take();
	link.receive({ flags: RESPONSE, answers: [OTHER_SERVICE] }, RIVAL);
	same(link.renamed, ["Lamp (2)"]);
	link.advance(10_000);
	const messages = link.take();
	equal(messages.length, 5);
	same(messages[0].questions, ["Lamp (2)._hap._tcp.local ANY?", `${HOST} ANY?`]);
	ok(messages[3].answers.includes(`${SERVICE} PTR 4500 Lamp (2)._hap._tcp.local`));
	ok(messages[3].answers.includes("Lamp (2)._hap._tcp.local SRV 120! 0 0 8080 lamp-1a.local"));
	equal(link.responder.instance, "Lamp (2)");
});

test('a host whose name is taken becomes "lamp-1a-2"', () => {
	const link = probing();
	link.take();
	link.receive({ flags: RESPONSE, answers: [OTHER_ADDRESS] }, RIVAL);
	same(link.renamed, []);
	link.advance(10_000);
	const announcement = link.take()[3];
	ok(announcement.answers.includes(`${INSTANCE} SRV 120! 0 0 8080 lamp-1a-2.local`));
	ok(announcement.answers.includes("lamp-1a-2.local A 120! 192.0.2.7"));
});

test("both names may be taken by one message, in any section of it", () => {
	const link = probing();
	link.receive({ flags: RESPONSE, answers: [pointer(SERVICE, 4500, INSTANCE)], additionals: [OTHER_SERVICE, OTHER_ADDRESS] }, RIVAL);
	link.advance(10_000);
	ok(link.take().at(-1)?.answers.includes("Lamp (2)._hap._tcp.local SRV 120! 0 0 8080 lamp-1a-2.local"));
});

test("names go on counting while they are taken", () => {
	const link = probing();
	for (const number of [1, 2, 3]) {
		const name = number === 1 ? INSTANCE : `Lamp (${number})._hap._tcp.local`;
		link.receive({ flags: RESPONSE, answers: [service(name, 120, 9090, "rival.local")] }, RIVAL);
		link.advance(100);
	}
	same(link.renamed, ["Lamp (2)", "Lamp (3)", "Lamp (4)"]);
});

test("a numbered name keeps to 63 bytes, cut between characters", () => {
	const link = probing(`${"a".repeat(57)}\u00fc${"b".repeat(4)}`);
	link.receive({ flags: RESPONSE, answers: [service(`${"a".repeat(57)}\u00fcbbbb._hap._tcp.local`, 120, 9090, "rival.local")] }, RIVAL);
	same(link.renamed, [`${"a".repeat(57)}\u00fc (2)`]);
	const odd = probing(`${"a".repeat(58)}\u00fc${"b".repeat(3)}`);
	odd.receive({ flags: RESPONSE, answers: [service(`${"a".repeat(58)}\u00fcbbb._hap._tcp.local`, 120, 9090, "rival.local")] }, RIVAL);
	same(odd.renamed, [`${"a".repeat(58)} (2)`]);
});

for (
	const [what, answers] of [
		["our own records", [service(INSTANCE, 120, 8080, HOST, 0x8001), address(HOST, 120, ADDRESS4, 0x8001), address(HOST, 120, ADDRESS6)]],
		["a goodbye for the name", [service(INSTANCE, 0, 9090, "rival.local")]],
		["another TXT record than ours, alone", [texts(INSTANCE, 4500, ["x=1"])]],
		["a record of another class", [service(INSTANCE, 120, 9090, "rival.local", 3)]],
		["somebody else's records", [service("Fan._hap._tcp.local", 120, 9090, "rival.local"), address("rival.local", 120, [192, 0, 2, 66])]],
		["a pointer to the instance", [pointer(SERVICE, 4500, INSTANCE)]],
	] as const
)
	test(`${what} in a response: no conflict`, () => {
		const link = probing();
		link.advance(100);
		link.receive({ flags: RESPONSE, answers: answers.map((answer) => answer) }, RIVAL);
		const established = Link.established();
		established.receive({ flags: RESPONSE, answers: answers.map((answer) => answer) }, RIVAL);
		equal(established.responder.isEstablished, true);
		link.advance(1000);
		equal(link.responder.isEstablished, true);
		same(link.renamed, []);
	});

test("a response from another port than 5353 proves nothing", () => {
	const link = probing();
	link.receive({ flags: RESPONSE, answers: [OTHER_SERVICE] }, RIVAL, 5354);
	same(link.renamed, []);
});

test("a conflict after the names were ours makes us probe again, under the same name", () => {
	const link = Link.established();
	link.receive({ flags: RESPONSE, answers: [OTHER_SERVICE] }, RIVAL);
	equal(link.responder.isEstablished, false);
	link.advance(10_000);
	const messages = link.take();
	equal(messages.length, 5);
	equal(messages[0].questions[0], `${INSTANCE} ANY?`);
	same(link.renamed, []);
});

test("and if the other defends it, we give way", () => {
	const link = Link.established();
	link.receive({ flags: RESPONSE, answers: [OTHER_SERVICE] }, RIVAL);
	link.advance(300);
	link.receive({ flags: RESPONSE, answers: [OTHER_SERVICE] }, RIVAL);
	same(link.renamed, ["Lamp (2)"]);
});

test("another host's probe for our names is answered at once, and to all", () => {
	const link = Link.established();
	link.receive(probe(service(INSTANCE, 120, 9090, "rival.local"), address(HOST, 120, [192, 0, 2, 66])), RIVAL);
	const [defence, ...more] = link.take();
	same(more, []);
	same([defence.address, defence.flags], [undefined, RESPONSE]);
	ok(defence.answers.includes(SERVICE_RECORD));
	ok(defence.answers.includes(`${HOST} A 120! 192.0.2.7`));
});

test("the second between two multicasts is a quarter of one against probes", () => {
	const link = Link.established();
	const rival = probe(service(INSTANCE, 120, 9090, "rival.local"));
	const start = link.now;
	for (let i = 0; i < 4; i++) {
		link.receive(rival, RIVAL);
		link.advance(125);
	}
	same(
		link
			.take()
			.filter((message) => message.answers.includes(SERVICE_RECORD))
			.map((message) => message.at - start),
		[0, 250],
	);
});

test("probing at the same time, the host with the lexicographically later records wins", () => {
	for (
		const [what, authorities, isLost] of [
			["a higher port", [service(INSTANCE, 120, 8081, HOST), texts(INSTANCE, 4500, TEXT.split("|"))], true],
			["a lower port", [service(INSTANCE, 120, 8079, HOST), texts(INSTANCE, 4500, TEXT.split("|"))], false],
			["the same records", [texts(INSTANCE, 4500, TEXT.split("|")), service(INSTANCE, 10, 8080, HOST)], false],
			["the same records and one more", [...same2(), record(INSTANCE, "NSEC", 120, [0])], true],
			["one record less", [texts(INSTANCE, 4500, TEXT.split("|"))], false],
			["a later target", [texts(INSTANCE, 4500, TEXT.split("|")), service(INSTANCE, 120, 8080, "lamp-1b.local")], true],
			["a lower type first", [record(INSTANCE, "A", 120, [255, 255, 255, 255]), ...same2()], false],
			["a higher type only", [record(INSTANCE, "SRV", 120, [0, 0, 0, 0, 0, 0, 0])], true],
			["a higher class", [service(INSTANCE, 120, 1, "a", 3)], true],
			["a longer record", [texts(INSTANCE, 4500, [...TEXT.split("|"), ""])], true],
			["a shorter record", [texts(INSTANCE, 4500, TEXT.split("|").slice(0, -1))], false],
			["a higher address", [address(HOST, 120, [192, 0, 2, 8])], true],
			["a lower address", [address(HOST, 120, [192, 0, 2, 6])], false],
			["bytes compared without sign", [address(HOST, 120, [200, 0, 2, 6])], true],
			["two addresses, the first the same", [address(HOST, 120, [193, 0, 2, 6]), address(HOST, 120, ADDRESS4)], false],
			["nothing under our names", [address("rival.local", 120, [255, 255, 255, 255])], false],
		] as const
	) {
		const link = probing();
		link.take();
		link.receive(probe(...authorities), RIVAL);
		link.advance(260);
		equal(link.take().length, isLost ? 0 : 1, what);
		link.advance(739);
		same(link.take().length, isLost ? 0 : 4 - 2, what);
		same(link.renamed, []);
	}
});

function same2(): number[][] {
	return [texts(INSTANCE, 4500, TEXT.split("|")), service(INSTANCE, 120, 8080, HOST)];
}

test("names inside compared records are compared in full, however they were compressed", () => {
	const target = encodeName("lamp-1a.local");
	const compressed = {
		questions: [question(HOST, "ANY")],
		authorities: [texts(INSTANCE, 4500, TEXT.split("|")), record(INSTANCE, "SRV", 120, [0, 0, 0, 0, 0x1f, 0x90, 0xc0, 12])],
	};
	equal(target.length > 2, true);
	const link = probing();
	link.take();
	link.receive(compressed, RIVAL);
	link.advance(260);
	equal(link.take().length, 1);
});

test("who lost waits a second and probes again, three times", () => {
	const link = probing();
	link.take();
	link.receive(probe(service(INSTANCE, 120, 9090, "rival.local")), RIVAL);
	const lost = link.now;
	link.advance(1749);
	same(
		link.take().map((message) => message.at - lost),
		[1000, 1250, 1500],
	);
});

test("our own probe coming back changes nothing", () => {
	const link = probing();
	for (let i = 0; i < 3; i++) {
		link.receive(link.lastMessage, "192.0.2.7");
		link.advance(250);
	}
	equal(link.responder.isEstablished, true);
});

test("our own announcements coming back change nothing", () => {
	const link = new Link({ reannounceMs: 0 });
	link.responder.start(link.now);
	let messages = 0;
	for (let i = 0; i < 100; i++) {
		link.advance(50);
		for (const _ of link.take()) {
			messages++;
			link.receive(link.lastMessage, "192.0.2.7");
		}
	}
	equal(messages, 5);
	equal(link.responder.isEstablished, true);
});

test("a query for our names without proposals is no rival", () => {
	const link = probing();
	link.take();
	link.receive({ questions: [question(INSTANCE, "ANY")] }, RIVAL);
	link.advance(260);
	equal(link.take().length, 1);
});

test("fifteen conflicts slow probing down to once in five seconds", () => {
	const link = probing();
	for (let i = 1; i <= 15; i++) {
		const name = i === 1 ? INSTANCE : `Lamp (${i})._hap._tcp.local`;
		link.receive({ flags: RESPONSE, answers: [service(name, 120, 9090, "rival.local")] }, RIVAL);
		if (i < 15)
			link.advance(1);
	}
	link.take();
	const slow = link.now;
	link.advance(20_000);
	const messages = link.take();
	equal(messages[0].at, slow + 5000);
	equal(messages.length, 5);
	equal(link.responder.instance, "Lamp (16)");
});

test("a rename keeps answering under the new name and no longer under the old", () => {
	const link = probing();
	link.receive({ flags: RESPONSE, answers: [OTHER_SERVICE] }, RIVAL);
	link.advance(10_000);
	link.take();
	link.receive({ questions: [question(INSTANCE, "SRV")] });
	same(link.take(), []);
	link.receive({ questions: [question("lamp (2)._hap._tcp.local", "SRV")] });
	same(link.takeAnswers(), ["Lamp (2)._hap._tcp.local SRV 120! 0 0 8080 lamp-1a.local"]);
	link.advance(5000);
	link.receive({ questions: [question(SERVICE, "PTR")], answers: [pointer(SERVICE, 4500, INSTANCE)] });
	link.advance(200);
	same(link.takeAnswers(), [POINTER_RECORD.replace("Lamp", "Lamp (2)")]);
});
