/*
 * The host's C that needs no machine: the ring of a socket and the last lines of a log against plain arrays, addresses as text and
 * back, keys of the store.
 */

#include <arpa/inet.h>
#include <string.h>
#include "address.h"
#include "file-store.h"
#include "last-words.h"
#include "natives.h"
#include "ring.h"

static void checkRing(Input* input)
{
	static Ring ring;
	static uint8_t plain[kRingBytes], out[kRingBytes];
	size_t count = 0;
	uint8_t next = 0;
	memset(&ring, 0, sizeof(ring));
	while (input->count) {
		uint8_t command = inputByte(input);
		if (command & 1) {
			size_t some = inputNumber(input, ringRoom(&ring));
			for (size_t i = 0; i < some; i++)
				plain[count + i] = next++;
			ringPut(&ring, plain + count, some);
			count += some;
		}
		else {
			size_t first, some = inputNumber(input, count);
			const uint8_t* at = ringFirst(&ring, &first);
			CHECK((first <= count) && !memcmp(at, plain, first) && (first || !count));
			ringTake(&ring, (command & 2) ? NULL : out, some);
			CHECK((command & 2) || !memcmp(out, plain, some));
			count -= some;
			memmove(plain, plain + some, count);
		}
		CHECK((ring.count == count) && (ringRoom(&ring) == kRingBytes - count));
	}
}

static void checkAddress(Input* input)
{
	char text[80] = "", again[80];
	struct sockaddr_storage address;
	size_t count = sizeof(text) - 1;
	int family = (inputByte(input) & 1) ? AF_INET : AF_INET6;
	socklen_t size;
	inputCopy(input, text, &count);
	size = addressParse(&address, text, 5353, family);
	if (0 == size)
		return;
	CHECK(5353 == addressPort(&address));
	addressText(&address, again, sizeof(again));
	CHECK(again[0]);
	if (!strchr(again, '%'))
		CHECK(addressParse(&address, again, 1, family));
}

static void checkKey(Input* input)
{
	char text[40] = "";
	size_t count = sizeof(text) - 1;
	inputCopy(input, text, &count);
	if (storeIsKey(text))
		CHECK((strlen(text) <= kMaxKey) && text[0] && !strchr(text, '/') && ('.' != text[0]));
}

/** All that was said, and of it what fits, from the beginning of a line on; not the first line if that alone is too long. */
static const char* lastOf(const char* said, size_t count)
{
	size_t from = (count > kLastWordsBytes) ? count - kLastWordsBytes : 0;
	while (from && (from < count) && ('\n' != said[from - 1]))
		from++;
	return said + from;
}

static void checkLastWords(Input* input)
{
	static char said[65536];
	static LastWords words;
	size_t count = 0;
	memset(&words, inputByte(input), sizeof(words));
	CHECK(!lastWordsAreWhole(&words));
	lastWordsClear(&words);
	while (input->count && (count < sizeof(said) / 2)) {
		char line[600] = "";
		size_t length = inputNumber(input, sizeof(line) - 1);
		uint8_t letter = inputByte(input);
		const char* last;
		for (size_t i = 0; i < length; i++)
			line[i] = (0 == (i + letter) % 23) ? '\n' : (char)('a' + (i * letter) % 26);
		lastWordsAdd(&words, line);
		if (length > kLastWordsBytes - 1)
			length = kLastWordsBytes - 1;
		memcpy(said + count, line, length);
		said[count + length] = '\n';
		count += length + 1;
		last = lastOf(said, count);
		CHECK((words.count == (size_t)(said + count - last)) && !memcmp(words.text, last, words.count));
		CHECK(lastWordsAreWhole(&words));
		words.text[letter % words.count] ^= 1;
		CHECK(!lastWordsAreWhole(&words));
		words.text[letter % words.count] ^= 1;
	}
}

void onHostInput(Input* input)
{
	switch (inputByte(input) % 4) {
	case 0:
		checkRing(input);
		break;
	case 1:
		checkAddress(input);
		break;
	case 2:
		checkLastWords(input);
		break;
	default:
		checkKey(input);
		break;
	}
}
