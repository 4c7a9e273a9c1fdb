/*
 * Lines of a request's head: RFC 9112 sections 3 and 5. Numbers of methods and fields are those of http-head.ts. All of it takes
 * (bytes, from, to, ...).
 */

#include "xsmc.h"
#include "mc.xs.h"
#include "http-text.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static uint8_t lowerCase(uint8_t byte)
{
	return (('A' <= byte) && (byte <= 'Z')) ? byte + ('a' - 'A') : byte;
}

/* whatever the bytes' case; `name` has no capitals, and as many letters */
static int isName(const uint8_t *from, const uint8_t *to, const char *name)
{
	for (; from < to; from++, name++) {
		if (lowerCase(*from) != (uint8_t)*name)
			return 0;
	}
	return 1;
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

typedef struct {
	const char *text;
	size_t length;
	int number;
} Word;

#define WORD(TEXT, NUMBER) { TEXT, sizeof(TEXT) - 1, NUMBER }

enum { kMostLine = 8191 };
enum { kNoMethod, kOtherMethod = 8 };
enum { kOtherField, kContentLength = 2, kContentType = 3 };

static const Word kMethods[] = {
	WORD("GET", 1), WORD("PUT", 2), WORD("POST", 3), WORD("DELETE", 4), WORD("HEAD", 5), WORD("OPTIONS", 6), WORD("PATCH", 7), { NULL, 0, kOtherMethod },
};

static const Word kFields[] = {
	WORD("connection", 1), WORD("content-length", kContentLength), WORD("content-type", kContentType), WORD("expect", 4), WORD("transfer-encoding", 5), { NULL, 0, kOtherField },
};

static int methodOf(const uint8_t *from, const uint8_t *to)
{
	const Word *word = kMethods;
	size_t length = (size_t)(to - from);

	while (word->text && ((word->length != length) || memcmp(from, word->text, length)))
		word++;
	return (word->text || isToken(from, to)) ? word->number : kNoMethod;
}

static int fieldOf(const uint8_t *from, const uint8_t *to)
{
	const Word *word = kFields;
	size_t length = (size_t)(to - from);

	while (word->text && ((word->length != length) || !isName(from, to, word->text)))
		word++;
	return word->number;
}

/* where the colon is; NULL when it is no line of a header */
static const uint8_t *colonOf(const uint8_t *from, const uint8_t *to)
{
	const uint8_t *colon = (from < to) ? memchr(from, ':', (size_t)(to - from)) : NULL;

	return (colon && isToken(from, colon) && httpIsPlain(colon + 1, to, kAny)) ? colon : NULL;
}

static int isBlank(uint8_t byte)
{
	return (' ' == byte) || ('\t' == byte);
}

typedef struct {
	const uint8_t *from, *to;
} HeaderValue;

/* without the blanks around it */
static HeaderValue valueOf(const uint8_t *colon, const uint8_t *to)
{
	HeaderValue value = { colon + 1, to };

	while ((value.from < value.to) && isBlank(*value.from))
		value.from++;
	while ((value.from < value.to) && isBlank(value.to[-1]))
		value.to--;
	return value;
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
	HttpRange range = httpRange(the);
	const uint8_t *end = lineEnd(range.from, range.to, (most < kMostLine) ? most : kMostLine);
	const uint8_t *colon = end ? colonOf(range.from, end - 2) : NULL;
	HeaderValue value;

	xsmcSetInteger(xsResult, -1);
	if (!colon)
		return;
	value = valueOf(colon, end - 2);
	xsmcSetInteger(xsResult, (xsIntegerValue)(fieldOf(range.from, colon) | ((value.from - range.from) << 3)
		| ((value.to - range.from) << 16)));
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

typedef struct {
	int method, minor;
	const uint8_t *target, *question, *end;		/* of the target; without a query, `question` is where it ends */
} RequestLine;

/* of at most kMostLine bytes, without its end: 0, or the status that refuses it, negative */
static int parseRequestLine(RequestLine *line, const uint8_t *from, const uint8_t *to)
{
	enum { kBadRequest = -400 };
	const uint8_t *blank = (from < to) ? memchr(from, ' ', (size_t)(to - from)) : NULL;
	const uint8_t *end = blank ? memchr(blank + 1, ' ', (size_t)(to - blank - 1)) : NULL;
	const uint8_t *question;

	if (!end || (to - from > kMostLine) || (to - end != kVersionBytes + 1) || (end < blank + 2))
		return kBadRequest;
	line->method = methodOf(from, blank);
	if (kNoMethod == line->method)
		return kBadRequest;
	line->minor = minorOf(end + 1);
	if (line->minor < 0)
		return line->minor;
	if (('/' != blank[1]) || !httpIsPlain(blank + 1, end, kVisible))
		return kBadRequest;
	question = memchr(blank + 1, '?', (size_t)(end - blank - 1));
	line->target = blank + 1;
	line->question = question ? question : end;
	line->end = end;
	return 0;
}

/**
 * readRequestLine(bytes, from, to), of at most 8191 bytes: method | minor version << 4 | bytes of the method << 5 | bytes before the
 * query's "?" << 18, 0 without one; or the status that refuses it, negative
 */
void xs_hap_read_request_line(xsMachine *the)
{
	HttpRange range = httpRange(the);
	RequestLine line;
	int status = parseRequestLine(&line, range.from, range.to);

	if (status < 0) {
		xsmcSetInteger(xsResult, status);
		return;
	}
	xsmcSetInteger(xsResult, (xsIntegerValue)(line.method | (line.minor << 4) | ((line.target - 1 - range.from) << 5)
		| ((line.question < line.end ? line.question - range.from : 0) << 18)));
}

/* A whole head */

enum { kMostBody = 65534 };		/* its number is to fit beside the others */

typedef struct {
	int isJson;
	xsIntegerValue length;		/* -1: none is given */
} Content;

/* 0: it decides something else, or is no such line */
static int noteHeader(Content *content, const uint8_t *from, const uint8_t *to)
{
	static const char json[] = "application/hap+json";
	const uint8_t *colon = colonOf(from, to);
	int64_t length;
	HeaderValue value;

	if (!colon)
		return 0;
	value = valueOf(colon, to);
	switch (fieldOf(from, colon)) {
	case kOtherField:
		return 1;
	case kContentType:
		content->isJson = (sizeof(json) - 1 == (size_t)(value.to - value.from)) && !memcmp(value.from, json, sizeof(json) - 1);
		return content->isJson;
	case kContentLength:
		length = httpDecimal(value.from, value.to);
		if ((0 <= content->length) || (length < 0) || (kMostBody < length))
			return 0;
		content->length = (xsIntegerValue)length;
		return 1;
	default:
		return 0;
	}
}

/* Whether a property of the argument `head` is that text. The property is xsVar(0) then. */
static int isText(xsMachine *the, xsIdentifier id, size_t at, size_t length)
{
	void *bytes;
	xsUnsignedValue count;
	const char *text;

	xsmcGet(xsVar(0), xsArg(3), id);
	if ((xsmcTypeOf(xsVar(0)) != xsStringType) && (xsmcTypeOf(xsVar(0)) != xsStringXType))
		return 0;
	text = xsmcToString(xsVar(0));
	xsmcGetBufferReadable(xsArg(0), &bytes, &count);
	return (strlen(text) == length) && !memcmp(text, (uint8_t *)bytes + at, length);
}

/*
 * Sets a property of the argument `head`. [at, at + length) are bytes of the buffer's. One request is like the last one, mostly: then the
 * text is there.
 */
static void setText(xsMachine *the, xsIdentifier id, size_t at, size_t length)
{
	void *bytes;
	xsUnsignedValue count;

	if (isText(the, id, at, length))
		return;
	xsmcSetStringBuffer(xsVar(0), NULL, (xsIntegerValue)length);
	xsmcGetBufferReadable(xsArg(0), &bytes, &count);	/* making the string may have moved it */
	memcpy(xsmcToString(xsVar(0)), (uint8_t *)bytes + at, length);
	xsmcSet(xsArg(3), id, xsVar(0));
}

static void setInteger(xsMachine *the, xsIdentifier id, int value)
{
	xsmcSetInteger(xsVar(0), value);
	xsmcSet(xsArg(3), id, xsVar(0));
}

/**
 * readHead(bytes, from, to, head, mostLine, mostHead): method, minor, path and query into `head`; answers bytes of the head |
 * isJson << 13 | content length + 1 << 14. 0: it is not whole, not well-formed, longer, or decides something else.
 */
void xs_hap_read_head(xsMachine *the)
{
	xsIntegerValue mostLine = xsmcToInteger(xsArg(4));
	xsIntegerValue mostHead = xsmcToInteger(xsArg(5));
	HttpRange range = httpRange(the);
	const uint8_t *at = lineEnd(range.from, range.to, mostLine);
	Content content = { 0, -1 };
	RequestLine line;
	size_t target, question, targetEnd;
	ptrdiff_t bytes;

	xsmcSetInteger(xsResult, 0);
	if (!at || (parseRequestLine(&line, range.from, at - 2) < 0))
		return;
	for (;;) {
		const uint8_t *end = lineEnd(at, range.to, mostLine);
		int isLast = (end == at + 2);

		if (!end || (!isLast && !noteHeader(&content, at, end - 2)))
			return;
		at = end;
		if (isLast)
			break;
	}
	bytes = at - range.from;
	if ((bytes > mostHead) || (bytes > kMostLine))
		return;
	target = (size_t)(line.target - range.start);
	question = (size_t)(line.question - range.start);
	targetEnd = (size_t)(line.end - range.start);
	xsmcVars(1);
	setInteger(the, xsID_method, line.method);
	setInteger(the, xsID_minor, line.minor);
	setText(the, xsID_path, target, question - target);
	setText(the, xsID_query, (question < targetEnd) ? question + 1 : targetEnd, (question < targetEnd) ? targetEnd - question - 1 : 0);
	xsmcSetInteger(xsResult, (xsIntegerValue)(bytes | (content.isJson << 13) | ((content.length + 1) << 14)));
}
