import * as native from "hap/crypto/native";
import * as portable from "hap/crypto/portable";
import { same, test } from "tests/harness";
import { X25519_ITERATED } from "tests/vectors/curves";
import { SHA512 } from "tests/vectors/hashes";
import { fromHex } from "tests/vectors/hex";
import { PseudoRandom } from "tests/vectors/pseudo-random";
import { ascii, testProvider } from "tests/vectors/provider-cases";

const SIZES = [0, 1, 15, 16, 17, 63, 64, 65, 111, 112, 127, 128, 129, 255, 1024];

testProvider(native);

for (const { name, text, times, digest } of SHA512.filter(({ times }) => times >= 1000))
	test(`SHA-512, RFC 6234 ${name}`, () => same(native.sha512(ascii(text.repeat(times))), fromHex(digest)));

test("X25519 applied to itself, RFC 7748 §5.2", () => {
	let k = fromHex(X25519_ITERATED.first);
	let u = k;
	for (let round = 1; round <= 1000; round++) {
		const next = native.x25519(k, u);
		if (!next)
			throw new Error("zero");
		u = k;
		k = next;
		if (round === 1)
			same(k, fromHex(X25519_ITERATED.once), "once");
	}
	same(k, fromHex(X25519_ITERATED.thousandTimes), "a thousand times");
});

test("native and portable agree on hashes of any size", () => {
	const random = new PseudoRandom(2);
	for (const size of SIZES) {
		const message = random.bytes(size);
		const key = random.bytes(size);
		same(native.sha512(message), portable.sha512(message), `sha512 of ${size}`);
		same(native.sha512(message, key), portable.sha512(message, key), `sha512 of ${size} twice`);
		same(native.hmacSha512(key, message), portable.hmacSha512(key, message), `hmac of ${size}`);
		same(native.hkdfSha512(key, "salt", "info"), portable.hkdfSha512(key, "salt", "info"), `hkdf of ${size}`);
	}
});

test("native and portable agree on sealed texts of any size, and open each other's", () => {
	const random = new PseudoRandom(3);
	for (const size of SIZES) {
		for (const aadBytes of [0, 2, 16, 21]) {
			const key = random.bytes(32);
			const nonce = random.below(0x7fffffff) * 0x1000 + size;
			const plain = random.bytes(aadBytes + size + 16);
			const a = plain.slice();
			const b = plain.slice();
			native.aeadSeal(key, nonce, a, aadBytes, size);
			portable.aeadSeal(key, nonce, b, aadBytes, size);
			same(a, b, `${aadBytes} + ${size}`);
			same(portable.aeadOpen(key, nonce, a, aadBytes, size), true, `${aadBytes} + ${size}`);
			same(native.aeadOpen(key, nonce, b, aadBytes, size), true, `${aadBytes} + ${size}`);
			same(a, b, `${aadBytes} + ${size} opened`);
			same(a.subarray(0, -16), plain.subarray(0, -16), `${aadBytes} + ${size} opened`);
		}
	}
});

test("native and portable agree on keys, shared secrets and signatures", () => {
	const random = new PseudoRandom(4);
	for (const size of [0, 32, 200]) {
		const secret = random.bytes(32);
		const point = random.bytes(32);
		const message = random.bytes(size);
		same(native.x25519PublicKey(secret), portable.x25519PublicKey(secret), "x25519PublicKey");
		same(native.x25519(secret, point), portable.x25519(secret, point), "x25519");
		const publicKey = native.ed25519PublicKey(secret);
		same(portable.ed25519PublicKey(secret), publicKey, "ed25519PublicKey");
		const signature = native.ed25519Sign(message, secret, publicKey);
		same(portable.ed25519Sign(message, secret, publicKey), signature, "ed25519Sign");
		same(portable.ed25519Verify(message, signature, publicKey), true, "portable verifies");
		same(native.ed25519Verify(message, signature, publicKey), true, "native verifies");
	}
});

test("native and portable agree on powers, for moduli of any size", () => {
	const random = new PseudoRandom(5);
	for (const size of [4, 8, 12, 32, 64, 100, 256, 384]) {
		for (const first of [0, 1, 0x80, 0xff]) {
			const modulus = random.bytes(size);
			modulus[0] = first;
			modulus[size - 1] |= 1;
			const base = random.bytes(size - random.below(size));
			const exponent = random.bytes(1 + random.below(12));
			const factor = random.bytes(size - random.below(size));
			const name = `${size} bytes, first ${first}`;
			same(native.modPow(base, exponent, modulus), portable.modPow(base, exponent, modulus), name);
			same(native.modPow(base, exponent, modulus, factor), portable.modPow(base, exponent, modulus, factor), `${name}, factor`);
		}
	}
});

test("native and portable agree on powers at the edges of the modulus", () => {
	const modulus = new Uint8Array(384).fill(0xff);
	const edges = [
		new Uint8Array(384),
		new Uint8Array(384).fill(0xff),
		new Uint8Array(384).fill(0xff, 1),
		new Uint8Array(384).fill(0x80, 0, 1),
	];
	const nearly = modulus.slice();
	nearly[383] = 0xfe;
	for (const base of [...edges, nearly])
		for (const exponent of [Uint8Array.of(0), Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(0xff, 0x00, 0xff)])
			same(native.modPow(base, exponent, modulus), portable.modPow(base, exponent, modulus));
});
