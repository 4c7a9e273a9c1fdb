/** Names in DNS messages. RFC 1035 section 4.1.4, RFC 6762 section 16. */

import { fromText } from "hap/bytes/bytes";
import { expandName, labelAt, sameName, skipName, uint32 } from "hap/wire/dns";
import { encodeName } from "tests/fakes/dns-text";
import { equal, same, test } from "tests/harness";

/** The figure of RFC 1035 section 4.1.4: F.ISI.ARPA at 20, FOO.F.ISI.ARPA at 40, ARPA at 64, the root at 92. */
function figure(): Uint8Array {
	const bytes = new Uint8Array(93);
	bytes.set([1, 0x46, 3, 0x49, 0x53, 0x49, 4, 0x41, 0x52, 0x50, 0x41, 0], 20);
	bytes.set([3, 0x46, 0x4f, 0x4f, 0xc0, 20], 40);
	bytes.set([0xc0, 26], 64);
	return bytes;
}

function name(text: string): Uint8Array {
	return Uint8Array.from(encodeName(text));
}

test("the compressed names of RFC 1035 read as what they stand for", () => {
	for (
		const [at, text] of [
			[20, "F.ISI.ARPA"],
			[40, "FOO.F.ISI.ARPA"],
			[64, "ARPA"],
			[92, ""],
		] as const
	) {
		equal(sameName(figure(), at, name(text), 0), true, text);
		same(expandName(figure(), at), name(text), text);
	}
});

test("a name ends after its zero byte, or after its pointer", () => {
	equal(skipName(figure(), 20), 32);
	equal(skipName(figure(), 40), 46);
	equal(skipName(figure(), 64), 66);
	equal(skipName(figure(), 92), 93);
});

test("ASCII letters compare without case, other bytes with it", () => {
	equal(sameName(name("_HAP._Tcp.local"), 0, name("_hap._tcp.LOCAL"), 0), true);
	equal(sameName(name("K\u00fcche.local"), 0, name("k\u00fcche.LOCAL"), 0), true);
	equal(sameName(name("k\u00fcche.local"), 0, name("k\u00dcche.local"), 0), false);
	equal(sameName(name("a@b"), 0, name("a`b"), 0), false, "0x40 and 0x60 are no letters");
	equal(sameName(name("a[b"), 0, name("a{b"), 0), false, "nor are 0x5b and 0x7b");
});

test("a dot inside a label is no border between labels", () => {
	equal(sameName(name("a\\.b.local"), 0, name("a.b.local"), 0), false);
	equal(sameName(name("a\\.b.local"), 0, name("A\\.B.local"), 0), true);
});

test("a name is not the same as its beginning or ending", () => {
	equal(sameName(name("_tcp.local"), 0, name("local"), 0), false);
	equal(sameName(name("_tcp.local"), 0, name("_tcp"), 0), false);
	equal(sameName(name("_tcp"), 0, name("_tcp.local"), 0), false);
});

for (
	const [what, bytes, at] of [
		["a pointer to itself", [0xc0, 0], 0],
		["two pointers to each other", [0xc0, 2, 0xc0, 0], 2],
		["a pointer forward", [0xc0, 2, 1, 0x61, 0], 0],
		["a pointer beyond the message", [0xff, 0xff], 0],
		["half a pointer", [1, 0x61, 0xc0], 2],
		["a label type of the future", [0x41, 0x61, 0], 0],
		["another one", [0x81, 0x61, 0], 0],
		["a label beyond the message", [5, 0x61, 0x62], 0],
		["nothing", [], 0],
	] as const
)
	test(`${what} is not a name`, () => {
		const hostile = Uint8Array.from(bytes);
		equal(labelAt(hostile, at), -1);
		equal(skipName(hostile, at), -1);
		equal(expandName(hostile, at), undefined);
		equal(sameName(hostile, at, hostile, at), false);
	});

test("labels that lead round by a pointer after them end somewhere", () => {
	const round = Uint8Array.from([1, 0x61, 0xc0, 0]);
	equal(skipName(round, 0), 4);
	equal(expandName(round, 0), undefined);
	equal(sameName(round, 0, round, 0), false);
	equal(sameName(round, 0, name("a.a.a"), 0), false);
});

test("pointers to pointers lead on, up to a limit", () => {
	const chain = (links: number) => {
		const bytes = [1, 0x61, 0];
		for (let i = 0; i < links; i++)
			bytes.push(0xc0, i === 0 ? 0 : bytes.length - 2);
		return Uint8Array.from(bytes);
	};
	equal(sameName(chain(3), 7, name("a"), 0), true);
	equal(sameName(chain(100), 201, name("a"), 0), false);
});

test("a name may have 255 bytes and no more", () => {
	const label = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz01234567890";
	const longest = name(`${label}.${label}.${label}.${label.slice(0, 61)}`);
	const tooLong = name(`${label}.${label}.${label}.${label.slice(0, 62)}`);
	equal(longest.length, 255);
	equal(skipName(longest, 0), 255);
	same(expandName(longest, 0), longest);
	equal(skipName(tooLong, 0), -1);
	equal(expandName(tooLong, 0), undefined);
});

test("a name cut short anywhere is none", () => {
	const whole = name("Lamp._hap._tcp.local");
	for (let cut = 0; cut < whole.length; cut++) {
		equal(skipName(whole.subarray(0, cut), 0), -1, `cut at ${cut}`);
		equal(sameName(whole.subarray(0, cut), 0, whole, 0), false, `cut at ${cut}`);
		equal(expandName(whole.subarray(0, cut), 0), undefined, `cut at ${cut}`);
	}
});

test("a TTL is a 32-bit number without sign", () => {
	equal(uint32(Uint8Array.of(0xff, 0xff, 0xff, 0xff), 0), 4294967295);
	equal(uint32(Uint8Array.of(0, 0, 0x11, 0x94), 0), 4500);
});

test("text of other scripts keeps its bytes", () => {
	same(expandName(name("\u5c45\u95f4 \u706f.local"), 0)?.slice(1, 11), fromText("\u5c45\u95f4 \u706f"));
});
