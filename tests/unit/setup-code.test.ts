/** Setup codes: HAP R2 "Setup Code" and the codes that are refused. */

import { formatSetupCode, isValidSetupCode, randomSetupCode, setupCodeNumber } from "hap/pairing/setup-code";
import { equal, ok, test } from "tests/harness";

for (const code of ["031-45-154", "518-08-582", "000-00-001", "111-11-112", "123-45-679", "876-54-320", "987-65-432"])
	test(`${code} is a setup code`, () => equal(isValidSetupCode(code), true));

for (let digit = 0; digit <= 9; digit++) {
	const code = "ddd-dd-ddd".replaceAll("d", String(digit));
	test(`${code} is too easy`, () => equal(isValidSetupCode(code), false));
}

for (const code of ["123-45-678", "876-54-321"])
	test(`${code} is too easy`, () => equal(isValidSetupCode(code), false));

for (
	const code of [
		"",
		"-",
		"51808582",
		"518-08-58",
		"518-08-5822",
		"518-085-82",
		"51-808-582",
		"5180-8-582",
		"518 08 582",
		"518-08 582",
		"518-08-58a",
		"a18-08-582",
		"518-0x-582",
		"518-08-5-2",
		"5-8-08-582",
		"518--8-582",
		"+18-08-582",
		"518-08-58\n",
		" 518-08-582",
		"518-08-582 ",
		"٥١٨-٠٨-٥٨٢",
	]
)
	test(`${JSON.stringify(code)} is none`, () => equal(isValidSetupCode(code), false));

for (
	const [number, code] of [
		[51808582, "518-08-582"],
		[3145154, "031-45-154"],
		[0, "000-00-000"],
		[99999999, "999-99-999"],
	] as const
)
	test(`${code} is the number ${number}`, () => {
		equal(formatSetupCode(number), code);
		equal(setupCodeNumber(code), number);
	});

test("random codes are valid, and differ", () => {
	const codes = new Set<string>();
	for (let i = 0; i < 200; i++) {
		const code = randomSetupCode();
		ok(isValidSetupCode(code), code);
		codes.add(code);
	}
	// Two of 200 are equal once in 5000 runs; three pairs never.
	ok(codes.size >= 198, `${codes.size} of 200`);
});

test("every digit of a random code takes every value", () => {
	const seen = new Set<string>();
	for (let i = 0; i < 500; i++)
		for (const [place, digit] of [...randomSetupCode()].entries())
			seen.add(`${place} ${digit}`);
	equal(seen.size, 8 * 10 + 2);
});
