/*
 * Looking through the bytes of a request's head: what http-head.ts asks of every byte of it, which an interpreter does at a
 * hundred times the price. All of it takes (bytes, from, to, ...) and none of it allocates.
 */

#include "xsmc.h"
#include "mc.xs.h"

#include <stddef.h>
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

/* whatever the bytes' case; `name` has no capitals */
static int isName(const uint8_t *from, const uint8_t *to, const char *name)
{
	for (; (from < to) && *name; from++, name++) {
		if (lowerCase(*from) != (uint8_t)*name)
			return 0;
	}
	return (from == to) && !*name;
}

/* RFC 9110 section 5.6.2 tchar */
static int isTokenByte(uint8_t byte)
{
	if (((('a' <= lowerCase(byte))) && (lowerCase(byte) <= 'z')) || (('0' <= byte) && (byte <= '9')))
		return 1;
	return byte && (NULL != strchr("!#$%&'*+-.^_`|~", byte));
}

/* not empty, and tchar throughout */
static int isToken(const uint8_t *from, const uint8_t *to)
{
	if (from >= to)
		return 0;
	while ((from < to) && isTokenByte(*from))
		from++;
	return (from == to);
}

enum { kVisible, kAscii, kAny };

static int isPlain(const uint8_t *from, const uint8_t *to, int characters)
{
	for (; from < to; from++) {
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
	Range range = rangeOf(the);

	xsmcSetBoolean(xsResult, isPlain(range.from, range.to, characters));
}

/* all that a double does not count exactly, as one number */
#define kBeyond 9007199254740992LL

/* -1: no digit, or something else */
static int64_t decimalOf(const uint8_t *from, const uint8_t *to)
{
	int64_t value = 0;

	if (from >= to)
		return -1;
	for (; from < to; from++) {
		if ((*from < '0') || ('9' < *from))
			return -1;
		value = value * 10 + (*from - '0');
		if (value > kBeyond)
			value = kBeyond;
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
	Range range = rangeOf(the);

	setNumber(xsResult, decimalOf(range.from, range.to));
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
	id.aid = decimalOf(from, dot);
	id.iid = decimalOf(dot + 1, end);
	if ((0 <= id.aid) && (id.aid < kBeyond) && (0 <= id.iid) && (id.iid < kBeyond))
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

/* Lines of a head. Numbers of methods and fields are those of http-head.ts. */

typedef struct {
	const char *text;
	int number;
} Word;

enum { kMostLine = 8191 };
enum { kNoMethod, kOtherMethod = 8, kOtherField = 0 };

static const Word kMethods[] = {
	{ "GET", 1 }, { "PUT", 2 }, { "POST", 3 }, { "DELETE", 4 }, { "HEAD", 5 }, { "OPTIONS", 6 }, { "PATCH", 7 }, { NULL, kOtherMethod },
};

static const Word kFields[] = {
	{ "connection", 1 }, { "content-length", 2 }, { "content-type", 3 }, { "expect", 4 }, { "transfer-encoding", 5 }, { NULL, kOtherField },
};

static int methodOf(const uint8_t *from, const uint8_t *to)
{
	const Word *word = kMethods;
	size_t length = (size_t)(to - from);

	while (word->text && ((strlen(word->text) != length) || memcmp(from, word->text, length)))
		word++;
	return (word->text || isToken(from, to)) ? word->number : kNoMethod;
}

static int fieldOf(const uint8_t *from, const uint8_t *to)
{
	const Word *word = kFields;

	while (word->text && !isName(from, to, word->text))
		word++;
	return word->number;
}

/* where the colon is; NULL when it is no line of a header */
static const uint8_t *colonOf(const uint8_t *from, const uint8_t *to)
{
	const uint8_t *colon = (from < to) ? memchr(from, ':', (size_t)(to - from)) : NULL;

	return (colon && isToken(from, colon) && isPlain(colon + 1, to, kAny)) ? colon : NULL;
}

static int isBlank(uint8_t byte)
{
	return (' ' == byte) || ('\t' == byte);
}

/* Behind the line that begins there and ends with CR LF; NULL when it is not whole, or longer. */
static const uint8_t *lineEnd(const uint8_t *from, const uint8_t *to, xsIntegerValue most)
{
	const uint8_t *end = (from < to) ? memchr(from, '\n', (size_t)(to - from)) : NULL;

	return (end && (from < end) && ('\r' == end[-1]) && (end + 1 - from <= most)) ? end + 1 : NULL;
}

/**
 * readHeader(bytes, from, to, most): the line that begins there, of at most so many bytes and 8191: field | bytes before its value << 3 |
 * bytes up to the value's end << 16, blanks around it left out; -1 when it is none, or not whole
 */
void xs_hap_read_header(xsMachine *the)
{
	xsIntegerValue most = xsmcToInteger(xsArg(3));
	Range range = rangeOf(the);
	const uint8_t *end = lineEnd(range.from, range.to, (most < kMostLine) ? most : kMostLine);
	const uint8_t *colon = end ? colonOf(range.from, end - 2) : NULL;
	const uint8_t *from, *to;

	xsmcSetInteger(xsResult, -1);
	if (!colon)
		return;
	from = colon + 1;
	to = end - 2;
	while ((from < to) && isBlank(*from))
		from++;
	while ((from < to) && isBlank(to[-1]))
		to--;
	xsmcSetInteger(xsResult, (xsIntegerValue)(fieldOf(range.from, colon) | ((from - range.from) << 3) | ((to - range.from) << 16)));
}

/**
 * skipHeaders(bytes, from, to, most): behind the whole lines of at most that many bytes that are well-formed and decide nothing;
 * negative when the empty line that ends the head was among them
 */
void xs_hap_skip_headers(xsMachine *the)
{
	xsIntegerValue most = xsmcToInteger(xsArg(3));
	Range range = rangeOf(the);
	int isEnd = 0;

	while (!isEnd) {
		const uint8_t *end = lineEnd(range.from, range.to, most);
		const uint8_t *colon;
		if (!end)
			break;
		isEnd = (end - 2 == range.from);
		colon = isEnd ? NULL : colonOf(range.from, end - 2);
		if (!isEnd && (!colon || (kOtherField != fieldOf(range.from, colon))))
			break;
		range.from = end;
	}
	xsmcSetInteger(xsResult, (xsIntegerValue)(range.from - range.start) * (isEnd ? -1 : 1));
}

static int isDigit(uint8_t byte)
{
	return ('0' <= byte) && (byte <= '9');
}

enum { kVersionBytes = 8, kNoVersion = -400, kOtherVersion = -505 };

/* RFC 9112 section 2.3; the minor version, those above ours as ours (RFC 9110 section 2.5), or a status, negative */
static int minorOf(const uint8_t *version)
{
	if (memcmp(version, "HTTP/", 5) || !isDigit(version[5]) || ('.' != version[6]) || !isDigit(version[7]))
		return kNoVersion;
	if ('1' != version[5])
		return kOtherVersion;
	return ('0' == version[7]) ? 0 : 1;
}

/**
 * readRequestLine(bytes, from, to), of at most 8191 bytes: method | minor version << 4 | bytes of the method << 5 | bytes before the
 * query's "?" << 18, 0 without one; or the status that refuses it, negative
 */
void xs_hap_read_request_line(xsMachine *the)
{
	enum { kBadRequest = -400 };
	Range range = rangeOf(the);
	ptrdiff_t length = range.to - range.from;
	const uint8_t *methodEnd = length ? memchr(range.from, ' ', (size_t)length) : NULL;
	const uint8_t *targetEnd = methodEnd ? memchr(methodEnd + 1, ' ', (size_t)(range.to - methodEnd - 1)) : NULL;
	const uint8_t *question;
	int method, minor;

	xsmcSetInteger(xsResult, kBadRequest);
	if (!targetEnd || (length > kMostLine) || (range.to - targetEnd != kVersionBytes + 1) || (targetEnd < methodEnd + 2))
		return;
	method = methodOf(range.from, methodEnd);
	if (kNoMethod == method)
		return;
	minor = minorOf(targetEnd + 1);
	if (minor < 0) {
		xsmcSetInteger(xsResult, minor);
		return;
	}
	if (('/' != methodEnd[1]) || !isPlain(methodEnd + 1, targetEnd, kVisible))
		return;
	question = memchr(methodEnd + 1, '?', (size_t)(targetEnd - methodEnd - 1));
	xsmcSetInteger(xsResult, (xsIntegerValue)(method | (minor << 4) | ((methodEnd - range.from) << 5)
		| ((question ? question - range.from : 0) << 18)));
}
