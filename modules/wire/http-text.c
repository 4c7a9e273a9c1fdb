/*
 * Looking through the bytes of a request's head: what http-head.ts asks of every byte of it, which an interpreter does at a
 * hundred times the price. All of it takes (bytes, from, to, ...) and none of it allocates.
 */

#include "xsmc.h"

#include <stdint.h>
#include <string.h>

typedef struct {
	const uint8_t *from, *to, *start;
} Range;

static Range rangeOf(xsMachine *the)
{
	Range range;
	void *data;
	xsUnsignedValue count;
	xsIntegerValue from = xsmcToInteger(xsArg(1));
	xsIntegerValue to = xsmcToInteger(xsArg(2));

	xsmcGetBufferReadable(xsArg(0), &data, &count);
	if ((from < 0) || (to < from) || ((xsUnsignedValue)to > count))
		xsRangeError("invalid range");
	range.start = data;
	range.from = range.start + from;
	range.to = range.start + to;
	return range;
}

/** findByte(bytes, from, to, byte): where it is, or -1 */
void xs_hap_find_byte(xsMachine *the)
{
	int byte = xsmcToInteger(xsArg(3));
	Range range = rangeOf(the);
	const uint8_t *found = (range.from == range.to) ? NULL : memchr(range.from, byte, (size_t)(range.to - range.from));

	xsmcSetInteger(xsResult, found ? (xsIntegerValue)(found - range.start) : -1);
}

static uint8_t lowerCase(uint8_t byte)
{
	return (('A' <= byte) && (byte <= 'Z')) ? byte + ('a' - 'A') : byte;
}

/** isText(bytes, from, to, text) */
void xs_hap_is_text(xsMachine *the)
{
	const char *text = xsmcToString(xsArg(3));
	Range range = rangeOf(the);
	size_t length = (size_t)(range.to - range.from);

	xsmcSetBoolean(xsResult, (strlen(text) == length) && !memcmp(range.from, text, length));
}

/** isName(bytes, from, to, name): whatever the bytes' case; `name` has no capitals */
void xs_hap_is_name(xsMachine *the)
{
	const char *name = xsmcToString(xsArg(3));
	Range range = rangeOf(the);
	int isSame = (strlen(name) == (size_t)(range.to - range.from));

	for (; isSame && (range.from < range.to); range.from++, name++)
		isSame = (lowerCase(*range.from) == (uint8_t)*name);
	xsmcSetBoolean(xsResult, isSame);
}

/* RFC 9110 section 5.6.2 tchar */
static int isTokenByte(uint8_t byte)
{
	if (((('a' <= lowerCase(byte))) && (lowerCase(byte) <= 'z')) || (('0' <= byte) && (byte <= '9')))
		return 1;
	return byte && (NULL != strchr("!#$%&'*+-.^_`|~", byte));
}

/** isToken(bytes, from, to): not empty, and tchar throughout */
void xs_hap_is_token(xsMachine *the)
{
	Range range = rangeOf(the);
	int isToken = (range.from < range.to);

	for (; isToken && (range.from < range.to); range.from++)
		isToken = isTokenByte(*range.from);
	xsmcSetBoolean(xsResult, isToken);
}

enum { kVisible, kAscii, kAny };

/** isPlain(bytes, from, to, characters): no controls, and no others but those characters, see http-text.ts */
void xs_hap_is_plain(xsMachine *the)
{
	int characters = xsmcToInteger(xsArg(3));
	Range range = rangeOf(the);
	int isPlain = 1;

	for (; isPlain && (range.from < range.to); range.from++) {
		uint8_t byte = *range.from;
		if ((' ' == byte) || ('\t' == byte))
			isPlain = (kVisible != characters);
		else
			isPlain = (' ' < byte) && (byte != 0x7F) && ((byte < 0x7F) || (kAny == characters));
	}
	xsmcSetBoolean(xsResult, isPlain);
}

/** decimal(bytes, from, to): -1 when there is no digit or something else, 2^53 for all that a double does not count exactly */
void xs_hap_decimal(xsMachine *the)
{
	static const uint64_t kBeyond = 9007199254740992;
	Range range = rangeOf(the);
	uint64_t value = 0;
	int isNumber = (range.from < range.to);

	for (; isNumber && (range.from < range.to); range.from++) {
		isNumber = ('0' <= *range.from) && (*range.from <= '9');
		value = value * 10 + (uint64_t)(*range.from - '0');
		if (value > kBeyond)
			value = kBeyond;
	}
	if (!isNumber)
		xsmcSetInteger(xsResult, -1);
	else if (value <= INT32_MAX)
		xsmcSetInteger(xsResult, (xsIntegerValue)value);
	else
		xsmcSetNumber(xsResult, (xsNumberValue)value);
}
