/*
 * natives [RUNS [SEED]]: every split, overlap and power cut in order, then so many inputs of chance. With libFuzzer, which brings a main of its own,
 * only its inputs.
 */

#include <string.h>
#include "natives.h"

int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t count)
{
	onNativesInput(bytes, count);
	return 0;
}

#ifndef LIBFUZZER

enum { kMostBytes = 300 };		/* two blocks of SHA-512 and some */

static uint64_t gState;

/** Marsaglia's xorshift. */
static uint64_t chance(void)
{
	gState ^= gState << 13;
	gState ^= gState >> 7;
	gState ^= gState << 17;
	return gState;
}

static void checkInOrder(void)
{
	uint8_t bytes[kMostBytes];
	for (int i = 0; i < kMostBytes; i++)
		bytes[i] = (uint8_t)(i * 7 + 1);
	for (size_t count = 0; count <= kMostBytes; count++) {
		for (size_t cut = 0; cut <= count; cut++) {
			checkHashOfParts(bytes, count, cut);
			checkHashOverItself(bytes, count, cut);
			if ((count < 80) || (cut < 4))
				checkSealed(bytes, count, cut, count + cut);
		}
	}
	for (size_t less = 0; less <= kMostBytes; less++)
		checkEqual(bytes, bytes, kMostBytes, less);
}

static void runInput(void)
{
	uint8_t bytes[512];
	size_t count = chance() % sizeof(bytes);
	for (size_t i = 0; i < count; i++)
		bytes[i] = (uint8_t)(chance() >> 11);
	onNativesInput(bytes, count);
}

int main(int argc, char** argv)
{
	long runs = (argc > 1) ? strtol(argv[1], NULL, 10) : 100000;
	gState = (argc > 2) ? strtoull(argv[2], NULL, 10) : 1;
	gState |= 1;
	checkInOrder();
	checkStore();
	for (long i = 0; i < runs; i++)
		runInput();
	printf("%ld inputs\n", runs);
	return 0;
}

#endif
