/**
 * The modular power in BigInt, for the portable provider: Montgomery's arithmetic with R = 2^bits > 4 * modulus, "Handbook of
 * Applied Cryptography" §14.3.2. Factors and products stay below 2 * modulus, so nothing is compared or subtracted until the end.
 * Under XS this takes two thirds of the time of a remainder for each product. For SRP it needs 10 KB of a 32-bit heap.
 */

import { fromBytes, toBytes } from "hap/crypto/big-integer";

const ONE = Uint8Array.of(1);
const MAX_BYTES = 384;
const SPARE_BITS = 32;
const WINDOW = 2;
const WINDOW_MASK = 3;

/** a * b / R mod modulus. `inverse` is -1 / modulus mod R. */
function product(a: bigint, b: bigint, modulus: bigint, inverse: bigint, bits: number): bigint {
	const wide = a * b;
	const quotient = BigInt.asUintN(bits, BigInt.asUintN(bits, wide) * inverse);
	return (wide + quotient * modulus) >> BigInt(bits);
}

/** -1 / odd mod 2^bits, by Newton's method: each round doubles the number of right bits. */
function negativeInverse(odd: bigint, bits: number): bigint {
	let inverse = BigInt.asUintN(3, odd);
	for (let right = 6; right < 2 * bits; right *= 2)
		inverse = BigInt.asUintN(Math.min(right, bits), inverse * (2n - odd * inverse));
	return (1n << BigInt(bits)) - inverse;
}

/**
 * factor * base ^ exponent mod modulus, big-endian, as long as the modulus: odd, a multiple of 4 and at most 384 bytes, no shorter
 * than base and factor. The sequence of products depends on the exponent's length alone.
 */
export function modPow(base: Uint8Array, exponent: Uint8Array, modulus: Uint8Array, factor: Uint8Array = ONE): Uint8Array {
	if (modulus.length === 0 || modulus.length % 4 || modulus.length > MAX_BYTES || !(modulus[modulus.length - 1] & 1))
		throw new RangeError("invalid modulus");
	if (base.length > modulus.length || factor.length > modulus.length)
		throw new RangeError("invalid length");
	const n = fromBytes(modulus);
	const bits = modulus.length * 8 + SPARE_BITS;
	const inverse = negativeInverse(n, bits);
	const times = (a: bigint, b: bigint) => product(a, b, n, inverse, bits);
	const one = (1n << BigInt(bits)) % n;
	const power1 = (fromBytes(base) << BigInt(bits)) % n;
	const power2 = times(power1, power1);
	const power3 = times(power2, power1);
	let power = one;
	for (let i = 0; i < exponent.length; i++) {
		for (let shift = 8 - WINDOW; shift >= 0; shift -= WINDOW) {
			const digit = (exponent[i] >> shift) & WINDOW_MASK;
			power = times(power, power);
			power = times(power, power);
			power = times(power, digit === 0 ? one : digit === 1 ? power1 : digit === 2 ? power2 : power3);
		}
	}
	return toBytes(times(power, fromBytes(factor)) % n, modulus.length);
}
