/** The label's payload and `sh`: vectors of */

import { Category } from "hap/model/catalogue";
import { setupHash, setupPayload } from "hap/pairing/setup-payload";
import { equal, test } from "tests/harness";

for (
	const [category, code, setupId, payload] of [
		[Category.Outlet, "518-08-582", "7OSX", "X-HM://0071WK4SM7OSX"],
		[Category.Switch, "031-45-154", "ABCD", "X-HM://0080M54UAABCD"],
		// Base 36 of 2415919105 and 547976765694, by another program.
		[1, "000-00-001", "0000", "X-HM://0013YDJ410000"],
		[255, "999-99-998", "ZZZZ", "X-HM://06ZQJ7UGUZZZZ"],
	] as const
)
	test(`the payload of ${code} in category ${category}`, () => equal(setupPayload(category, code, setupId), payload));

test("sh of the vector: base64 of C9 FE 1B CF", () => {
	equal(setupHash("7OSX", "E1:91:1A:70:85:AA"), "yf4bzw==");
});
