/** Reading DNS messages. RFC 1035 section 4.1, RFC 2782, RFC 6762 section 18. */

import { DnsReader } from "hap/wire/dns-reader";
import { Section } from "hap/wire/dns";
import { address, encode, encodeName, pointer, question, record, service, texts, unicastQuestion } from "tests/fakes/dns-text";
import { equal, same, test } from "tests/harness";

/** Put together by hand after RFC 1035: a response with a question, a compressed PTR and an A record with the cache-flush bit. */
// biome-ignore format: a line is a field
const RESPONSE = Uint8Array.from([
	0x12,
	0x34,
	0x84,
	0x00,
	0x00,
	0x01,
	0x00,
	0x01,
	0x00,
	0x00,
	0x00,
	0x01,
	0x04,
	0x5f,
	0x68,
	0x61,
	0x70,
	0x04,
	0x5f,
	0x74,
	0x63,
	0x70,
	0x05,
	0x6c,
	0x6f,
	0x63,
	0x61,
	0x6c,
	0x00, // 12: _hap._tcp.local
	0x00,
	0x0c,
	0x80,
	0x01, // 29
	0xc0,
	0x0c, // 33
	0x00,
	0x0c,
	0x00,
	0x01,
	0x00,
	0x00,
	0x11,
	0x94,
	0x00,
	0x04, // 35
	0x01,
	0x4c,
	0xc0,
	0x0c, // 45: L._hap._tcp.local
	0x01,
	0x68,
	0xc0,
	0x16, // 49: h.local
	0x00,
	0x01,
	0x80,
	0x01,
	0x00,
	0x00,
	0x00,
	0x78,
	0x00,
	0x04, // 53
	0xc0,
	0x00,
	0x02,
	0x07, // 63
]);

function names(text: string): Uint8Array {
	return Uint8Array.from(encodeName(text));
}

test("a response made by hand reads field by field", () => {
	const reader = new DnsReader(RESPONSE);
	equal(reader.isWellFormed, true);
	equal(reader.id, 0x1234);
	equal(reader.flags, 0x8400);

	equal(reader.next(), true);
	equal(reader.section, Section.Question);
	equal(reader.isNamed(names("_hap._tcp.local"), 0), true);
	same([reader.type, reader.class, reader.hasTopBit], [12, 1, true]);

	equal(reader.next(), true);
	equal(reader.section, Section.Answer);
	equal(reader.isNamed(names("_hap._tcp.local"), 0), true);
	same([reader.type, reader.class, reader.hasTopBit, reader.ttl, reader.data, reader.dataBytes], [12, 1, false, 4500, 45, 4]);
	equal(reader.refersTo(names("L._hap._tcp.local"), 0), true);
	equal(reader.refersTo(names("_hap._tcp.local"), 0), false);

	equal(reader.next(), true);
	equal(reader.section, Section.Additional);
	equal(reader.isNamed(names("H.Local"), 0), true);
	same([reader.type, reader.class, reader.hasTopBit, reader.ttl, reader.data, reader.dataBytes], [1, 1, true, 120, 63, 4]);
	equal(reader.holds(Uint8Array.of(192, 0, 2, 7)), true);
	equal(reader.holds(Uint8Array.of(192, 0, 2, 8)), false);
	equal(reader.holds(Uint8Array.of(192, 0, 2)), false);

	equal(reader.next(), false);
	reader.rewind();
	equal(reader.next(), true);
	equal(reader.section, Section.Question);
});

test("a message cut short anywhere is not well formed, and reading it stops", () => {
	for (let cut = 0; cut < RESPONSE.length; cut++) {
		const reader = new DnsReader(RESPONSE.subarray(0, cut));
		equal(reader.isWellFormed, false, `cut at ${cut}`);
		let entries = 0;
		while (reader.next())
			entries++;
		equal(entries < 3, true, `cut at ${cut}`);
	}
});

test("bytes after the last entry are no concern", () => {
	equal(new DnsReader(Uint8Array.from([...RESPONSE, 1, 2, 3])).isWellFormed, true);
});

for (
	const [what, at] of [
		["questions", 4],
		["answers", 6],
		["authorities", 8],
		["additionals", 10],
	] as const
)
	test(`65535 ${what} that are not there make a message malformed`, () => {
		const message = RESPONSE.slice();
		message[at] = message[at + 1] = 0xff;
		const reader = new DnsReader(message);
		equal(reader.isWellFormed, false);
		let entries = 0;
		while (reader.next())
			entries++;
		equal(entries <= 6, true);
	});

test("data longer than the message make it malformed", () => {
	const message = RESPONSE.slice();
	message[61] = 0xff;
	equal(new DnsReader(message).isWellFormed, false);
});

test("names with pointers that lead nowhere make a message malformed", () => {
	for (
		const [at, to] of [
			[34, 33],
			[34, 60],
			[33, 0xff],
		] as const
	) {
		const message = RESPONSE.slice();
		message[at] = to;
		equal(new DnsReader(message).isWellFormed, false, `${to} at ${at}`);
	}
});

test("a header alone is a message without entries", () => {
	const reader = new DnsReader(new Uint8Array(12));
	equal(reader.isWellFormed, true);
	equal(reader.next(), false);
});

test("a name in data must fill the data, pointers included", () => {
	const message = (data: readonly number[]) => {
		const reader = new DnsReader(encode({ answers: [record("_hap._tcp.local", "PTR", 10, data)] }));
		equal(reader.next(), true);
		return reader;
	};
	equal(message(encodeName("a.local")).refersTo(names("a.local"), 0), true);
	equal(message([...encodeName("a.local"), 0]).refersTo(names("a.local"), 0), false);
	equal(message(encodeName("a.local").slice(0, -1)).refersTo(names("a.local"), 0), false);
	equal(message([1, 0x61, 0xc0, 22]).refersTo(names("a.local"), 0), true);
	equal(message([]).refersTo(names(""), 0), false);
});

test("every type passes, known or not, and each section counts its own", () => {
	const reader = new DnsReader(
		encode({
			questions: [question("a", "ANY"), unicastQuestion("b", "SRV")],
			answers: [pointer("c", 1, "d"), texts("e", 2, ["f=1"])],
			authorities: [service("g", 3, 80, "h"), record("i", "HINFO", 4, [1, 2, 3])],
			additionals: [address("j", 5, [1, 2, 3, 4]), record("", "OPT", 0x80000000, [], 4096)],
		}),
	);
	equal(reader.isWellFormed, true);
	const seen: number[][] = [];
	while (reader.next())
		seen.push([reader.section, reader.type, reader.class, reader.ttl, reader.dataBytes]);
	same(seen, [
		[0, 255, 1, 0, 0],
		[0, 33, 1, 0, 0],
		[1, 12, 1, 1, 3],
		[1, 16, 1, 2, 4],
		[2, 33, 1, 3, 9],
		[2, 13, 1, 4, 3],
		[3, 1, 1, 5, 4],
		[3, 41, 4096, 0x80000000, 0],
	]);
});

test("any byte of a message may be anything", () => {
	for (let at = 0; at < RESPONSE.length; at++) {
		for (const value of [0, 1, 0x3f, 0x40, 0x80, 0xc0, 0xff]) {
			const message = RESPONSE.slice();
			message[at] = value;
			const reader = new DnsReader(message);
			const isWellFormed = reader.isWellFormed;
			let entries = 0;
			while (reader.next()) {
				entries++;
				reader.isNamed(RESPONSE, 12);
				reader.refersTo(RESPONSE, 12);
			}
			equal(entries <= 7, true, `${value} at ${at}`);
			if (isWellFormed)
				equal(entries, message[5] + message[7] + message[9] + message[11] + 256 * (message[4] + message[6] + message[8] + message[10]));
		}
	}
});
