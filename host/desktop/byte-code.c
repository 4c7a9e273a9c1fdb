#include "byte-code.h"

size_t codeLongBytes(const uint8_t* code)
{
	uint16_t length2;
	uint32_t length4;
	switch (gxCodeSizes[*code]) {
	case -1:
		return 2 + (size_t)code[1];
	case -2:
		memcpy(&length2, code + 1, sizeof(length2));
		return 3 + (size_t)length2;
	}
	memcpy(&length4, code + 1, sizeof(length4));
	return 5 + (size_t)length4;
}

int32_t codeDistance(const uint8_t* code)
{
	int16_t distance2;
	int32_t distance4;
	switch (codeBytes(code)) {
	case 2:
		return (int8_t)code[1];
	case 3:
		memcpy(&distance2, code + 1, sizeof(distance2));
		return distance2;
	}
	memcpy(&distance4, code + 1, sizeof(distance4));
	return distance4;
}

void codeSetDistance(uint8_t* code, int32_t distance)
{
	int16_t distance2 = (int16_t)distance;
	switch (codeBytes(code)) {
	case 2:
		code[1] = (uint8_t)distance;
		break;
	case 3:
		memcpy(code + 1, &distance2, sizeof(distance2));
		break;
	default:
		memcpy(code + 1, &distance, sizeof(distance));
	}
}

static int isEnd(uint8_t code)
{
	return ((XS_CODE_END <= code) && (code <= XS_CODE_END_DERIVED)) || (XS_CODE_RETURN == code);
}

/**
 * A chunk is as long as its code, rounded up to a multiple of a word: the code ends at the first end in the last word that
 * nothing goes beyond. What may follow is never run.
 */
size_t codePieceBytes(const uint8_t* piece)
{
	const txChunk* chunk = (const txChunk*)(piece - sizeof(txChunk));
	size_t limit = (size_t)chunk->size - sizeof(txChunk);		/* the size is that of header and data */
	size_t farthest = 0;
	size_t at = 0;
	while ((at < limit) && (piece[at] < XS_CODE_COUNT)) {
		const uint8_t* code = piece + at;
		at += codeBytes(code);
		if (codeHasDistance(*code) && (farthest < at + (size_t)codeDistance(code)) && (codeDistance(code) > 0))
			farthest = at + (size_t)codeDistance(code);
		if (isEnd(*code) && (farthest < at) && (limit - at < sizeof(size_t)))
			return at;
	}
	fprintf(stderr, "hap-xs: byte code does not end\n");
	abort();
}
