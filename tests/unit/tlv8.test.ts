/** TLV8. HAP R2 "TLV8 Format", its fragments, and its two examples. */

import { concat, fromText, MalformedError } from "hap/bytes/bytes";
import { byte, decode, encode, type Items, TlvType } from "hap/wire/tlv8";
import { equal, ok, same, test, throws } from "tests/harness";
import { PseudoRandom } from "tests/vectors/pseudo-random";
import { fromHex, toHex } from "tests/vectors/hex";

/** `count` bytes that differ from their neighbours, so that a fragment in the wrong place shows. */
function value(count: number): Uint8Array {
	const bytes = new Uint8Array(count);
	for (let i = 0; i < count; i++)
		bytes[i] = i % 251;
	return bytes;
}

/** Fragments of one type, by hand: the lengths as given. */
function fragments(type: number, bytes: Uint8Array, ...lengths: number[]): Uint8Array {
	const parts: Uint8Array[] = [];
	let at = 0;
	for (const length of lengths) {
		parts.push(Uint8Array.of(type, length), bytes.subarray(at, at + length));
		at += length;
	}
	return concat(...parts);
}

function pairs(items: Items): [number, string][] {
	return [...items].map(([type, bytes]) => [type, toHex(bytes)]);
}

test("the specification's first example, both ways", () => {
	const bytes = fromHex("06 01 03 01 05 68656c6c6f");
	same(pairs(decode(bytes)), [[TlvType.State, "03"], [TlvType.Identifier, toHex(fromText("hello"))]]);
	same(encode([[TlvType.State, byte(3)], [TlvType.Identifier, fromText("hello")]]), bytes);
});

test("the specification's second example, a certificate of 300 bytes, both ways", () => {
	const certificate = new Uint8Array(300).fill(0x61);
	const bytes = fromHex(`06 01 03 09 ff ${"61".repeat(255)} 09 2d ${"61".repeat(45)} 01 05 68656c6c6f`);
	const items = decode(bytes);
	same([...items.keys()], [TlvType.State, TlvType.Certificate, TlvType.Identifier]);
	same(items.get(TlvType.Certificate), certificate);
	same(encode([[TlvType.State, byte(3)], [TlvType.Certificate, certificate], [TlvType.Identifier, fromText("hello")]]), bytes);
});

for (
	const [count, ...lengths] of [
		[0, 0],
		[1, 1],
		[254, 254],
		[255, 255],
		[256, 255, 1],
		[384, 255, 129],
		[509, 255, 254],
		[510, 255, 255],
		[511, 255, 255, 1],
		[765, 255, 255, 255],
	] as const
)
	test(`a value of ${count} bytes goes in fragments of ${lengths.join(", ")}`, () => {
		const expected = concat(fragments(TlvType.PublicKey, value(count), ...lengths), fromHex("06 01 01"));
		same(encode([[TlvType.PublicKey, value(count)], [TlvType.State, byte(1)]]), expected);
		const items = decode(expected);
		same([...items.keys()], [TlvType.PublicKey, TlvType.State]);
		same(items.get(TlvType.PublicKey), value(count));
	});

for (const [count, ...lengths] of [[255, 255, 0], [510, 255, 255, 0]] as const)
	test(`a value of ${count} bytes may end with an empty fragment`, () => {
		const items = decode(concat(fragments(TlvType.Proof, value(count), ...lengths), fromHex("06 01 01")));
		same([...items.keys()], [TlvType.Proof, TlvType.State]);
		same(items.get(TlvType.Proof), value(count));
	});

test("no bytes are no items, both ways", () => {
	equal(decode(new Uint8Array(0)).size, 0);
	same(encode([]), new Uint8Array(0));
});

test("an empty value is one, and a type that is missing has none", () => {
	const items = decode(fromHex("00 00 06 01 01"));
	same(items.get(TlvType.Method), new Uint8Array(0));
	ok(!items.has(TlvType.Identifier));
	same(encode([[TlvType.Separator, new Uint8Array(0)]]), fromHex("ff00"));
});

test("any type is kept, known or not, in the order of the bytes", () => {
	same(pairs(decode(fromHex("fe 01 aa 13 04 01000000 00 01 00 7f 00"))), [[0xfe, "aa"], [0x13, "01000000"], [0, "00"], [0x7f, ""]]);
});

test("a list goes with separators, and the same type may come again", () => {
	const items = [[1, byte(0xa)], [0xff, new Uint8Array(0)], [1, byte(0xb)], [0xff, new Uint8Array(0)], [1, value(256)]] as const;
	same(encode(items), concat(fromHex("01010a ff00 01010b ff00"), fragments(1, value(256), 255, 1)));
});

for (
	const [hex, what] of [
		["06 01 01 06 01 01", "one behind the other"],
		["06 00 06 00", "both empty"],
		["06 00 06 01 01", "the first empty"],
		["06 01 01 00 01 00 06 01 03", "with another between them"],
		["01 01 0a ff 00 01 01 0b", "with a separator between them, as in lists, which no request has"],
		["ff 00 06 01 01 ff 00", "separators"],
		[`05 fe ${"aa".repeat(254)} 05 01 bb`, "a fragment of 254 is the last of its value"],
		[`05 ff ${"aa".repeat(255)} 05 01 bb 05 01 cc`, "behind the last fragment"],
		[`05 ff ${"aa".repeat(255)} 05 00 05 01 cc`, "behind an empty last fragment"],
		[`05 ff ${"aa".repeat(255)} 06 01 05 05 01 bb`, "fragments with another type between them"],
		[`05 ff ${"aa".repeat(255)} 01 ff ${"cc".repeat(255)} 05 01 bb`, "fragments with another type's fragment between them"],
	] as const
)
	test(`a type that comes twice is malformed: ${what}`, () => throws(() => decode(fromHex(hex)), MalformedError));

test("bytes that are cut inside an item are malformed, between two they are not", () => {
	const whole = concat(fromHex("06 01 03 00 00"), fragments(5, value(300), 255, 45));
	const ends = [0, 3, 5, 5 + 257, whole.length];
	for (let end = 0; end <= whole.length; end++) {
		if (ends.includes(end))
			decode(whole.subarray(0, end));
		else
			throws(() => decode(whole.subarray(0, end)), MalformedError, `${end} bytes`);
	}
});

test("a value does not reach beyond the view it is in", () => {
	throws(() => decode(fromHex("01 02 aabb").subarray(0, 3)), MalformedError);
	same(pairs(decode(fromHex("ff ff 01 02 aabb ff").subarray(2, 6))), [[1, "aabb"]]);
});

test("whatever the bytes are, they are items that encode to the same, or malformed", () => {
	const random = new PseudoRandom(8);
	let decoded = 0;
	for (let round = 0; round < 500; round++) {
		const bytes = random.bytes(random.below(12));
		for (let i = 1; i < bytes.length; i += 2)
			bytes[i] %= 4;
		try {
			const items = decode(bytes);
			same(encode(items), bytes);
			decoded++;
		}
		catch (error) {
			ok(error instanceof MalformedError, String(error));
		}
	}
	ok(decoded > 20 && decoded < 480, `${decoded} of 500 decoded`);
});
