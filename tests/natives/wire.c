/* The natives of modules/wire: what they say of bytes is what a plainer way says of them. */

#include <ctype.h>
#include <string.h>
#include "natives.h"
#include "xsmc.h"

enum { kMostHeadBytes = 300 };

extern void xs_hap_find_byte(xsMachine* the);
extern void xs_hap_is_text(xsMachine* the);
extern void xs_hap_is_name(xsMachine* the);
extern void xs_hap_is_token(xsMachine* the);
extern void xs_hap_is_plain(xsMachine* the);
extern void xs_hap_decimal(xsMachine* the);
extern void xs_hap_json_is_within(xsMachine* the);

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
	CHECK(ask(xs_hap_is_token, bytes, count, NULL, 0) == (count && isAll(bytes, count, isTchar)));
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
	for (size_t i = 0; i < count; i++)
		text[i] = ((bytes[i] < 128) && isupper(bytes[i])) ? (uint8_t)tolower(bytes[i]) : bytes[i];
	CHECK(ask(xs_hap_is_name, bytes, count, text, 0) == 1);
	CHECK(ask(xs_hap_is_text, bytes, count, text, 0) == !memcmp(bytes, text, count));
	if (!count)
		return;
	text[byte % count] = (text[byte % count] == '-') ? '+' : '-';
	CHECK(ask(xs_hap_is_name, bytes, count, text, 0) == 0);
}

static int isWithin(xsMachine* machine, int depth, int containers, int values)
{
	machine->arguments[1].number = depth;
	machine->arguments[2].number = containers;
	machine->arguments[3].number = values;
	CHECK(machineCall(machine, xs_hap_json_is_within));
	return (int)machine->result.number;
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
