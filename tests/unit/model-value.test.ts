import { type CharacteristicInfo, Format } from "hap/model/types";
import { acceptValue, emptyValue } from "hap/model/value";
import { same, test } from "tests/harness";

const REFUSED = undefined;

function infoOf(format: Format, more: Partial<CharacteristicInfo> = {}): CharacteristicInfo {
	return { type: "1", format, perms: 0, ...more };
}

/** What each format takes, and as what: HAP R2 "Characteristic Formats". */
for (
	const [name, format, accepted, refused] of [
		["bool", Format.Bool, [[true, true], [false, false], [1, true], [0, false]], [2, -1, 0.5, "true", "", null, [], {}]],
		["uint8", Format.UInt8, [[0, 0], [255, 255], [true, 1], [false, 0]], [-1, 256, 0.5, "1", null, Number.NaN, {}]],
		["uint16", Format.UInt16, [[0, 0], [65535, 65535]], [-1, 65536, 1.5]],
		["uint32", Format.UInt32, [[0, 0], [4294967295, 4294967295]], [-1, 4294967296, 0.1]],
		["uint64", Format.UInt64, [[0, 0], [4294967296, 4294967296], [9007199254740991, 9007199254740991]], [-1, 9007199254740992, 0.5]],
		["int", Format.Int, [[-2147483648, -2147483648], [2147483647, 2147483647]], [-2147483649, 2147483648, 0.5]],
		["float", Format.Float, [[-1.5, -1.5], [0, 0], [1e30, 1e30], [true, 1]], ["1.5", null, Number.POSITIVE_INFINITY, Number.NaN, []]],
		["string", Format.String, [["", ""], ["a".repeat(64), "a".repeat(64)]], ["a".repeat(65), 1, true, null, []]],
		["tlv8", Format.Tlv8, [["", ""], ["AQEA", "AQEA"]], [1, false, null]],
		["data", Format.Data, [["", ""], ["AQEA", "AQEA"]], [1, false, null]],
	] as const
) {
	for (const [value, expected] of accepted)
		test(`${name} takes ${String(value).slice(0, 20)}`, () => same(acceptValue(value, infoOf(format)), expected));
	for (const value of refused)
		test(`${name} refuses ${JSON.stringify(value).slice(0, 20)} (${typeof value})`, () => {
			same(acceptValue(value, infoOf(format)), REFUSED);
		});
}

for (
	const [rule, more, taken, refused] of [
		["a minimum", { minValue: -3 }, [-3, 0], [-4, -3.5]],
		["a maximum", { maxValue: 10 }, [10, -100], [10.5, 11]],
		["a step from zero", { minStep: 5 }, [0, 5, -10], [1, 4.9]],
		["a step from the minimum", { minValue: 3, minStep: 10 }, [3, 13, 93], [0, 10, 14]],
		["a step of a tenth, for all that binary cannot say it", { minValue: 10, minStep: 0.1 }, [20.1, 10.7, 22.3, 20.100000000000001], [
			20.15,
			20.01,
		]],
		["valid values", { validValues: [0, 2, 3] }, [0, 2, 3], [1, 4, 2.5]],
		["a range of valid values", { validValuesRange: [2, 4] }, [2, 3, 4], [1, 5]],
		["valid values inside a range", { validValues: [0, 2, 3], maxValue: 2 }, [0, 2], [3]],
	] as const
) {
	for (const value of taken)
		test(`with ${rule}, ${value} is taken`, () => same(acceptValue(value, infoOf(Format.Float, more)), value));
	for (const value of refused)
		test(`with ${rule}, ${value} is refused`, () => same(acceptValue(value, infoOf(Format.Float, more)), REFUSED));
}

for (
	const [format, limit, longest] of [
		[Format.String, { maxLen: 16 }, 16],
		[Format.String, { maxLen: 256 }, 256],
	] as const
)
	test(`text under ${JSON.stringify(limit)} has at most ${longest} characters`, () => {
		const info = infoOf(format, limit);
		same(acceptValue("A".repeat(longest), info), "A".repeat(longest));
		same(acceptValue("A".repeat(longest + 1), info), REFUSED);
	});

for (const format of [Format.Tlv8, Format.Data])
	for (
		const [what, value, isTaken] of [
			["nothing", "", true],
			["a byte", "AA==", true],
			["two bytes", "AAA=", true],
			["as many bytes as there may be", "AAECAwQF", true],
			["a byte more", "AAECAwQFBg==", false],
			["every digit", "ABCDEFGH", true],
			["the last two digits", "+/+/", true],
			["digits of base64url", "-_-_", false],
			["a part of four characters", "AAE", false],
			["padding alone", "====", false],
			["padding inside", "A=AA", false],
			["three characters of padding", "A===", false],
			["a space", "AA A", false],
			["a line's end", "AAAA\n\n\n\n", false],
		] as const
	)
		test(`${format === Format.Tlv8 ? "tlv8" : "data"} of at most six bytes ${isTaken ? "takes" : "refuses"} ${what}`, () => {
			same(acceptValue(value, infoOf(format, { maxDataLen: 6 })), isTaken ? value : REFUSED);
		});

/** iOS drops an accessory whose database has null where there is a value to be. */
for (
	const [name, info, expected] of [
		["bool", infoOf(Format.Bool), false],
		["number", infoOf(Format.UInt8), 0],
		["number with a minimum", infoOf(Format.Float, { minValue: 10 }), 10],
		["number with a minimum below 0", infoOf(Format.Float, { minValue: -270, maxValue: 100 }), 0],
		["number with a maximum below 0", infoOf(Format.Int, { minValue: -90, maxValue: -10 }), -10],
		["number with valid values", infoOf(Format.UInt8, { validValues: [2, 3] }), 2],
		["string", infoOf(Format.String), ""],
		["tlv8", infoOf(Format.Tlv8), ""],
		["data", infoOf(Format.Data), ""],
		["stateless one, which has none", infoOf(Format.UInt8, { isStateless: true }), null],
	] as const
)
	test(`the value of a ${name} before there is one`, () => same(emptyValue(info), expected));
