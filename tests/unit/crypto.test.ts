import * as crypto from "hap/crypto/crypto";
import { random } from "hap/crypto/random";
import { ok, same, test, throws } from "tests/harness";

test("the door leads to a provider", () => {
	ok(["native", "portable"].includes(crypto.providerName));
	same(crypto.sha512().length, 64);
	same(crypto.random, random);
});

test("random fills the whole target and never twice the same", () => {
	for (const size of [16, 32, 255, 256, 257, 1000]) {
		const a = new Uint8Array(size);
		const b = new Uint8Array(size);
		random(a);
		random(b);
		ok(
			a.some((byte, i) => byte !== b[i]),
			`${size} bytes`,
		);
		ok(
			a.subarray(-16).some((byte) => byte !== 0),
			`the last of ${size} bytes`,
		);
	}
});

test("random fills a view and nothing around it", () => {
	const bytes = new Uint8Array(48);
	random(bytes.subarray(16, 32));
	same(bytes.subarray(0, 16), new Uint8Array(16));
	same(bytes.subarray(32), new Uint8Array(16));
	random(bytes.subarray(0, 0));
});

test("random takes bytes only", () => {
	throws(() => random(new Uint32Array(4) as unknown as Uint8Array), TypeError);
});

test("random bytes take every value", () => {
	const seen = new Uint8Array(256);
	const bytes = new Uint8Array(8192);
	random(bytes);
	for (const byte of bytes)
		seen[byte] = 1;
	ok(seen.every((mark) => mark === 1)); // fails by chance three times in 10^12
});
