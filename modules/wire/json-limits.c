/* How much a JSON body holds, and whether it has names that are not HAP's, told without a parse: see json.ts. */

#include "xsmc.h"

#include <stdint.h>
#include <string.h>

/* as json.ts has it */
enum { kTooMuch, kOtherNames, kKnownNames };

/* at most those of json.ts; what controllers send all the time comes first */
static const char *const kNames[] = { "aid", "iid", "value", "characteristics", "ev", "pid", "r", "remote", "ttl", "authData" };

typedef struct {
	xsIntegerValue depth, containers, values;
} Amount;

/** Where the string that begins at `at` ends: its quote, or the end of the body. */
static const uint8_t *skipString(const uint8_t *at, const uint8_t *end)
{
	at++;
	while ((at < end) && ('"' != *at))
		at += ('\\' == *at) ? 2 : 1;
	return (at < end) ? at : end;
}

static int isKnown(const uint8_t *from, const uint8_t *to)
{
	size_t length = (size_t)(to - from);

	for (size_t i = 0; i < sizeof(kNames) / sizeof(*kNames); i++) {
		if ((strlen(kNames[i]) == length) && !memcmp(from, kNames[i], length))
			return 1;
	}
	return 0;
}

/* RFC 8259 section 2 */
static int isBlank(uint8_t byte)
{
	return (' ' == byte) || ('\t' == byte) || ('\n' == byte) || ('\r' == byte);
}

static void count(Amount *amount, uint8_t byte)
{
	switch (byte) {
	case '{':
	case '[':
		amount->depth++;
		amount->containers++;
		amount->values++;
		break;
	case '}':
	case ']':
		amount->depth--;
		break;
	case ',':
		amount->values++;
		break;
	}
}

/** measure(body, depth, containers, values). A string may be a name unless it comes behind a colon, or begins a list. */
void xs_hap_json_measure(xsMachine *the)
{
	Amount most = { xsmcToInteger(xsArg(1)), xsmcToInteger(xsArg(2)), xsmcToInteger(xsArg(3)) };
	Amount amount = { 0, 0, 1 };
	int names = kKnownNames;
	uint8_t before = 0;
	void *data;
	xsUnsignedValue bytes;
	const uint8_t *at, *end;

	xsmcGetBufferReadable(xsArg(0), &data, &bytes);
	at = data;
	end = at + bytes;
	while (at < end) {
		if ('"' == *at) {
			const uint8_t *from = at + 1;
			at = skipString(at, end);
			if ((':' != before) && ('[' != before) && !isKnown(from, at))
				names = kOtherNames;
			before = '"';
		}
		else {
			count(&amount, *at);
			if (!isBlank(*at))
				before = *at;
		}
		if ((amount.depth > most.depth) || (amount.containers > most.containers) || (amount.values > most.values)) {
			xsmcSetInteger(xsResult, kTooMuch);
			return;
		}
		at++;
	}
	xsmcSetInteger(xsResult, names);
}
