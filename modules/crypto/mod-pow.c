/*
 * factor * base ^ exponent mod modulus for the modulus of SRP (3072 bits), in Montgomery's arithmetic on words of 32 bits: "Handbook of
 * Applied Cryptography" §14.3.2, with the multiplication and the reduction in one loop. Uses no memory but the C stack, 3.1 KB,
 * which it wipes.
 *
 * The exponent's length is public, its value is not: every two bits cost two squarings and a multiplication, the factor is
 * picked out of the table without an address or a branch that depends on it.
 */

#include "xsmc.h"

#include <stdint.h>
#include <string.h>

enum {
	kMaxWords = 96,
	kTable = 4,
};

typedef uint32_t Number[kMaxWords];		// least significant word first

typedef struct {
	int words;
	uint32_t inverse;		// -1 / modulus, mod 2^32
	Number modulus;
	Number table[kTable];	// base^0 .. base^3, times R = 2^(32 * words)
	Number power, square, factor;
} Work;

static void wipeWork(Work *work)
{
	volatile uint8_t *byte = (volatile uint8_t *)work;
	for (size_t i = 0; i < sizeof(*work); i++)
		byte[i] = 0;
}

/** Big-endian bytes, at most as many as the number has. */
static void load(uint32_t *number, int words, const uint8_t *bytes, size_t count)
{
	memset(number, 0, sizeof(uint32_t) * words);
	for (size_t i = 0; i < count; i++)
		number[i / 4] |= (uint32_t)bytes[count - 1 - i] << (8 * (i % 4));
}

static void store(uint8_t *bytes, const uint32_t *number, int words)
{
	for (int i = 0; i < words; i++, bytes += 4) {
		uint32_t word = number[words - 1 - i];
		bytes[0] = (uint8_t)(word >> 24);
		bytes[1] = (uint8_t)(word >> 16);
		bytes[2] = (uint8_t)(word >> 8);
		bytes[3] = (uint8_t)word;
	}
}

/** number and a carry above it, less the modulus unless that is greater. */
static void subtractOnce(const Work *work, uint32_t *number, uint32_t carry)
{
	uint32_t borrow = 0, keep;
	for (int i = 0; i < work->words; i++) {
		uint64_t difference = (uint64_t)number[i] - work->modulus[i] - borrow;
		borrow = (uint32_t)(difference >> 32) & 1;
	}
	keep = (carry | (borrow ^ 1)) - 1;		// all ones when the modulus is greater
	borrow = 0;
	for (int i = 0; i < work->words; i++) {
		uint64_t difference = (uint64_t)number[i] - (work->modulus[i] & ~keep) - borrow;
		number[i] = (uint32_t)difference;
		borrow = (uint32_t)(difference >> 32) & 1;
	}
}

/** product = a * b / R mod modulus; it may be neither a nor b. */
static void multiply(const Work *work, uint32_t *product, const uint32_t *a, const uint32_t *b)
{
	const uint32_t *modulus = work->modulus;
	uint32_t top = 0;		// the word above product
	memset(product, 0, sizeof(uint32_t) * work->words);
	for (int i = 0; i < work->words; i++) {
		uint64_t sum = (uint64_t)a[0] * b[i] + product[0];
		uint32_t quotient = (uint32_t)sum * work->inverse;
		uint64_t reduced = (uint64_t)quotient * modulus[0] + (uint32_t)sum;		// its low word is zero
		for (int j = 1; j < work->words; j++) {
			sum = (uint64_t)a[j] * b[i] + product[j] + (uint32_t)(sum >> 32);
			reduced = (uint64_t)quotient * modulus[j] + (uint32_t)sum + (uint32_t)(reduced >> 32);
			product[j - 1] = (uint32_t)reduced;
		}
		sum = (sum >> 32) + (reduced >> 32) + top;
		product[work->words - 1] = (uint32_t)sum;
		top = (uint32_t)(sum >> 32);
	}
	subtractOnce(work, product, top);
}

/** number = number * 2 ^ count mod modulus. */
static void doubleTimes(const Work *work, uint32_t *number, int count)
{
	while (count--) {
		uint32_t carry = 0;
		for (int i = 0; i < work->words; i++) {
			uint32_t word = number[i];
			number[i] = (word << 1) | carry;
			carry = word >> 31;
		}
		subtractOnce(work, number, carry);
	}
}

static uint32_t negativeInverse(uint32_t odd)
{
	uint32_t inverse = odd;		// right in three bits, and each round doubles them
	for (int bits = 3; bits < 32; bits *= 2)
		inverse *= 2 - odd * inverse;
	return 0 - inverse;
}

static void fillTable(Work *work, const uint8_t *base, size_t baseBytes)
{
	int bits = 32 * work->words;
	memset(work->table[0], 0, sizeof(Number));
	work->table[0][0] = 1;
	doubleTimes(work, work->table[0], bits);
	memcpy(work->factor, work->table[0], sizeof(Number));
	doubleTimes(work, work->factor, bits);		// R * R: multiplied by it, a number takes Montgomery's form
	load(work->power, work->words, base, baseBytes);
	multiply(work, work->table[1], work->power, work->factor);
	multiply(work, work->table[2], work->table[1], work->table[1]);
	multiply(work, work->table[3], work->table[2], work->table[1]);
}

static void pick(const Work *work, uint32_t *number, uint32_t digit)
{
	memset(number, 0, sizeof(uint32_t) * work->words);
	for (uint32_t entry = 0; entry < kTable; entry++) {
		uint32_t mask = ((entry ^ digit) - 1) >> 31;		// 1 when they are equal
		mask = 0 - mask;
		for (int i = 0; i < work->words; i++)
			number[i] |= work->table[entry][i] & mask;
	}
}

/** Leaves the power in work->square, in Montgomery's form. */
static void exponentiate(Work *work, const uint8_t *exponent, size_t exponentBytes)
{
	memcpy(work->square, work->table[0], sizeof(Number));
	for (size_t i = 0; i < exponentBytes; i++) {
		for (int shift = 6; shift >= 0; shift -= 2) {
			multiply(work, work->power, work->square, work->square);
			multiply(work, work->square, work->power, work->power);
			pick(work, work->factor, (exponent[i] >> shift) & (kTable - 1));
			multiply(work, work->power, work->square, work->factor);
			memcpy(work->square, work->power, sizeof(Number));
		}
	}
}

/** modPow(power, base, exponent, modulus, factor): factor * base ^ exponent */
void xs_hap_mod_pow(xsMachine *the)
{
	uint8_t *power, *base, *exponent, *modulus, *factor;
	xsUnsignedValue powerBytes, baseBytes, exponentBytes, modulusBytes, factorBytes;
	Work work;

	if (xsmcArgc < 5)
		xsTypeError("buffer missing");
	xsmcGetBufferWritable(xsArg(0), (void **)&power, &powerBytes);
	xsmcGetBufferReadable(xsArg(1), (void **)&base, &baseBytes);
	xsmcGetBufferReadable(xsArg(2), (void **)&exponent, &exponentBytes);
	xsmcGetBufferReadable(xsArg(3), (void **)&modulus, &modulusBytes);
	xsmcGetBufferReadable(xsArg(4), (void **)&factor, &factorBytes);
	if ((0 == modulusBytes) || (modulusBytes % 4) || (modulusBytes > 4 * kMaxWords) || !(modulus[modulusBytes - 1] & 1))
		xsRangeError("invalid modulus");
	if ((powerBytes != modulusBytes) || (baseBytes > modulusBytes) || (factorBytes > modulusBytes))
		xsRangeError("invalid length");

	work.words = (int)(modulusBytes / 4);
	load(work.modulus, work.words, modulus, modulusBytes);
	work.inverse = negativeInverse(work.modulus[0]);
	fillTable(&work, base, baseBytes);
	exponentiate(&work, exponent, exponentBytes);
	load(work.factor, work.words, factor, factorBytes);
	multiply(&work, work.power, work.square, work.factor);		// and out of Montgomery's form
	store(power, work.power, work.words);
	wipeWork(&work);
}
