/*
 * The natives of modules/ with arguments of every length, kind and overlap. Whatever they are given they throw or answer, touch
 * nothing beside their arguments, and answer what a plainer way to the same result answers.
 */

#include <string.h>
#include "input.h"
#include "natives.h"
#include "xsmc.h"

enum { kMostBytes = 1100, kHashBytes = 64, kTagBytes = 16 };

typedef void (*Native)(xsMachine* the);

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

/* Hashes: how the message is cut changes nothing, nor where the digest goes */

/** The digest of a message of two parts, under a key where the native takes one. */
static void hash(uint8_t digest[kHashBytes], Native native, const uint8_t* message, size_t cut, size_t count)
{
	xsMachine machine = { 0 };
	uint8_t* into = machineAddBuffer(&machine, NULL, kHashBytes);
	if (xs_hap_hmac_sha512 == native)
		machineAddBuffer(&machine, message, cut);
	machineAddBuffer(&machine, message, cut);
	machineAddBuffer(&machine, message + cut, count - cut);
	CHECK(machineCall(&machine, native));
	memcpy(digest, into, kHashBytes);
	machineClear(&machine);
}

/** RFC 2104, from the hash alone. */
static void plainHmac(uint8_t code[kHashBytes], const uint8_t* key, size_t keyBytes, const uint8_t* message, size_t count)
{
	enum { kBlockBytes = 128 };
	uint8_t bytes[2 * kBlockBytes + kMostBytes] = { 0 };
	uint8_t outer[kBlockBytes + kHashBytes];
	if (keyBytes > kBlockBytes)
		hash(bytes, xs_hap_sha512, key, 0, keyBytes);
	else
		memcpy(bytes, key, keyBytes);
	for (int i = 0; i < kBlockBytes; i++) {
		outer[i] = bytes[i] ^ 0x5c;
		bytes[i] ^= 0x36;
	}
	memcpy(bytes + kBlockBytes, message, count);
	hash(outer + kBlockBytes, xs_hap_sha512, bytes, 0, kBlockBytes + count);
	hash(code, xs_hap_sha512, outer, 0, sizeof(outer));
}

void checkHashOfParts(const uint8_t* message, size_t count, size_t cut)
{
	uint8_t whole[kHashBytes], parts[kHashBytes];
	hash(whole, xs_hap_sha512, message, 0, count);
	hash(parts, xs_hap_sha512, message, cut, count);
	CHECK(!memcmp(whole, parts, kHashBytes));
	plainHmac(whole, message, cut, message, count);
	hash(parts, xs_hap_hmac_sha512, message, cut, count);
	CHECK(!memcmp(whole, parts, kHashBytes));
}

void checkHashOverItself(const uint8_t* message, size_t count, size_t at)
{
	xsMachine machine = { 0 };
	uint8_t apart[kHashBytes];
	if (count < kHashBytes)
		return;
	hash(apart, xs_hap_sha512, message, 0, count);

	/* the digest is the first argument, so the message is made first and both are parts of it */
	machineAddBuffer(&machine, message, count);
	machineAddPart(&machine, 0, at % (count - kHashBytes + 1), kHashBytes);
	machineAddPart(&machine, 0, 0, count);
	Value whole = machine.arguments[0];
	memmove(machine.arguments, machine.arguments + 1, 2 * sizeof(Value));
	machine.count = 2;
	CHECK(machineCall(&machine, xs_hap_sha512) && !memcmp(machine.arguments[0].bytes, apart, kHashBytes));
	free(whole.bytes);
	machineClear(&machine);
}

/* AEAD: what is sealed opens, what was changed does not and stays as it is */

void checkSealed(const uint8_t* text, size_t count, size_t aadBytes, size_t flipped)
{
	xsMachine machine = { 0 };
	uint8_t key[32] = { 1, 2, 3 };
	uint8_t before[kMostBytes + kTagBytes];
	size_t textBytes = count - aadBytes;
	uint8_t* buffer;
	machineAddBuffer(&machine, key, sizeof(key));
	machineAddNumber(&machine, 4294967296.0);
	buffer = machineAddBuffer(&machine, NULL, count + kTagBytes);
	memcpy(buffer, text, count);
	machineAddNumber(&machine, (double)aadBytes);
	machineAddNumber(&machine, (double)textBytes);
	CHECK(machineCall(&machine, xs_hap_aead_seal) && !memcmp(buffer, text, aadBytes));

	buffer[flipped % (count + kTagBytes)] ^= 0x10;
	memcpy(before, buffer, count + kTagBytes);
	CHECK(machineCall(&machine, xs_hap_aead_open) && (0 == machine.result.number));
	CHECK(!memcmp(before, buffer, count + kTagBytes));
	buffer[flipped % (count + kTagBytes)] ^= 0x10;
	CHECK(machineCall(&machine, xs_hap_aead_open) && (1 == machine.result.number) && !memcmp(buffer, text, count));
	machineClear(&machine);
}

/* The modular power, against 64 bits of it done plainly */

static uint64_t plainPower(uint64_t base, uint64_t exponent, uint64_t modulus, uint64_t factor)
{
	unsigned __int128 power = factor % modulus, square = base % modulus;
	for (; exponent; exponent >>= 1) {
		if (exponent & 1)
			power = power * square % modulus;
		square = square * square % modulus;
	}
	return (uint64_t)(power % modulus);
}

static uint8_t* addWord(xsMachine* the, uint64_t word)
{
	uint8_t bytes[8];
	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)(word >> (56 - 8 * i));
	return machineAddBuffer(the, bytes, sizeof(bytes));
}

/** The power takes the place of one of the numbers that it is made of. */
static void checkPowerOver(xsMachine* the, int over, uint64_t power)
{
	uint8_t before[8];
	uint8_t* bytes = the->arguments[over].bytes;
	Value own = the->arguments[0];
	uint64_t answer = 0;
	memcpy(before, bytes, sizeof(before));
	the->arguments[0] = the->arguments[over];
	CHECK(machineCall(the, xs_hap_mod_pow));
	for (int i = 0; i < 8; i++)
		answer = answer << 8 | bytes[i];
	CHECK(answer == power);
	memcpy(bytes, before, sizeof(before));
	the->arguments[0] = own;
}

void checkPower(uint64_t base, uint64_t exponent, uint64_t modulus, uint64_t factor)
{
	xsMachine machine = { 0 };
	uint64_t power = 0;
	uint8_t* bytes;
	modulus |= 1;
	bytes = addWord(&machine, 0);
	addWord(&machine, base % modulus);
	addWord(&machine, exponent);
	addWord(&machine, modulus);
	addWord(&machine, factor % modulus);
	CHECK(machineCall(&machine, xs_hap_mod_pow));
	for (int i = 0; i < 8; i++)
		power = power << 8 | bytes[i];
	CHECK(plainPower(base, exponent, modulus, factor) == power);
	for (int over = 1; over <= 4; over++)
		checkPowerOver(&machine, over, power);
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
		checkIds(bytes, count);
		checkJsonLimits(bytes, count);
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
