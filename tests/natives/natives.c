/*
 * The natives of modules/ with arguments of every length, kind and overlap. Whatever they are given they throw or answer, touch
 * nothing beside their arguments, and answer what a plainer way to the same result answers.
 */

#include <string.h>
#include "input.h"
#include "natives.h"
#include "xsmc.h"

enum { kMostBytes = 1100 };

extern void xs_hap_sha512(xsMachine* the);
extern void xs_hap_hmac_sha512(xsMachine* the);
extern void xs_hap_hkdf_sha512(xsMachine* the);
extern void xs_hap_x25519(xsMachine* the);
extern void xs_hap_x25519_public_key(xsMachine* the);
extern void xs_hap_ed25519_public_key(xsMachine* the);
extern void xs_hap_ed25519_sign(xsMachine* the);
extern void xs_hap_ed25519_verify(xsMachine* the);
extern void xs_hap_aead_seal(xsMachine* the);
extern void xs_hap_aead_open(xsMachine* the);
extern void xs_hap_constant_time_equal(xsMachine* the);
extern void xs_hap_wipe(xsMachine* the);
extern void xs_hap_mod_pow(xsMachine* the);
extern void xs_hap_random(xsMachine* the);
extern void xs_hap_text_bytes(xsMachine* the);
extern void xs_hap_put_text(xsMachine* the);
extern void xs_hap_put_texts(xsMachine* the);
extern void xs_hap_copy_bytes(xsMachine* the);
extern void xs_hap_decode_text(xsMachine* the);

/* Any arguments */

static const Native kNatives[] = {
	xs_hap_sha512, xs_hap_hmac_sha512, xs_hap_hkdf_sha512, xs_hap_x25519, xs_hap_x25519_public_key, xs_hap_ed25519_public_key,
	xs_hap_ed25519_sign, xs_hap_ed25519_verify, xs_hap_aead_seal, xs_hap_aead_open, xs_hap_wipe, xs_hap_mod_pow,
};

/** Lengths that some native asks for, among any others. */
static size_t lengthOf(Input* input)
{
	static const uint16_t kLengths[] = { 0, 1, 4, 8, 12, 16, 32, 33, 63, 64, 128, 384, 388 };
	uint8_t choice = inputByte(input);
	size_t known = sizeof(kLengths) / sizeof(kLengths[0]);
	return (choice < 128) ? kLengths[choice % known] : inputNumber(input, kMostBytes);
}

static void addBytes(xsMachine* the, Input* input)
{
	uint8_t bytes[kMostBytes] = { 0 };
	size_t length = lengthOf(input);
	size_t given = inputNumber(input, length);
	inputCopy(input, bytes, &given);
	machineAddBuffer(the, bytes, length);
}

static void addPart(xsMachine* the, Input* input)
{
	int of = (int)inputNumber(input, (size_t)the->count - 1);
	if (xsBufferType != the->arguments[of].type) {
		addBytes(the, input);
		return;
	}
	size_t from = inputNumber(input, the->arguments[of].count);
	size_t length = lengthOf(input);
	if (length > the->arguments[of].count - from)
		length = the->arguments[of].count - from;
	machineAddPart(the, of, from, length);
}

static void addArgument(xsMachine* the, Input* input)
{
	uint8_t text[16];
	size_t count = sizeof(text);
	uint8_t kind = inputByte(input) % 8;
	if ((kind == 0) && the->count) {
		addPart(the, input);
		return;
	}
	switch (kind) {
	case 1:
		machineAddNumber(the, (double)inputNumber(input, kMostBytes));
		break;
	case 2:
		machineAddNumber(the, -1.5 * inputByte(input));
		break;
	case 3:
		count = inputNumber(input, sizeof(text));
		inputCopy(input, text, &count);
		machineAddText(the, text, count);
		break;
	default:
		addBytes(the, input);
		break;
	}
}

static void callAny(Input* input)
{
	xsMachine machine = { 0 };
	Native native = kNatives[inputByte(input) % (sizeof(kNatives) / sizeof(kNatives[0]))];
	int count = (int)inputNumber(input, kMostArguments);
	for (int i = 0; i < count; i++)
		addArgument(&machine, input);
	machineCall(&machine, native);
	machineClear(&machine);
}

/* Text */

/** What decodes is written again as the same bytes, and nothing is written where there is no room. */
void checkText(const uint8_t* bytes, size_t count, size_t at)
{
	xsMachine machine = { 0 };
	uint8_t* target;
	machineAddBuffer(&machine, bytes, count);
	machineAddNumber(&machine, 0);
	machineAddNumber(&machine, (double)count);
	CHECK(machineCall(&machine, xs_hap_decode_text));
	if (xsUndefinedType == machine.result.type) {
		machineClear(&machine);
		return;
	}
	CHECK((machine.result.count == count) && !memcmp(machine.result.bytes, bytes, count) && !memchr(bytes, 0, count));
	machineClear(&machine);
	target = machineAddBuffer(&machine, NULL, count + at);
	machineAddNumber(&machine, (double)at);
	machineAddText(&machine, bytes, count);
	CHECK(machineCall(&machine, xs_hap_put_text) && (machine.result.number == count) && !memcmp(target + at, bytes, count));
	machine.arguments[1].number = (double)at + 1;
	CHECK(!machineCall(&machine, xs_hap_put_text));
	machineClear(&machine);
	target = machineAddBuffer(&machine, NULL, 2 * count + at);
	machineAddNumber(&machine, (double)at);
	machineAddNumber(&machine, (double)(2 * count + at));
	machineAddText(&machine, bytes, count);
	machineAddText(&machine, bytes, count);
	CHECK(machineCall(&machine, xs_hap_put_texts) && (machine.result.number == 2 * count + at));
	CHECK(!memcmp(target + at, bytes, count) && !memcmp(target + at + count, bytes, count));
	machine.arguments[2].number -= 1;
	CHECK(machineCall(&machine, xs_hap_put_texts) == (0 < count) && (!count || (-1 == machine.result.number)));
	machine.arguments[2].number += 2;
	CHECK(!machineCall(&machine, xs_hap_put_texts));
	machineClear(&machine);
	machineAddText(&machine, bytes, count);
	CHECK(machineCall(&machine, xs_hap_text_bytes) && (machine.result.number == count));
	machineClear(&machine);
}

/** Any part of the bytes, to any place of a buffer of `room`; then within the bytes themselves. */
void checkCopy(const uint8_t* bytes, size_t count, size_t room, size_t at)
{
	xsMachine machine = { 0 };
	size_t from = count / 3;
	uint8_t* target = machineAddBuffer(&machine, NULL, room);
	machineAddNumber(&machine, (double)at);
	machineAddBuffer(&machine, bytes, count);
	machineAddNumber(&machine, (double)from);
	machineAddNumber(&machine, (double)count);
	if (!machineCall(&machine, xs_hap_copy_bytes))
		CHECK((at > room) || (count - from > room - at));
	else
		CHECK((at <= room) && (count - from <= room - at) && !memcmp(target + at, bytes + from, count - from));
	machine.arguments[1].number = 0;
	machine.arguments[4].number = (double)count + 1;
	CHECK(!machineCall(&machine, xs_hap_copy_bytes));
	machineClear(&machine);
	target = machineAddBuffer(&machine, bytes, count);
	machineAddNumber(&machine, 0);
	machineAddPart(&machine, 0, 0, count);
	machineAddNumber(&machine, (double)from);
	machineAddNumber(&machine, (double)count);
	CHECK(machineCall(&machine, xs_hap_copy_bytes) && !memcmp(target, bytes + from, count - from));
	machineClear(&machine);
}

void checkEqual(const uint8_t* a, const uint8_t* b, size_t count, size_t less)
{
	xsMachine machine = { 0 };
	machineAddBuffer(&machine, a, count);
	machineAddBuffer(&machine, b, count - less);
	CHECK(machineCall(&machine, xs_hap_constant_time_equal));
	CHECK(machine.result.number == (!less && !memcmp(a, b, count)));
	machineClear(&machine);
}

static void checkRandom(size_t count)
{
	xsMachine machine = { 0 };
	machineAddBuffer(&machine, NULL, count);
	CHECK(machineCall(&machine, xs_hap_random));
	machineClear(&machine);
}

/* An input */

static uint64_t word(Input* input)
{
	uint64_t word = 0;
	for (int i = 0; i < 8; i++)
		word = word << 8 | inputByte(input);
	return word;
}

static void checkNative(uint8_t which, Input* input)
{
	uint8_t bytes[kMostBytes] = { 0 };
	size_t length = inputNumber(input, kMostBytes);
	size_t place = inputNumber(input, kMostBytes);
	size_t count = length;
	if (which == 4) {
		uint64_t base = word(input), exponent = word(input), modulus = word(input);
		checkPower(base, exponent, modulus, word(input));
		return;
	}
	inputCopy(input, bytes, &count);
	switch (which) {
	case 1:
		checkHashOfParts(bytes, length, place % (length + 1));
		break;
	case 2:
		checkHashOverItself(bytes, length, place);
		break;
	case 3:
		checkSealed(bytes, length, place % (length + 1), place * 7);
		break;
	case 5:
		checkText(bytes, count, place);
		checkCopy(bytes, count, length, place);
		break;
	case 6:
		checkEqual(bytes, bytes + place % (kMostBytes - length + 1), length, place % 3 ? 0 : length / 2);
		break;
	case 7:
		checkHead(bytes, count, (uint8_t)place);
		checkLines(bytes, count);
		checkWholeHead(bytes, count);
		checkIds(bytes, count);
		checkJsonLimits(bytes, count);
		checkJsonNames(bytes, count);
		break;
	default:
		checkRandom(length);
		break;
	}
}

void onNativesInput(const uint8_t* bytes, size_t count)
{
	Input input = { bytes, count };
	uint8_t which = inputByte(&input) % 16;
	if (which < 8)
		checkNative(which, &input);
	else if (which < 12)
		callAny(&input);
	else
		onHostInput(&input);
}
