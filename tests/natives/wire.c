/* The natives of modules/wire: what they say of bytes is what a plainer way says of them. */

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include "mc.xs.h"
#include "natives.h"
#include "xsmc.h"

enum { kMostHeadBytes = 300 };

extern void xs_hap_find_byte(xsMachine* the);
extern void xs_hap_is_text(xsMachine* the);
extern void xs_hap_read_header(xsMachine* the);
extern void xs_hap_read_request_line(xsMachine* the);
extern void xs_hap_read_head(xsMachine* the);
extern void xs_hap_count_ids(xsMachine* the);
extern void xs_hap_read_id(xsMachine* the);
extern void xs_hap_is_plain(xsMachine* the);
extern void xs_hap_decimal(xsMachine* the);
extern void xs_hap_json_measure(xsMachine* the);

/** native(bytes, from, to): from 1 on, so that a byte before the range would be seen, too. */
static double ask(void (*native)(xsMachine* the), const uint8_t* bytes, size_t count, const uint8_t* text, double number)
{
	xsMachine machine = { 0 };
	double answer;
	uint8_t* copy = machineAddBuffer(&machine, NULL, count + 1);
	memcpy(copy + 1, bytes, count);
	machineAddNumber(&machine, 1);
	machineAddNumber(&machine, (double)count + 1);
	if (text)
		machineAddText(&machine, text, count);
	else
		machineAddNumber(&machine, number);
	CHECK(machineCall(&machine, native));
	answer = machine.result.number;
	machine.arguments[2].number = (double)count + 2;
	CHECK(!machineCall(&machine, native));
	machineClear(&machine);
	return answer;
}

static int isAll(const uint8_t* bytes, size_t count, int (*holds)(int byte))
{
	for (size_t i = 0; i < count; i++) {
		if (!holds(bytes[i]))
			return 0;
	}
	return 1;
}

static int isTchar(int byte)
{
	return (byte < 128) && (isalnum(byte) || (byte && strchr("!#$%&'*+-.^_`|~", byte)));
}

static int isVisible(int byte)
{
	return (33 <= byte) && (byte < 127);
}

static int isAscii(int byte)
{
	return isVisible(byte) || (' ' == byte) || ('\t' == byte);
}

static int isAny(int byte)
{
	return isAscii(byte) || (128 <= byte);
}

static int isDecimal(int byte)
{
	return ('0' <= byte) && (byte <= '9');
}

static void checkNumber(const uint8_t* bytes, size_t count)
{
	double plain = 0;
	for (size_t i = 0; i < count; i++)
		plain = plain * 10 + (bytes[i] - '0');
	if (!count || !isAll(bytes, count, isDecimal))
		plain = -1;
	if (plain > 9007199254740992.0)
		plain = 9007199254740992.0;
	CHECK(ask(xs_hap_decimal, bytes, count, NULL, 0) == plain);
}

void checkHead(const uint8_t* bytes, size_t count, uint8_t byte)
{
	const uint8_t* found;
	uint8_t text[kMostHeadBytes];
	if (count > kMostHeadBytes)
		count = kMostHeadBytes;
	found = memchr(bytes, byte, count);
	CHECK(ask(xs_hap_find_byte, bytes, count, NULL, byte) == (found ? (double)(found - bytes + 1) : -1));
	CHECK(ask(xs_hap_is_plain, bytes, count, NULL, 0) == isAll(bytes, count, isVisible));
	CHECK(ask(xs_hap_is_plain, bytes, count, NULL, 1) == isAll(bytes, count, isAscii));
	CHECK(ask(xs_hap_is_plain, bytes, count, NULL, 2) == isAll(bytes, count, isAny));
	checkNumber(bytes, count);
	for (size_t i = 0; i < count; i++)
		text[i] = (uint8_t)('0' + bytes[i] % 10);
	checkNumber(text, count);
	if (memchr(bytes, 0, count))
		return;
	CHECK(ask(xs_hap_is_text, bytes, count, bytes, 0) == 1);
	memcpy(text, bytes, count);
	if (!count)
		return;
	text[byte % count] = (text[byte % count] == '-') ? '+' : '-';
	CHECK(ask(xs_hap_is_text, bytes, count, text, 0) == 0);
}

/** Text of words that the bytes choose. */
static size_t compose(char* text, size_t most, const char* const* words, size_t wordCount, const uint8_t* bytes, size_t count)
{
	size_t length = 0;
	for (size_t i = 0; i < count; i++) {
		const char* word = words[bytes[i] % wordCount];
		if (length + strlen(word) > most)
			break;
		memcpy(text + length, word, strlen(word));
		length += strlen(word);
	}
	return length;
}

/* As http-head.ts has it */
static int fieldOf(const char* from, size_t length)
{
	static const char* const kNames[] = { "connection", "content-length", "content-type", "expect", "transfer-encoding" };
	for (int i = 0; i < 5; i++) {
		if ((strlen(kNames[i]) == length) && !strncasecmp(from, kNames[i], length))
			return i + 1;
	}
	return 0;
}

/** Where the colon is, -1 when the line is none. */
static long colonOf(const char* line, size_t length)
{
	const char* colon = memchr(line, ':', length);
	size_t before = colon ? (size_t)(colon - line) : 0;
	if (!before || !isAll((const uint8_t*)line, before, isTchar))
		return -1;
	return isAll((const uint8_t*)colon + 1, length - before - 1, isAny) ? (long)before : -1;
}

static long readHeader(const char* text, size_t length, size_t most)
{
	const char* end = memchr(text, '\n', length);
	long from, to = end ? end - text - 1 : -1;
	int field;
	if ((to < 0) || ('\r' != text[to]) || ((size_t)to + 2 > most))
		return -1;
	from = colonOf(text, (size_t)to);
	if (from < 0)
		return -1;
	field = fieldOf(text, (size_t)from++);
	while ((from < to) && strchr(" \t", text[from]))
		from++;
	while ((from < to) && strchr(" \t", text[to - 1]))
		to--;
	return field | (from << 3) | (to << 16);
}

static long readRequestLine(const char* line, size_t length)
{
	static const char* const kMethods[] = { "GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH" };
	const uint8_t* bytes = (const uint8_t*)line;
	size_t method = 0, target, question;
	long number = 8;
	while ((method < length) && (' ' != line[method]))
		method++;
	target = method + 1;
	while ((target < length) && (' ' != line[target]))
		target++;
	if ((0 == method) || !isAll(bytes, method, isTchar) || (target < method + 2) || (length != target + 9))
		return -400;
	if (strncmp(line + target, " HTTP/", 6) || !isDecimal(line[target + 6]) || ('.' != line[target + 7]) || !isDecimal(line[target + 8]))
		return -400;
	if ('1' != line[target + 6])
		return -505;
	if (('/' != line[method + 1]) || !isAll(bytes + method + 1, target - method - 1, isVisible))
		return -400;
	for (int i = 0; i < 7; i++) {
		if ((strlen(kMethods[i]) == method) && !strncmp(line, kMethods[i], method))
			number = i + 1;
	}
	for (question = method + 1; (question < target) && ('?' != line[question]);)
		question++;
	return number | (('0' != line[target + 8]) << 4) | ((long)method << 5) | ((question < target ? (long)question : 0) << 18);
}

void checkLines(const uint8_t* bytes, size_t count)
{
	static const char* const kWords[] = { "\r\n", "\r\n", "\r", "\n", ":", ": ", " ", "a", "Host: x\r\n", "Content-Length", "conTENT-type",
		"expect", "Connection", "Transfer-Encoding", "\x01", "\x80", "A:b\r\n" };
	static const char* const kStarts[] = { "GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "G", " ", " /", "/", "?", "a=b", "\x01",
		" HTTP/1.1", " HTTP/1.0", " HTTP/1.9", " HTTP/2.0", " HTTP/1,1", "HTTP/" };
	char text[kMostHeadBytes];
	size_t length = compose(text, sizeof(text), kWords, sizeof(kWords) / sizeof(*kWords), bytes, count);
	size_t most = count ? 1 + bytes[0] : 1;
	CHECK(ask(xs_hap_read_header, (uint8_t*)text, length, NULL, (double)most) == readHeader(text, length, most));
	length = compose(text, sizeof(text), kStarts, sizeof(kStarts) / sizeof(*kStarts), bytes, count);
	CHECK(ask(xs_hap_read_request_line, (uint8_t*)text, length, NULL, 0) == readRequestLine(text, length));
}

/** What a header line adds to the answer of readHead(); -1: it is not for it. */
static long contentOf(const char* line, size_t length)
{
	static const char json[] = "application/hap+json";
	long header = readHeader(line, length, length);
	const char* from = line + ((header >> 3) & 0x1fff);
	const char* to = line + (header >> 16);
	double number = 0;
	if ((header < 0) || (0 == (header & 7)))
		return (header < 0) ? -1 : 0;
	if (3 == (header & 7))
		return ((to - from == sizeof(json) - 1) && !strncmp(from, json, sizeof(json) - 1)) ? 1 << 13 : -1;
	if ((2 != (header & 7)) || (from == to) || !isAll((const uint8_t*)from, (size_t)(to - from), isDecimal))
		return -1;
	for (; from < to; from++)
		number = number * 10 + (*from - '0');
	return (number <= 65534) ? ((long)number + 1) << 14 : -1;
}

/** Line by line, `request` is readRequestLine() of the first. */
static long readHead(const char* text, size_t length, size_t mostLine, size_t mostHead, long* request)
{
	long answer = 0, content;
	size_t at = 0;
	for (int i = 0;; i++) {
		const char* end = memchr(text + at, '\n', length - at);
		size_t line = end ? (size_t)(end + 1 - text) - at : 0;
		if ((line < 2) || (line > mostLine) || ('\r' != end[-1]))
			return 0;
		if (0 == i) {
			*request = readRequestLine(text, line - 2);
			if (*request < 0)
				return 0;
		}
		at += line;
		if (i && (2 == line))
			return (at <= mostHead) ? answer | (long)at : 0;
		content = i ? contentOf(text + at - line, line) : 0;
		if ((content < 0) || ((content >> 14) && (answer >> 14)))
			return 0;
		answer |= content;
	}
}

static int isTextOf(const Property* property, const char* from, size_t length)
{
	return (property->count == length) && !memcmp(property->bytes, from, length);
}

/** What a request before this one has left. */
static void setBefore(Value* head)
{
	static char path[] = "/characteristics", query[] = "id=1.9";
	const Value values[] = { { .type = xsStringType, .bytes = (uint8_t*)path, .count = strlen(path) },
		{ .type = xsStringType, .bytes = (uint8_t*)query, .count = strlen(query) } };
	machineSet(head, xsID_path, &values[0]);
	machineSet(head, xsID_query, &values[1]);
}

void checkWholeHead(const uint8_t* bytes, size_t count)
{
	static const char* const kLines[] = { "\r\n", "\r\n", "Host: x\r\n", "Content-Length: 12\r\n", "content-length:0\r\n", "Content-Length: 65535\r\n",
		"Content-Length: 65534 \r\n", "Content-Length: 1", "2\r\n", "Content-Type: application/hap+json\r\n", "Content-Type: application/hap",
		"Connection: close\r\n", "Expect: 100-continue\r\n", "a:b\r\n", "a:", "\n", "\x01", "Transfer-Encoding: chunked\r\n" };
	static const char* const kStarts[] = { "GET / HTTP/1.1\r\n", "PUT /characteristics HTTP/1.1\r\n", "GET /a?b HTTP/1.0\r\n", "X /?? HTTP/1.7\r\n",
		"POST /a HTTP/2.0\r\n", "GET / HTTP/1.1\n", "GET", "DELETE /characteristics?id=1.9 HTTP/1.1\r\n", "\r\n" };
	char text[kMostHeadBytes];
	size_t start = count ? bytes[0] : 0;
	size_t length = compose(text, sizeof(text), kStarts, sizeof(kStarts) / sizeof(*kStarts), bytes, count ? 1 : 0);
	size_t mostLine = 20 + start, mostHead = 60 + start;
	long request = -1, expected;
	xsMachine machine = { 0 };
	uint8_t* copy;
	if (count)
		length += compose(text + length, sizeof(text) - length, kLines, sizeof(kLines) / sizeof(*kLines), bytes + 1, count - 1);
	expected = readHead(text, length, mostLine, mostHead, &request);
	copy = machineAddBuffer(&machine, NULL, length + 1);
	memcpy(copy + 1, text, length);
	machineAddNumber(&machine, 1);
	machineAddNumber(&machine, (double)length + 1);
	machineAddObject(&machine);
	machineAddNumber(&machine, (double)mostLine);
	machineAddNumber(&machine, (double)mostHead);
	if (start & 1)
		setBefore(&machine.arguments[3]);
	CHECK(machineCall(&machine, xs_hap_read_head) && (machine.result.number == expected));
	CHECK(expected || (start & 1) || (xsUndefinedType == machine.arguments[3].properties[xsID_method].type));
	if (expected) {
		const Property* head = machine.arguments[3].properties;
		long target = ((request >> 5) & 0x1fff) + 1, question = request >> 18;
		const char* end = memchr(text, '\r', length);
		end -= strlen(" HTTP/1.1");
		CHECK((head[xsID_method].number == (request & 15)) && (head[xsID_minor].number == ((request >> 4) & 1)));
		CHECK(isTextOf(&head[xsID_path], text + target, (question ? (size_t)question : (size_t)(end - text)) - (size_t)target));
		CHECK(isTextOf(&head[xsID_query], text + question + 1, question ? (size_t)(end - text - question - 1) : 0));
	}
	machine.arguments[2].number = (double)length + 2;
	CHECK(!machineCall(&machine, xs_hap_read_head));
	machineClear(&machine);
}

/** From the end, where the number ends; -1: none, or none of ours. */
static double numberBefore(const char* text, size_t* end)
{
	size_t digits = 0;
	double number = 0;
	while ((digits < *end) && isDecimal(text[*end - digits - 1]))
		digits++;
	for (size_t i = *end - digits; i < *end; i++)
		number = number * 10 + (text[i] - '0');
	*end -= digits;
	return (digits && (number < 9007199254740992.0)) ? number : -1;
}

/** Ids from the last to the first, into `ids`; how many, -1 when one is none. */
static int idsOf(const char* text, size_t end, double ids[][2])
{
	int count = 0;
	for (;;) {
		double aid = -1, iid = numberBefore(text, &end);
		if ((iid >= 0) && end && ('.' == text[end - 1])) {
			end--;
			aid = numberBefore(text, &end);
		}
		if (aid < 0)
			return -1;
		ids[count][0] = aid;
		ids[count++][1] = iid;
		if (0 == end)
			return count;
		if (',' != text[--end])
			return -1;
	}
}

void checkIds(const uint8_t* bytes, size_t count)
{
	static const char* const kWords[] = { "1.1", "1.9", "0", "1", "7", "9007199254740991", ".", ".", ",", ",", "&", "12.34," };
	char text[kMostHeadBytes];
	double ids[kMostHeadBytes][2];
	size_t length = compose(text, sizeof(text), kWords, sizeof(kWords) / sizeof(*kWords), bytes, count);
	int expected = idsOf(text, length, ids);
	xsMachine machine = { 0 };
	machineAddText(&machine, (uint8_t*)text, length);
	machineAddText(&machine, (const uint8_t*)"", 0);
	CHECK(machineCall(&machine, xs_hap_count_ids) && (machine.result.number == expected));
	machineClear(&machine);
	machineAddText(&machine, (uint8_t*)text, length);
	machineAddNumber(&machine, 0);
	machineAddObject(&machine);
	for (int i = expected; i-- > 0;) {
		CHECK(machineCall(&machine, xs_hap_read_id));
		CHECK((machine.arguments[2].properties[xsID_aid].number == ids[i][0]) && (machine.arguments[2].properties[xsID_iid].number == ids[i][1]));
		machine.arguments[1].number = machine.result.number;
	}
	if (expected > 0)
		CHECK((machine.arguments[1].number == (double)length + 1) && !machineCall(&machine, xs_hap_read_id));
	machineClear(&machine);
}

static int isWithin(xsMachine* machine, int depth, int containers, int values)
{
	machine->arguments[1].number = depth;
	machine->arguments[2].number = containers;
	machine->arguments[3].number = values;
	CHECK(machineCall(machine, xs_hap_json_measure));
	return 0 != machine->result.number;
}

void checkJsonLimits(const uint8_t* bytes, size_t count)
{
	static const char kBytes[] = "{}[],:\"\\1 ";
	xsMachine machine = { 0 };
	uint8_t* json = machineAddBuffer(&machine, NULL, count);
	int depth = 0, deepest = 0, containers = 0, values = 1, isText = 0;
	for (size_t i = 0; i < count; i++)
		json[i] = (uint8_t)kBytes[bytes[i] % (sizeof(kBytes) - 1)];
	for (size_t i = 0; i < count; i++) {
		if (isText) {
			if ('\\' == json[i])
				i++;
			else
				isText = ('"' != json[i]);
			continue;
		}
		isText = ('"' == json[i]);
		depth += ('{' == json[i] || '[' == json[i]) - ('}' == json[i] || ']' == json[i]);
		containers += ('{' == json[i] || '[' == json[i]);
		values += ('{' == json[i] || '[' == json[i] || ',' == json[i]);
		if (depth > deepest)
			deepest = depth;
	}
	for (int i = 1; i <= 3; i++)
		machineAddNumber(&machine, 0);
	CHECK(isWithin(&machine, deepest, containers, values));
	CHECK(!deepest || !isWithin(&machine, deepest - 1, containers, values));
	CHECK(!containers || !isWithin(&machine, deepest, containers - 1, values));
	CHECK(!isWithin(&machine, deepest, containers, values - 1) || values == 1);
	machineClear(&machine);
}

/* Names, as json.ts has them */
static int isHapName(const char* from, size_t length)
{
	static const char kNames[] = ",aid,authData,characteristics,ev,iid,pid,r,remote,ttl,value,";
	char name[kMostHeadBytes + 3];
	snprintf(name, sizeof(name), ",%.*s,", (int)length, from);
	return !memchr(from, ',', length) && (strlen(name) == length + 2) && (NULL != strstr(kNames, name));
}

/** Strings that a colon, or the beginning of a list, does not come before are HAP's names. */
void checkJsonNames(const uint8_t* bytes, size_t count)
{
	static const char* const kWords[] = { "{", "}", "[", "]", ",", ":", " ", "\n", "\"aid\"", "\"value\"", "\"characteristics\"", "\"x\"", "\"aidd\"",
		"\"\"", "\"a\\u0069d\"", "\"ai", "\\", "\"", "1", "\x01", "\"authData\"", "\"aid,ev\"" };
	char text[kMostHeadBytes];
	size_t length = compose(text, sizeof(text), kWords, sizeof(kWords) / sizeof(*kWords), bytes, count);
	char before = 0;
	int expected = 2;
	xsMachine machine = { 0 };
	for (size_t i = 0; i < length; i++) {
		size_t from = i + 1;
		if ('"' != text[i]) {
			before = strchr(" \t\r\n", text[i]) ? before : text[i];
			continue;
		}
		for (i = from; (i < length) && ('"' != text[i]); i++)
			i += ('\\' == text[i]);
		i = (i < length) ? i : length;
		if (!strchr(":[", before ? before : '-') && !isHapName(text + from, i - from))
			expected = 1;
		before = '"';
	}
	machineAddBuffer(&machine, (uint8_t*)text, length);
	for (int i = 1; i <= 3; i++)
		machineAddNumber(&machine, 1000);
	CHECK(machineCall(&machine, xs_hap_json_measure) && (machine.result.number == expected));
	machineClear(&machine);
}
