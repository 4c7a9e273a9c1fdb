/*
 * Looking through the bytes of a request's head: what http-head.ts asks of every byte of it, which an interpreter does at a
 * hundred times the price. All of it takes (bytes, from, to, ...) and none of it allocates.
 */

#include "xsmc.h"
#include "mc.xs.h"
#include "http-text.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

HttpRange httpRange(xsMachine *the)
{
	HttpRange range;
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
	HttpRange range = httpRange(the);
	const uint8_t *found = (range.from == range.to) ? NULL : memchr(range.from, byte, (size_t)(range.to - range.from));

	xsmcSetInteger(xsResult, found ? (xsIntegerValue)(found - range.start) : -1);
}

/** isText(bytes, from, to, text) */
void xs_hap_is_text(xsMachine *the)
{
	const char *text = xsmcToString(xsArg(3));
	HttpRange range = httpRange(the);
	size_t length = (size_t)(range.to - range.from);

	xsmcSetBoolean(xsResult, (strlen(text) == length) && !memcmp(range.from, text, length));
}

int httpIsPlain(const uint8_t *from, const uint8_t *to, int characters)
{
	for (; from < to; from++) {
		if ((' ' < *from) && (*from < 0x7F))
			continue;
		if ((' ' == *from) || ('\t' == *from)) {
			if (kVisible == characters)
				return 0;
		}
		else if ((*from < ' ') || (0x7F == *from) || ((0x7F < *from) && (kAny != characters)))
			return 0;
	}
	return 1;
}

/** isPlain(bytes, from, to, characters): no controls, and no others but those characters, see http-text.ts */
void xs_hap_is_plain(xsMachine *the)
{
	int characters = xsmcToInteger(xsArg(3));
	HttpRange range = httpRange(the);

	xsmcSetBoolean(xsResult, httpIsPlain(range.from, range.to, characters));
}

int64_t httpDecimal(const uint8_t *from, const uint8_t *to)
{
	int64_t value = 0;

	if (from >= to)
		return -1;
	for (; from < to; from++) {
		if ((*from < '0') || ('9' < *from))
			return -1;
		value = value * 10 + (*from - '0');
		if (value > kHttpBeyond)
			value = kHttpBeyond;
	}
	return value;
}

#define setNumber(RESULT, VALUE) \
	do { \
		int64_t number = (VALUE); \
		if ((-1 <= number) && (number <= INT32_MAX)) \
			xsmcSetInteger(RESULT, (xsIntegerValue)number); \
		else \
			xsmcSetNumber(RESULT, (xsNumberValue)number); \
	} while (0)

/** decimal(bytes, from, to): -1 when there is no digit or something else, 2^53 for all that a double does not count exactly */
void xs_hap_decimal(xsMachine *the)
{
	HttpRange range = httpRange(the);

	setNumber(xsResult, httpDecimal(range.from, range.to));
}

/* Ids of a query, `aid.iid` with commas between them */

typedef struct {
	int64_t aid, iid;
	const uint8_t *end;			/* NULL: it is none of ours */
} Id;

static Id idAt(const uint8_t *from, const uint8_t *to)
{
	Id id = { -1, -1, NULL };
	const uint8_t *comma = (from < to) ? memchr(from, ',', (size_t)(to - from)) : NULL;
	const uint8_t *end = comma ? comma : to;
	const uint8_t *dot = (from < end) ? memchr(from, '.', (size_t)(end - from)) : NULL;

	if (!dot)
		return id;
	id.aid = httpDecimal(from, dot);
	id.iid = httpDecimal(dot + 1, end);
	if ((0 <= id.aid) && (id.aid < kHttpBeyond) && (0 <= id.iid) && (id.iid < kHttpBeyond))
		id.end = end;
	return id;
}

/** countIds(text, prefix): how many are behind the prefix; -1 when it is not there, or one of them is none */
void xs_hap_count_ids(xsMachine *the)
{
	const char *text = xsmcToString(xsArg(0));
	const char *prefix = xsmcToString(xsArg(1));
	const uint8_t *from = (const uint8_t *)text + strlen(prefix);
	const uint8_t *to = (const uint8_t *)text + strlen(text);
	xsIntegerValue count = 0;

	xsmcSetInteger(xsResult, -1);
	if (strncmp(text, prefix, strlen(prefix)))
		return;
	for (; from <= to; count++) {
		Id id = idAt(from, to);
		if (!id.end)
			return;
		from = id.end + 1;
	}
	xsmcSetInteger(xsResult, count);
}

/** readId(text, at, id): into aid and iid of `id`; answers where the next one begins */
void xs_hap_read_id(xsMachine *the)
{
	const char *text = xsmcToString(xsArg(0));
	size_t length = strlen(text);
	xsIntegerValue at = xsmcToInteger(xsArg(1));
	Id id;

	if ((at < 0) || ((size_t)at >= length))
		xsRangeError("no id");
	id = idAt((const uint8_t *)text + at, (const uint8_t *)text + length);
	if (!id.end)
		xsRangeError("no id");
	xsmcSetInteger(xsResult, (xsIntegerValue)(id.end + 1 - (const uint8_t *)text));
	xsmcVars(1);
	setNumber(xsVar(0), id.aid);
	xsmcSet(xsArg(2), xsID_aid, xsVar(0));
	setNumber(xsVar(0), id.iid);
	xsmcSet(xsArg(2), xsID_iid, xsVar(0));
}
