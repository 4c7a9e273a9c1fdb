/* Takes a fuzzer's input apart; behind its end there are zeros. */

#ifndef __TESTS_NATIVES_INPUT__
#define __TESTS_NATIVES_INPUT__

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	const uint8_t* bytes;
	size_t count;
} Input;

static inline uint8_t inputByte(Input* input)
{
	if (0 == input->count)
		return 0;
	input->count--;
	return *input->bytes++;
}

/** 0 to `most`. */
static inline size_t inputNumber(Input* input, size_t most)
{
	size_t number = inputByte(input);
	if (most > UINT8_MAX)
		number |= (size_t)inputByte(input) << 8;
	return number % (most + 1);
}

/** So many, or as many as there are: `count` says. */
static inline void inputCopy(Input* input, void* to, size_t* count)
{
	if (*count > input->count)
		*count = input->count;
	if (*count)
		memcpy(to, input->bytes, *count);
	input->bytes += *count;
	input->count -= *count;
}

#define CHECK(CONDITION) \
	do { \
		if (!(CONDITION)) { \
			fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #CONDITION); \
			abort(); \
		} \
	} while (0)

#endif
