/** TLV8: what decodes is there in the bytes, in order, and encodes to what decodes to the same. */

import { sameBytes } from "hap/bytes/bytes";
import { decode, encode, type Items } from "hap/wire/tlv8";
import { check, unlessMalformed } from "tests/fuzz/support/check";

function checkSame(a: Items, b: Items): void {
	check(a.size === b.size, "as many items");
	const others = [...b];
	[...a].forEach(([type, value], at) => {
		check(others[at][0] === type, "types in order");
		check(sameBytes(others[at][1], value), "values");
	});
}

export default function tlv8(input: Uint8Array): void {
	const before = input.slice();
	const items = unlessMalformed(() => decode(input));
	check(sameBytes(before, input), "the input stays as it is");
	if (!items)
		return;
	const bytes = encode(items);
	check(bytes.length <= input.length, "no form is shorter than ours");
	checkSame(decode(bytes), items);
}
