/** What every crypto provider must do: the published vectors, the refusals, the edges. crypto-native and crypto-portable run these. */

import { seal } from "hap/crypto/chacha20-poly1305";
import { ok, same, test, throws } from "tests/harness";
import { AEAD } from "tests/vectors/aead";
import {
	ED25519,
	ED25519_INVALID,
	ED25519_SMALL_ORDER,
	X25519,
	X25519_KEYS,
	X25519_NOT_CANONICAL,
	X25519_ZERO,
} from "tests/vectors/curves";
import { HKDF_SHA512, HMAC_SHA512, SHA512 } from "tests/vectors/hashes";
import { fromHex } from "tests/vectors/hex";
import { PseudoRandom } from "tests/vectors/pseudo-random";

export type Provider = typeof import("hap/crypto/portable");

const TAG_BYTES = 16;

export function ascii(text: string): Uint8Array {
	return new Uint8Array(ArrayBuffer.fromString(text));
}

function join(...parts: Uint8Array[]): Uint8Array {
	return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function testHashes(provider: Provider): void {
	for (const { name, text, times, digest } of SHA512.filter(({ times }) => times < 1000))
		test(`SHA-512, RFC 6234 ${name}`, () => same(provider.sha512(ascii(text.repeat(times))), fromHex(digest)));

	test("SHA-512 of parts is that of the whole, wherever it is cut", () => {
		const whole = new PseudoRandom().bytes(300);
		const expected = provider.sha512(whole);
		for (
			const [a, b] of [
				[0, 0],
				[0, 300],
				[1, 2],
				[111, 112],
				[127, 128],
				[128, 129],
				[128, 256],
				[300, 300],
			]
		)
			same(provider.sha512(whole.subarray(0, a), whole.subarray(a, b), whole.subarray(b)), expected, `cut at ${a} and ${b}`);
	});

	for (const { name, key, message, code } of HMAC_SHA512)
		test(`HMAC-SHA-512, RFC 4231 ${name}`, () => {
			const bytes = fromHex(message);
			same(provider.hmacSha512(fromHex(key), bytes), fromHex(code));
			same(provider.hmacSha512(fromHex(key), bytes.subarray(0, 3), bytes.subarray(3)), fromHex(code), "in two parts");
		});

	for (const { name, key, salt, info, derived } of HKDF_SHA512)
		test(`HKDF-SHA-512, ${name}`, () => same(provider.hkdfSha512(fromHex(key), salt, info), fromHex(derived)));

	test("HKDF is RFC 5869 §2 over HMAC", () => {
		const key = new PseudoRandom().bytes(64);
		const extracted = provider.hmacSha512(ascii("Control-Salt"), key);
		const expanded = provider.hmacSha512(extracted, ascii("Control-Read-Encryption-Key\u0001"));
		same(provider.hkdfSha512(key, "Control-Salt", "Control-Read-Encryption-Key"), expanded.slice(0, 32));
	});
}

function testCurves(provider: Provider): void {
	for (const { name, secret, publicKey, shared } of X25519)
		test(`X25519, RFC 7748 ${name}`, () => same(provider.x25519(fromHex(secret), fromHex(publicKey)), fromHex(shared)));

	for (const { name, secret, publicKey } of X25519_KEYS)
		test(`X25519 public key, RFC 7748 §6.1, ${name}`, () => same(provider.x25519PublicKey(fromHex(secret)), fromHex(publicKey)));

	test("X25519 takes public keys that are not reduced, Wycheproof", () => {
		for (const { name, secret, publicKey, shared } of X25519_NOT_CANONICAL)
			same(provider.x25519(fromHex(secret), fromHex(publicKey)), fromHex(shared), name);
	});

	test("X25519 answers undefined for a shared secret of zero, Wycheproof", () => {
		for (const { name, secret, publicKey } of X25519_ZERO)
			same(provider.x25519(fromHex(secret), fromHex(publicKey)), undefined, name);
	});

	for (const { name, seed, publicKey, message, signature } of ED25519)
		test(`Ed25519, RFC 8032 ${name}`, () => {
			same(provider.ed25519PublicKey(fromHex(seed)), fromHex(publicKey), "public key");
			same(provider.ed25519Sign(fromHex(message), fromHex(seed), fromHex(publicKey)), fromHex(signature), "signature");
			ok(provider.ed25519Verify(fromHex(message), fromHex(signature), fromHex(publicKey)), "verifies");
		});

	test("Ed25519 refuses what was changed: message, either half of the signature, key", () => {
		const { message, signature, publicKey } = ED25519[2];
		const changes = [
			[0, 0, 0x01],
			[1, 0, 0x01],
			[1, 31, 0x80],
			[1, 32, 0x01],
			[1, 63, 0x10],
			[2, 0, 0x01],
			[2, 31, 0x80],
		];
		for (const [part, at, bit] of changes) {
			const parts = [fromHex(message), fromHex(signature), fromHex(publicKey)] as const;
			parts[part][at] ^= bit;
			same(provider.ed25519Verify(...parts), false, `part ${part}, byte ${at}`);
		}
	});

	/** With a key of order 1, the signature of base point and 1 would hold for any message; with the others, for one in 2, 4 or 8. */
	for (const key of ED25519_SMALL_ORDER)
		test(`Ed25519 refuses the key ${key.slice(0, 4)}…${key.slice(-4)}, whose order divides 8`, () => {
			const signature = join(fromHex(`58${"66".repeat(31)}`), Uint8Array.of(1), new Uint8Array(31));
			for (let byte = 0; byte < 32; byte++)
				same(provider.ed25519Verify(Uint8Array.of(byte), signature, fromHex(key)), false, `message ${byte}`);
		});

	for (const { name, message, signature, publicKey } of ED25519_INVALID)
		test(`Ed25519 refuses Wycheproof ${name}`, () => {
			same(provider.ed25519Verify(fromHex(message), fromHex(signature), fromHex(publicKey)), false);
		});
}

function testAead(provider: Provider): void {
	const { key, letters, aad, text, sealed } = AEAD;
	const head = fromHex(aad);
	const plain = join(head, fromHex(text), new Uint8Array(TAG_BYTES));
	const whole = join(head, fromHex(sealed));
	const textBytes = text.length / 2;

	test("ChaCha20-Poly1305 seals and opens in place, RFC 8439 §A.5", () => {
		const buffer = plain.slice();
		provider.aeadSeal(fromHex(key), letters, buffer, head.length, textBytes);
		same(buffer, whole, "sealed");
		same(provider.aeadOpen(fromHex(key), letters, buffer, head.length, textBytes), true);
		same(buffer.subarray(0, -TAG_BYTES), plain.subarray(0, -TAG_BYTES), "opened");
	});

	test("what was changed anywhere does not open, and stays as it was", () => {
		for (let at = 0; at < whole.length; at++) {
			const buffer = whole.slice();
			buffer[at] ^= 1 << (at % 8);
			const before = buffer.slice();
			same(provider.aeadOpen(fromHex(key), letters, buffer, head.length, textBytes), false, `byte ${at}`);
			same(buffer, before, `byte ${at}`);
		}
	});

	test("another nonce, key or division into AAD and text does not open", () => {
		const other = fromHex(key);
		other[31] ^= 0x80;
		same(provider.aeadOpen(fromHex(key), 0, whole.slice(), head.length, textBytes), false, "nonce");
		same(provider.aeadOpen(other, letters, whole.slice(), head.length, textBytes), false, "key");
		same(provider.aeadOpen(fromHex(key), letters, whole.slice(), head.length - 1, textBytes + 1), false, "division");
	});

	for (
		const [nonce, digits] of [
			[0, "0000000000000000"],
			[1, "0100000000000000"],
			[0x0102, "0201000000000000"],
			[0xffffffff, "ffffffff00000000"],
			[0x1_0000_0000, "0000000001000000"],
			[Number.MAX_SAFE_INTEGER, "ffffffffffff1f00"],
			["PS-Msg05", "50532d4d73673035"],
		] as const
	)
		test(`nonce ${nonce} is four zeros and ${digits}`, () => {
			const expected = plain.slice();
			const buffer = plain.slice();
			seal(fromHex(key), fromHex(`00000000${digits}`), expected, head.length, textBytes);
			provider.aeadSeal(fromHex(key), nonce, buffer, head.length, textBytes);
			same(buffer, expected);
		});

	test("an empty text and an empty AAD are sealed, too; bytes behind the tag are left alone", () => {
		for (
			const [aadBytes, bytes] of [
				[0, 0],
				[2, 0],
				[0, 1],
				[16, 16],
				[2, 64],
			]
		) {
			const buffer = new Uint8Array(aadBytes + bytes + TAG_BYTES + 3).fill(7);
			provider.aeadSeal(fromHex(key), 1, buffer, aadBytes, bytes);
			same(buffer.subarray(-3), Uint8Array.of(7, 7, 7), `${aadBytes} + ${bytes}`);
			same(provider.aeadOpen(fromHex(key), 1, buffer, aadBytes, bytes), true, `${aadBytes} + ${bytes}`);
			same(buffer.subarray(0, aadBytes + bytes), new Uint8Array(aadBytes + bytes).fill(7), `${aadBytes} + ${bytes}`);
		}
	});
}

function testMisuse(provider: Provider): void {
	const of = (count: number) => new Uint8Array(count);
	const misuses: [string, () => unknown][] = [
		["x25519, secret of 31", () => provider.x25519(of(31), of(32))],
		["x25519, public key of 33", () => provider.x25519(of(32), of(33))],
		["x25519PublicKey, secret of 0", () => provider.x25519PublicKey(of(0))],
		["ed25519PublicKey, seed of 64", () => provider.ed25519PublicKey(of(64))],
		["ed25519Sign, seed of 31", () => provider.ed25519Sign(of(1), of(31), of(32))],
		["ed25519Sign, public key of 31", () => provider.ed25519Sign(of(1), of(32), of(31))],
		["ed25519Verify, signature of 63", () => provider.ed25519Verify(of(1), of(63), of(32))],
		["ed25519Verify, public key of 31", () => provider.ed25519Verify(of(1), of(64), of(31))],
		["aeadSeal, key of 31", () => provider.aeadSeal(of(31), 0, of(32), 0, 16)],
		["aeadSeal, no room for the tag", () => provider.aeadSeal(of(32), 0, of(31), 0, 16)],
		["aeadOpen, no room for the tag", () => provider.aeadOpen(of(32), 0, of(34), 3, 16)],
		["aeadOpen, AAD of -1", () => provider.aeadOpen(of(32), 0, of(64), -1, 16)],
		["aeadOpen, text of -1", () => provider.aeadOpen(of(32), 0, of(64), 16, -1)],
		["aeadSeal, nonce of 7 letters", () => provider.aeadSeal(of(32), "PS-Msg5", of(32), 0, 16)],
		["aeadSeal, nonce of 9 letters", () => provider.aeadSeal(of(32), "PS-Msg005", of(32), 0, 16)],
		["aeadSeal, nonce -1", () => provider.aeadSeal(of(32), -1, of(32), 0, 16)],
		["aeadSeal, nonce 0.5", () => provider.aeadSeal(of(32), 0.5, of(32), 0, 16)],
		["aeadSeal, nonce 2^53", () => provider.aeadSeal(of(32), 2 ** 53, of(32), 0, 16)],
		["aeadSeal, nonce NaN", () => provider.aeadSeal(of(32), Number.NaN, of(32), 0, 16)],
		["modPow, even modulus", () => provider.modPow(of(4), of(4), Uint8Array.of(1, 0, 0, 2))],
		["modPow, modulus of 0", () => provider.modPow(of(0), of(4), of(0))],
		["modPow, modulus of 3", () => provider.modPow(of(1), of(4), Uint8Array.of(1, 0, 1))],
		["modPow, modulus of 388", () => provider.modPow(of(4), of(4), of(388).fill(1))],
		["modPow, base longer than the modulus", () => provider.modPow(of(5), of(4), Uint8Array.of(1, 0, 0, 1))],
		["modPow, factor longer than the modulus", () => provider.modPow(of(4), of(4), Uint8Array.of(1, 0, 0, 1), of(5))],
	];
	for (const [name, misuse] of misuses)
		test(`misuse throws: ${name}`, () => throws(misuse, RangeError));
}

function testModPow(provider: Provider): void {
	const number = (value: number) => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
	// 3^200 mod 13 = (3^3)^66 * 3^2 mod 13 = 9; Fermat: a^(p-1) mod p = 1 for the primes 2^31 - 1 and 4294967291
	for (
		const [base, exponent, modulus, power] of [
			[3, 200, 13, 9],
			[0, 5, 13, 0],
			[7, 0, 13, 1],
			[13, 3, 13, 0],
			[7, 0x7ffffffe, 0x7fffffff, 1],
			[0xfffffffa, 0xfffffffa, 0xfffffffb, 1],
			[0xffffffff, 1, 0xfffffffb, 4],
			[5, 5, 1, 0],
		] as const
	)
		test(`${base} ^ ${exponent} mod ${modulus} = ${power}`, () => {
			same(provider.modPow(number(base), number(exponent), number(modulus)), number(power));
		});

	test("the power is multiplied by the factor, which may be above the modulus", () => {
		same(provider.modPow(number(3), number(200), number(13), Uint8Array.of(2)), number(5), "2 * 9 mod 13");
		same(provider.modPow(number(3), number(200), number(13), Uint8Array.of(15)), number(5), "15 * 9 mod 13");
		same(provider.modPow(number(3), number(200), number(0xfffffffb), number(0)), number(0), "0");
		same(provider.modPow(number(1), number(1), number(0xfffffffb), number(0xffffffff)), number(4), "2^32 - 1");
	});

	test("nothing, as exponent, base or factor, is zero", () => {
		const nothing = new Uint8Array(0);
		same(provider.modPow(number(7), nothing, number(13)), number(1));
		same(provider.modPow(nothing, number(2), number(13)), number(0));
		same(provider.modPow(number(7), number(2), number(13), nothing), number(0));
	});

	test("a base shorter than the modulus stands for a small number, a long exponent for a large one", () => {
		same(provider.modPow(Uint8Array.of(3), new Uint8Array(9).fill(0, 0, 8).fill(200, 8), number(13)), number(9));
	});
}

function testBytes(provider: Provider): void {
	test("constantTimeEqual compares lengths and every byte", () => {
		const bytes = new PseudoRandom().bytes(64);
		same(provider.constantTimeEqual(bytes, bytes.slice()), true);
		same(provider.constantTimeEqual(bytes, bytes.subarray(0, 63)), false);
		same(provider.constantTimeEqual(new Uint8Array(0), new Uint8Array(0)), true);
		for (let at = 0; at < 64; at++) {
			const other = bytes.slice();
			other[at] ^= 0x80;
			same(provider.constantTimeEqual(bytes, other), false, `byte ${at}`);
		}
	});

	test("wipe overwrites the view and nothing else", () => {
		const bytes = new Uint8Array(6).fill(9);
		provider.wipe(bytes.subarray(1, 5));
		same(bytes, Uint8Array.of(9, 0, 0, 0, 0, 9));
	});
}

export function testProvider(provider: Provider): void {
	testHashes(provider);
	testCurves(provider);
	testAead(provider);
	testModPow(provider);
	testMisuse(provider);
	testBytes(provider);
}
