/* How much a JSON body holds, told from its brackets and commas outside strings: see json.ts. */

#include "xsmc.h"

#include <stdint.h>

typedef struct {
	xsIntegerValue depth, containers, values;
} Amount;

/** Where the string that begins at `at` ends: its quote, or the end of the body. */
static const uint8_t *skipString(const uint8_t *at, const uint8_t *end)
{
	at++;
	while ((at < end) && ('"' != *at))
		at += ('\\' == *at) ? 2 : 1;
	return at;
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

/** isWithin(body, depth, containers, values) */
void xs_hap_json_is_within(xsMachine *the)
{
	Amount most = { xsmcToInteger(xsArg(1)), xsmcToInteger(xsArg(2)), xsmcToInteger(xsArg(3)) };
	Amount amount = { 0, 0, 1 };
	void *data;
	xsUnsignedValue bytes;
	const uint8_t *at, *end;

	xsmcGetBufferReadable(xsArg(0), &data, &bytes);
	at = data;
	end = at + bytes;
	while (at < end) {
		if ('"' == *at)
			at = skipString(at, end);
		else
			count(&amount, *at);
		if ((amount.depth > most.depth) || (amount.containers > most.containers) || (amount.values > most.values)) {
			xsmcSetBoolean(xsResult, 0);
			return;
		}
		at++;
	}
	xsmcSetBoolean(xsResult, 1);
}
