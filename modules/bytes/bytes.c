/* Text in and out of byte buffers. XS keeps strings as UTF-8, with U+0000 as C0 80. */

#include <string.h>
#include <stdint.h>
#include "xsmc.h"

void xs_hap_text_bytes(xsMachine* the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)strlen(xsmcToString(xsArg(0))));
}

void xs_hap_put_text(xsMachine* the)
{
	xsIntegerValue at = xsmcToInteger(xsArg(1));
	void* target;
	xsUnsignedValue targetBytes;
	size_t textBytes;
	const char* text;

	text = xsmcToString(xsArg(2));
	textBytes = strlen(text);
	xsmcGetBufferWritable(xsArg(0), &target, &targetBytes);
	if ((at < 0) || ((size_t)at > targetBytes) || (textBytes > targetBytes - (size_t)at))
		xsRangeError("text does not fit");
	memcpy((uint8_t*)target + at, text, textBytes);
	xsmcSetInteger(xsResult, (xsIntegerValue)textBytes);
}

/** putTexts(target, at, limit, ...texts) */
void xs_hap_put_texts(xsMachine* the)
{
	enum { kFirst = 3 };
	xsIntegerValue at = xsmcToInteger(xsArg(1));
	xsIntegerValue limit = xsmcToInteger(xsArg(2));
	xsIntegerValue count = xsmcArgc;
	void* target;
	xsUnsignedValue targetBytes;
	size_t length = 0;
	xsIntegerValue i;

	for (i = kFirst; i < count; i++)
		length += strlen(xsmcToString(xsArg(i)));
	xsmcGetBufferWritable(xsArg(0), &target, &targetBytes);
	if ((at < 0) || (limit < at) || ((xsUnsignedValue)limit > targetBytes))
		xsRangeError("invalid range");
	xsmcSetInteger(xsResult, -1);
	if (length > (size_t)(limit - at))
		return;
	for (i = kFirst; i < count; i++) {
		const char* text = xsmcToString(xsArg(i));
		size_t textLength = strlen(text);
		memcpy((uint8_t*)target + at, text, textLength);
		at += (xsIntegerValue)textLength;
	}
	xsmcSetInteger(xsResult, at);
}

/** copyBytes(target, at, source, from, to) */
void xs_hap_copy_bytes(xsMachine* the)
{
	xsIntegerValue at = xsmcToInteger(xsArg(1));
	xsIntegerValue from = xsmcToInteger(xsArg(3));
	xsIntegerValue to = xsmcToInteger(xsArg(4));
	void *target, *source;
	xsUnsignedValue targetBytes, sourceBytes;

	xsmcGetBufferWritable(xsArg(0), &target, &targetBytes);
	xsmcGetBufferReadable(xsArg(2), &source, &sourceBytes);
	if ((at < 0) || (from < 0) || (to < from) || ((xsUnsignedValue)to > sourceBytes) || ((xsUnsignedValue)at > targetBytes)
		|| ((xsUnsignedValue)(to - from) > targetBytes - (xsUnsignedValue)at))
		xsRangeError("invalid range");
	memmove((uint8_t*)target + at, (const uint8_t*)source + from, (size_t)(to - from));
}

enum { kDigits = 11 };		/* of the longest integer, with its sign */

/** The digits of the value, up to `end`; answers where they begin. */
static char* putDigits(char* end, xsIntegerValue value)
{
	uint32_t left = (value < 0) ? 0 - (uint32_t)value : (uint32_t)value;
	do {
		*--end = (char)('0' + (left % 10));
		left /= 10;
	} while (left);
	if (value < 0)
		*--end = '-';
	return end;
}

/** The text of an argument: an integer's in `digits`, any other value becomes its text where it is, which may move at the next allocation. */
static const char* textOf(xsMachine* the, xsIntegerValue argument, char* digits, size_t* length)
{
	if (xsmcTypeOf(xsArg(argument)) == xsIntegerType) {
		const char* text = putDigits(digits + kDigits, xsmcToInteger(xsArg(argument)));
		*length = (size_t)(digits + kDigits - text);
		return text;
	}
	else {
		const char* text = xsmcToString(xsArg(argument));
		*length = strlen(text);
		return text;
	}
}

/** joinText(...parts): as String() shows them */
void xs_hap_join_text(xsMachine* the)
{
	xsIntegerValue count = xsmcArgc;
	char digits[kDigits];
	size_t length = 0;
	size_t partLength;
	xsIntegerValue i;
	char* to;

	for (i = 0; i < count; i++) {
		textOf(the, i, digits, &partLength);
		length += partLength;
	}
	xsmcSetStringBuffer(xsResult, NULL, (xsIntegerValue)length);
	to = xsmcToString(xsResult);
	for (i = 0; i < count; i++) {
		const char* part = textOf(the, i, digits, &partLength);
		memcpy(to, part, partLength);
		to += partLength;
	}
}

/* RFC 3629 section 4: how many bytes the sequence at `bytes` has, 0 when it is none */
static size_t sequenceBytes(const uint8_t* bytes, size_t count)
{
	uint8_t first = bytes[0];
	uint8_t low = 0x80, high = 0xBF;
	size_t length;
	size_t i;
	if (0 == first)
		return 0;
	if (first < 0x80)
		return 1;
	if ((first < 0xC2) || (0xF4 < first))
		return 0;
	length = (first < 0xE0) ? 2 : (first < 0xF0) ? 3 : 4;
	if (count < length)
		return 0;
	if (0xE0 == first)
		low = 0xA0;			/* overlong */
	else if (0xED == first)
		high = 0x9F;		/* surrogates */
	else if (0xF0 == first)
		low = 0x90;
	else if (0xF4 == first)
		high = 0x8F;		/* above U+10FFFF */
	if ((bytes[1] < low) || (high < bytes[1]))
		return 0;
	for (i = 2; i < length; i++) {
		if ((bytes[i] < 0x80) || (0xBF < bytes[i]))
			return 0;
	}
	return length;
}

/** decodeText(bytes, from, to): undefined when it is no UTF-8 */
void xs_hap_decode_text(xsMachine* the)
{
	xsIntegerValue from = xsmcToInteger(xsArg(1));
	xsIntegerValue to = xsmcToInteger(xsArg(2));
	void* data;
	xsUnsignedValue count;
	size_t at;

	xsmcGetBufferReadable(xsArg(0), &data, &count);
	if ((from < 0) || (to < from) || ((xsUnsignedValue)to > count))
		xsRangeError("invalid range");
	for (at = (size_t)from; at < (size_t)to;) {
		size_t length = sequenceBytes((const uint8_t*)data + at, (size_t)to - at);
		if (0 == length)
			return;
		at += length;
	}
	/* the string is made before the bytes are looked up again: making it may move them */
	xsmcSetStringBuffer(xsResult, NULL, to - from);
	xsmcGetBufferReadable(xsArg(0), &data, &count);
	memcpy(xsmcToString(xsResult), (const uint8_t*)data + from, (size_t)(to - from));
}
