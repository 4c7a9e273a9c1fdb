/** Bytes, hexadecimal digits and UTF-8 text. RFC 3629 sections 3, 4 and 7. */

import { concat, fromText, joinText, MalformedError, putText, sameBytes, textBytes, toText } from "hap/bytes/bytes";
import { equal, same, test, throws } from "tests/harness";
import { fromHex, toHex } from "tests/vectors/hex";

for (
	const [hex, text, what] of [
		["", "", "nothing"],
		["01", "\u0001", "the first code point but one"],
		["7f", "\u007f", "the last of one byte"],
		["c280", "\u0080", "the first of two bytes"],
		["dfbf", "\u07ff", "the last of two"],
		["e0a080", "\u0800", "the first of three"],
		["ed9fbf", "\ud7ff", "the last below the surrogates"],
		["ee8080", "\ue000", "the first above them"],
		["efbfbf", "\uffff", "the last of three"],
		["f0908080", "\u{10000}", "the first of four"],
		["f3bfbfbf", "\u{fffff}", "the last of plane 15"],
		["f48fbfbf", "\u{10ffff}", "the last there is"],
		["41e289a2ce912e", "A\u2262\u0391.", "RFC 3629 section 7, the first example"],
		["ed959ceab5adec96b4", "\ud55c\uad6d\uc5b4", "its second"],
		["e697a5e69cace8aa9e", "\u65e5\u672c\u8a9e", "its third"],
		["efbbbff0a38eb4", "\ufeff\u{233b4}", "its last, with a byte order mark"],
	] as const
)
	test(`UTF-8 both ways: ${what}`, () => {
		equal(toText(fromHex(hex)), text);
		equal(toHex(fromText(text)), hex);
		equal(textBytes(text), hex.length / 2);
	});

for (
	const [hex, what] of [
		["00", "U+0000"],
		["610062", "U+0000 between letters"],
		["c080", "U+0000 in two bytes"],
		["c0af", "a slash in two bytes"],
		["c1bf", "U+007F in two bytes"],
		["e08080", "U+0000 in three bytes"],
		["e080af", "a slash in three bytes"],
		["e09fbf", "U+07FF in three bytes"],
		["f0808080", "U+0000 in four bytes"],
		["f08080af", "a slash in four bytes"],
		["f08fbfbf", "U+FFFF in four bytes"],
		["eda080", "the first surrogate"],
		["edafbf", "the last high surrogate"],
		["edb080", "the first low surrogate"],
		["edbfbf", "the last surrogate"],
		["eda08cedbeb4", "a pair of surrogates"],
		["f4908080", "the first code point beyond the last"],
		["f5808080", "a lead byte of beyond the last"],
		["f7bfbfbf", "the last of four bytes"],
		["f888808080", "five bytes"],
		["fc8480808080", "six bytes"],
		["fe", "FE"],
		["ff", "FF"],
		["80", "a continuation alone"],
		["bf", "the last continuation alone"],
		["6180", "a continuation behind a letter"],
		["c3a9a9", "a continuation too many"],
		["c341", "a letter instead of the second byte"],
		["c3c3a9", "a lead byte instead of the second byte"],
		["e28241", "a letter instead of the third byte"],
		["e24182", "a letter instead of the second byte of three"],
		["f09f8e41", "a letter instead of the fourth byte"],
		["f09f418e", "a letter instead of the third byte of four"],
		["e282c0", "a third byte above the continuations"],
		["f09f8ec0", "a fourth byte above the continuations"],
		["c3", "one byte of two"],
		["e282", "two bytes of three"],
		["f09f8e", "three bytes of four"],
		["61f0", "one byte of four"],
	] as const
)
	test(`no UTF-8: ${what}`, () => throws(() => toText(fromHex(hex)), MalformedError));

test("text cut inside a character is refused, between two it is not", () => {
	const bytes = fromHex("61 c3a9 e28694 f09f8e89");
	const ends = new Map([[0, ""], [1, "a"], [3, "aé"], [6, "aé↔"], [10, "aé↔🎉"]]);
	for (let end = 0; end <= bytes.length; end++) {
		const cut = bytes.subarray(0, end);
		const expected = ends.get(end);
		if (expected === undefined)
			throws(() => toText(cut), MalformedError, `${end} bytes`);
		else
			equal(toText(cut), expected);
	}
});

test("a character cut by the end of a view is not completed from behind it", () => {
	throws(() => toText(fromHex("c3a9").subarray(0, 1)), MalformedError);
});

test("text is read from the part of a buffer that a view shows", () => {
	equal(toText(fromHex("ff68616bff").subarray(1, 4)), "hak");
});

test("text read from bytes does not change with them", () => {
	const bytes = fromText("lamp");
	const text = toText(bytes);
	bytes.fill(0x2a);
	equal(text, "lamp");
});

test("text is put where it is told, and nowhere else", () => {
	const target = fromHex("aaaaaaaaaaaaaa");
	equal(putText(target, 2, "é!"), 3);
	equal(toHex(target), "aaaac3a921aaaa");
});

test("text is put into the part of a buffer that a view shows", () => {
	const whole = fromHex("aaaaaaaaaaaa");
	equal(putText(whole.subarray(2, 5), 1, "xy"), 2);
	equal(toHex(whole), "aaaaaa7879aa");
});

for (
	const [at, text, what] of [
		[0, "abcde", "one byte too long"],
		[3, "ab", "one byte too long where it begins"],
		[4, "a", "at the end"],
		[5, "", "behind the end"],
		[-1, "a", "before the start"],
		[3, "é", "half a character more than there is room for"],
	] as const
)
	test(`text that does not fit is a RangeError and changes nothing: ${what}`, () => {
		const whole = fromHex("aaaaaaaaaaaa");
		throws(() => putText(whole.subarray(1, 5), at, text), RangeError);
		equal(toHex(whole), "aaaaaaaaaaaa");
	});

test("text that fits to the last byte is put", () => {
	const target = new Uint8Array(4);
	equal(putText(target, 1, "abc"), 3);
	equal(toHex(target), "00616263");
	equal(putText(target, 4, ""), 0);
});

test("hexadecimal digits of every byte, both ways", () => {
	for (let byte = 0; byte < 256; byte++) {
		const digits = byte.toString(16).padStart(2, "0");
		equal(toHex(Uint8Array.of(byte)), digits);
		same(fromHex(digits), Uint8Array.of(byte));
		same(fromHex(digits.toUpperCase()), Uint8Array.of(byte));
	}
});

test("white space between hexadecimal digits is skipped", () => {
	same(fromHex(" 0 0\tff\r\n10 "), Uint8Array.of(0x00, 0xff, 0x10));
	same(fromHex(""), new Uint8Array(0));
});

for (const text of ["0", "000", "0g", "g0", "+1", "-1", ".1", "1.", "0x", "x0", "1_", "1n", "é0", "\u0660\u0660"])
	test(`"${text}" is not hexadecimal`, () => throws(() => fromHex(text), MalformedError));

test("parts are put one behind the other, into memory of their own", () => {
	const first = Uint8Array.of(1, 2);
	const all = concat(first, new Uint8Array(0), Uint8Array.of(3, 4, 5).subarray(1));
	same(all, Uint8Array.of(1, 2, 4, 5));
	first[0] = 9;
	equal(all[0], 1);
	same(concat(), new Uint8Array(0));
});

for (
	const [a, b, expected] of [
		["", "", true],
		["00", "00", true],
		["0102ff", "0102ff", true],
		["", "00", false],
		["01", "0100", false],
		["0100", "01", false],
		["0102", "0103", false],
		["0102", "8102", false],
	] as const
)
	test(`<${a}> and <${b}> are ${expected ? "" : "not "}the same bytes`, () => equal(sameBytes(fromHex(a), fromHex(b)), expected));

test("text of parts is what operators make of them", () => {
	equal(joinText(), "");
	equal(joinText("", ""), "");
	equal(joinText('{"aid":', 1, ',"iid":', Number.MAX_SAFE_INTEGER, "}"), `{"aid":${1},"iid":${Number.MAX_SAFE_INTEGER}}`);
	for (const number of [0, -0, 9, 10, -1, -10, 2147483647, -2147483648, 2147483648, -2147483649])
		equal(joinText(number, ",", number), `${number},${number}`);
	equal(joinText("\ud55c", -0.5, "\u0000", "z"), `\ud55c${-0.5}\u0000z`);
});
