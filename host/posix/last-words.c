#include <string.h>
#include "last-words.h"

enum { kMagic = 0x6c617374 };

/** FNV-1a. */
static uint32_t checkOf(const LastWords* words)
{
	uint32_t check = 2166136261u ^ words->count;
	for (uint32_t i = 0; i < words->count; i++)
		check = (check ^ (uint8_t)words->text[i]) * 16777619u;
	return check;
}

void lastWordsClear(LastWords* words)
{
	words->magic = kMagic;
	words->count = 0;
	words->check = checkOf(words);
}

int lastWordsAreWhole(const LastWords* words)
{
	return (kMagic == words->magic) && (words->count <= kLastWordsBytes) && (checkOf(words) == words->check);
}

static void dropOldest(LastWords* words)
{
	const char* end = memchr(words->text, '\n', words->count);
	uint32_t length = end ? (uint32_t)(end - words->text) + 1 : words->count;
	words->count -= length;
	memmove(words->text, words->text + length, words->count);
}

void lastWordsAdd(LastWords* words, const char* line)
{
	size_t length = strlen(line);
	if (length > kLastWordsBytes - 1)
		length = kLastWordsBytes - 1;
	while (words->count + length + 1 > kLastWordsBytes)
		dropOldest(words);
	memcpy(words->text + words->count, line, length);
	words->text[words->count + length] = '\n';
	words->count += (uint32_t)length + 1;
	words->check = checkOf(words);
}
