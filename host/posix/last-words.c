#include <string.h>
#include "last-words.h"

enum { kMagic = 0x6c617374 };

/** FNV-1a. */
static uint32_t hashOf(const char* line, uint32_t length)
{
	uint32_t hash = 2166136261u;
	for (uint32_t i = 0; i < length; i++)
		hash = (hash ^ (uint8_t)line[i]) * 16777619u;
	return hash;
}

/** With its end; 0 behind the last one. */
static uint32_t lineBytes(const LastWords* words, uint32_t at)
{
	const char* end = memchr(words->text + at, '\n', words->count - at);
	return end ? (uint32_t)(end + 1 - words->text) - at : words->count - at;
}

/** The sum of the hashes of lines, so that a line that comes or goes is all that is looked at. */
static uint32_t sumFrom(const LastWords* words, uint32_t at)
{
	uint32_t sum = 0;
	uint32_t length;
	for (; (length = lineBytes(words, at)) > 0; at += length)
		sum += hashOf(words->text + at, length);
	return sum;
}

static uint32_t checkOf(const LastWords* words)
{
	return kMagic + sumFrom(words, 0);
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
	uint32_t length = lineBytes(words, 0);
	words->check -= hashOf(words->text, length);
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
	words->check += sumFrom(words, words->count - (uint32_t)length - 1);
}
