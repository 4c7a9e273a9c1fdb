/* The host's C that needs no machine: the ring of a socket against a plain array, addresses as text and back, keys of the store. */

#include <arpa/inet.h>
#include <string.h>
#include "address.h"
#include "file-store.h"
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

void onHostInput(Input* input)
{
	switch (inputByte(input) % 3) {
	case 0:
		checkRing(input);
		break;
	case 1:
		checkAddress(input);
		break;
	default:
		checkKey(input);
		break;
	}
}
