/** JSON bodies. RFC 8259, and the limits that keep a stranger's body from taking the heap or the stack. */

import { fromText, MalformedError } from "hap/bytes/bytes";
import { JSON_LIMITS, parseJson } from "hap/wire/json";
import { equal, ok, same, test, throws } from "tests/harness";
import { fromHex } from "tests/vectors/hex";

/** Wide enough for what is no matter of limits, and with each limit apart from the others. */
const WIDE = { depth: 8, containers: 60, values: 600 };

function parsed(text: string): unknown {
	return parseJson(fromText(text), WIDE);
}

for (
	const [text, value] of [
		[
			'{"characteristics":[{"aid":1,"iid":9,"value":true}]}',
			{ characteristics: [{ aid: 1, iid: 9, value: true }] },
		],
		[
			'{"characteristics":[{"aid":2,"iid":8,"ev":false,"authData":"eA==","remote":1,"r":true}],"pid":12}',
			{ characteristics: [{ aid: 2, iid: 8, ev: false, authData: "eA==", remote: 1, r: true }], pid: 12 },
		],
		['{"ttl":5000,"pid":11122333}', { ttl: 5000, pid: 11_122_333 }],
		["{}", {}],
		["[]", []],
		["null", null],
		["-0.5e1", -5],
		[' \t\r\n{ "value" : 1 } ', { value: 1 }],
		['{"value":"a,b]}[{\\"\\\\"}', { value: 'a,b]}[{"\\' }],
		['{"value":"\\u00e9\u00e9\\ud83c\\udf89"}', { value: "éé🎉" }],
		['{"value":null}', { value: null }],
		['{"value":1,"value":2}', { value: 2 }],
	] as const
)
	test(`${JSON.stringify(text)} is read`, () => same(parsed(text), value));

for (
	const [text, value] of [
		['{"value":1,"unknown":2}', { value: 1 }],
		['{"unknown":{"value":1},"aid":1}', { aid: 1 }],
		['{"Value":1,"AID":2,"valu":3,"values":4}', {}],
		['{"__proto__":{"value":1},"constructor":1,"toString":2}', {}],
		['{"value":{"x":1,"iid":2}}', { value: { iid: 2 } }],
		['{"v\\u0061lue":1}', { value: 1 }],
		['[{"x":1},{"ev":true}]', [{}, { ev: true }]],
	] as const
)
	test(`names that HAP does not know are left out: ${text}`, () => {
		const result = parsed(text);
		same(result, value);
		ok(Object.getPrototypeOf(result) === (Array.isArray(value) ? Array.prototype : Object.prototype));
	});

for (
	const text of [
		"",
		" ",
		"{",
		"}",
		"[",
		"]",
		'"',
		'"\\',
		'"\\"',
		'{"value"}',
		'{"value":}',
		'{"value":1,}',
		"{value:1}",
		"{'value':1}",
		"[1,]",
		"[,1]",
		"[1 2]",
		"{}{}",
		"[]]",
		"[}",
		"01",
		"1.",
		".5",
		"+1",
		"0x1",
		"NaN",
		"Infinity",
		"undefined",
		"tru",
		"True",
		"/**/1",
		'"a\nb"',
		'"\\x41"',
		'"\\u12"',
		"\ufeff{}",
		"]]]]]]]]]]]][[[[[[[[[[[[",
	]
)
	test(`${JSON.stringify(text)} is malformed`, () => throws(() => parsed(text), MalformedError));

for (
	const [hex, what] of [
		["22 c0af 22", "an overlong slash in a string"],
		["22 eda080 22", "a surrogate in a string"],
		["22 c3", "a character cut short"],
		["22 c3 22", "a character that its string cuts short"],
		["22 ff 22", "FF in a string"],
		["7b7d 00", "NUL behind the value"],
		["22 00 22", "NUL in a string"],
		["fffe 7b00 7d00", "UTF-16"],
	] as const
)
	test(`what is not UTF-8 is malformed: ${what}`, () => throws(() => parseJson(fromHex(hex)), MalformedError));

test("every beginning of a body is malformed, the whole of it is not", () => {
	const body = fromText('{"characteristics":[{"aid":1,"iid":9,"value":"é\\"\\u0041"}]}');
	for (let end = 0; end < body.length; end++)
		throws(() => parseJson(body.subarray(0, end)), MalformedError, `${end} bytes`);
	same(parseJson(body), { characteristics: [{ aid: 1, iid: 9, value: 'é"A' }] });
});

test("what is promised: a write of 24 characteristics with all that an entry may have", () => {
	const entry = '{"aid":1,"iid":9,"value":true,"ev":true}';
	const write = (count: number) => fromText(`{"characteristics":[${new Array(count).fill(entry).join(",")}],"pid":1}`);
	const { characteristics } = parseJson(write(24)) as { characteristics: unknown[]; };
	equal(characteristics.length, 24);
	throws(() => parseJson(write(25)), MalformedError);
	equal(JSON_LIMITS.depth, 8);
});

test("by default eight lists in each other are read, and 128 values; one more is malformed", () => {
	const nested = (count: number) => fromText("[".repeat(count) + "]".repeat(count));
	const numbers = (count: number) => fromText(`[${new Array(count).fill(1).join(",")}]`);
	for (const [within, beyond] of [[nested(8), nested(9)], [numbers(127), numbers(128)]]) {
		parseJson(within);
		throws(() => parseJson(beyond), MalformedError);
	}
});

test("lists and objects are counted apart from the values in them", () => {
	const lists = (count: number) => `[${new Array(count).fill("[]").join(",")}]`;
	equal((parsed(lists(59)) as unknown[]).length, 59);
	throws(() => parsed(lists(60)), MalformedError);
});

for (
	const [open, close] of [
		["[", "]"],
		['{"value":', "}"],
		['[{"value":', "}]"],
	] as const
) {
	const levels = open.startsWith("[{") ? 2 : 1;

	test(`${open} nests eight deep and no deeper`, () => {
		const most = 8 / levels;
		parsed(`${open.repeat(most)}1${close.repeat(most)}`);
		throws(() => parsed(`${open.repeat(most + 1)}1${close.repeat(most + 1)}`), MalformedError);
	});

	test(`${open} without an end is malformed, however often`, () => {
		throws(() => parsed(open.repeat(4000 / open.length)), MalformedError);
	});
}

test("brackets in a string, and behind an escaped quote, are not counted", () => {
	same(parsed(`["${"[".repeat(20)}"]`), ["[".repeat(20)]);
	same(parsed(`["\\"${"{".repeat(20)}\\\\"]`), [`"${"{".repeat(20)}\\`]);
	throws(() => parsed(`["\\\\",${"[".repeat(20)}`), MalformedError);
});

test("depth is of what is open, not of all there was", () => {
	same(parsed(`[${new Array(50).fill("[1]").join(",")}]`), new Array(50).fill([1]));
});

test("an array and 599 numbers are 600 values, one more is too many", () => {
	equal((parsed(`[${new Array(599).fill(1).join(",")}]`) as number[]).length, 599);
	throws(() => parsed(`[${new Array(600).fill(1).join(",")}]`), MalformedError);
});

test("objects count as the values they are, those that are left out too", () => {
	const member = '"unknown":1';
	same(parsed(`{${new Array(599).fill(member).join(",")}}`), {});
	throws(() => parsed(`{${new Array(600).fill(member).join(",")}}`), MalformedError);
});

test("commas in a string are not counted", () => same(parsed(`["${",".repeat(2000)}"]`), [",".repeat(2000)]));

test("limits may be other ones", () => {
	const body = fromText("[[1,2]]");
	same(parseJson(body, { depth: 2, containers: 2, values: 4 }), [[1, 2]]);
	throws(() => parseJson(body, { depth: 1, containers: 2, values: 4 }), MalformedError);
	throws(() => parseJson(body, { depth: 2, containers: 2, values: 3 }), MalformedError);
	throws(() => parseJson(body, { depth: 2, containers: 1, values: 4 }), MalformedError);
});
