/** Writing DNS messages. RFC 1035 section 4.1, RFC 6762 section 18.14. */

import { DnsType, Section } from "hap/wire/dns";
import { DnsWriter } from "hap/wire/dns-writer";
import { decode, encodeName } from "tests/fakes/dns-text";
import { equal, same, test } from "tests/harness";

function names(text: string): Uint8Array {
	return Uint8Array.from(encodeName(text));
}

test("a record is written byte by byte as RFC 1035 has it", () => {
	const writer = new DnsWriter(64, 0x1234, 0x8400);
	writer.section = Section.Answer;
	writer.beginRecord(names("h.local"), 0, DnsType.A, true, 0x10078);
	writer.data(Uint8Array.of(192, 0, 2, 7));
	writer.endRecord();
	// biome-ignore format: a line is a field
	same(
		writer.message,
		Uint8Array.from([
			0x12,
			0x34,
			0x84,
			0x00,
			0,
			0,
			0,
			1,
			0,
			0,
			0,
			0,
			1,
			0x68,
			5,
			0x6c,
			0x6f,
			0x63,
			0x61,
			0x6c,
			0,
			0,
			1,
			0x80,
			1,
			0,
			1,
			0,
			0x78,
			0,
			4,
			192,
			0,
			2,
			7,
		]),
	);
});

test("names and endings of names that were written before become pointers", () => {
	const writer = new DnsWriter(128, 0, 0);
	writer.section = Section.Answer;
	writer.beginRecord(names("_hap._tcp.local"), 0, DnsType.PTR, false, 1);
	writer.name(names("Lamp._hap._tcp.local"), 0);
	writer.endRecord();
	const first = writer.message.length;
	equal(first, 12 + 17 + 10 + 7);
	same(writer.message.slice(-2), Uint8Array.of(0xc0, 12));
	writer.beginRecord(names("lamp._hap._TCP.local"), 0, DnsType.PTR, false, 1);
	writer.name(names("x.local"), 0);
	writer.endRecord();
	equal(writer.message.length, first + 2 + 10 + 4);
	same(decode(writer.message).answers, ["_hap._tcp.local PTR 1 Lamp._hap._tcp.local", "Lamp._hap._tcp.local PTR 1 x.local"]);
});

test("a name does not point into itself", () => {
	const writer = new DnsWriter(64, 0, 0);
	writer.question(names("a.a.a"), 0, DnsType.ANY, 1);
	writer.question(names("a.b.a.b"), 0, DnsType.ANY, 1);
	same(decode(writer.message).questions, ["a.a.a ANY", "a.b.a.b ANY"]);
});

test("a compressed name of another message is written in full", () => {
	const writer = new DnsWriter(64, 0, 0);
	writer.question(Uint8Array.of(1, 0x61, 0, 1, 0x62, 0xc0, 0), 3, DnsType.SRV, 1);
	same(decode(writer.message).questions, ["b.a SRV"]);
});

test("a place in other bytes is another name, and names of all of them point to each other", () => {
	const writer = new DnsWriter(128, 0, 0);
	const [ours, theirs] = [names("lamp.local"), names("desk.local")];
	for (const written of [ours, theirs, ours, theirs, names("x.LAMP.local")])
		writer.question(written, 0, DnsType.ANY, 1);
	same(decode(writer.message).questions, ["lamp.local ANY", "desk.local ANY", "lamp.local ANY", "desk.local ANY", "x.lamp.local ANY"]);
	equal(writer.message.length, 12 + (12 + 4) + (7 + 4) + (2 + 4) + (2 + 4) + (4 + 4));
});

test("a part of bytes is written as it is", () => {
	const writer = new DnsWriter(64, 0, 0);
	writer.section = Section.Answer;
	writer.beginRecord(names("a"), 0, DnsType.A, false, 1);
	writer.part(Uint8Array.of(9, 192, 0, 2, 7, 9), 1, 5);
	writer.endRecord();
	same(decode(writer.message).answers, ["a A 1 192.0.2.7"]);
});

test("sections count their own entries, beyond 255 too", () => {
	const writer = new DnsWriter(4096, 0, 0);
	for (let i = 0; i < 300; i++)
		writer.question(names("a"), 0, DnsType.ANY, 1);
	writer.section = Section.Additional;
	writer.beginRecord(names("b"), 0, DnsType.TXT, false, 1);
	writer.endRecord();
	const message = decode(writer.message);
	same([message.questions.length, message.answers.length, message.authorities.length, message.additionals.length], [300, 0, 0, 1]);
});

test("what does not fit is left out whole, at any size, and what comes after it may fit", () => {
	for (let size = 12; size < 80; size++) {
		const writer = new DnsWriter(size, 0, 0);
		writer.section = Section.Answer;
		writer.beginRecord(names("one.local"), 0, DnsType.PTR, false, 1);
		writer.name(names("two.three.local"), 0);
		writer.endRecord();
		writer.beginRecord(names("three.local"), 0, DnsType.A, false, 1);
		writer.data(Uint8Array.of(1, 2, 3, 4));
		writer.endRecord();
		equal(writer.message.length <= size, true);
		equal(writer.isEmpty, writer.message.length === 12);
		const fits = size < 39 ? [] : size < 45 ? ["three.local A 1 1.2.3.4"] : ["one.local PTR 1 two.three.local"];
		const both = ["one.local PTR 1 two.three.local", "three.local A 1 1.2.3.4"];
		same(decode(writer.message).answers, size < 61 ? fits : both, `size ${size}`);
	}
});

test("names of hostile messages end", () => {
	const writer = new DnsWriter(64, 0, 0);
	writer.question(Uint8Array.of(1, 0x61, 0xc0, 0), 0, DnsType.ANY, 1);
	equal(writer.isEmpty, true);
	writer.question(Uint8Array.of(0xc0, 0), 0, DnsType.ANY, 1);
	same(decode(writer.message).questions, [" ANY"]);
});
