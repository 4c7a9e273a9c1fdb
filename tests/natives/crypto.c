/* The natives of modules/crypto, held against plainer ways to the same result. */

#include <stdlib.h>
#include <string.h>
#include "natives.h"
#include "xsmc.h"

enum { kMostBytes = 1100, kHashBytes = 64, kTagBytes = 16 };

extern void xs_hap_sha512(xsMachine* the);
extern void xs_hap_hmac_sha512(xsMachine* the);
extern void xs_hap_aead_seal(xsMachine* the);
extern void xs_hap_aead_open(xsMachine* the);
extern void xs_hap_mod_pow(xsMachine* the);

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
