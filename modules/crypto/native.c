/*
 * The natives of native.ts, over libsodium: its Debian or Homebrew package on a desktop, its IDF component on ESP32.
 *
 * Numbers and strings are read first and the pointers into buffers last, with nothing allocated in between: XS moves chunks
 * when it collects. What the C stack held of a secret is wiped before the function returns.
 */

#include "xsmc.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

enum {
	kHashBytes = crypto_hash_sha512_BYTES,
	kKeyBytes = 32,
	kSignatureBytes = crypto_sign_BYTES,
	kNonceBytes = crypto_aead_chacha20poly1305_ietf_NPUBBYTES,
	kNonceZeros = 4,
	kTagBytes = crypto_aead_chacha20poly1305_ietf_ABYTES,
};

static const double kLastCount = 9007199254740991.0;	// of the integers that a double holds exactly

typedef struct {
	uint8_t *bytes;
	xsUnsignedValue count;
} Buffer;

static Buffer readable(xsMachine *the, int index)
{
	Buffer buffer;
	if (index >= xsmcArgc)
		xsTypeError("buffer missing");
	xsmcGetBufferReadable(xsArg(index), (void **)&buffer.bytes, &buffer.count);
	return buffer;
}

static Buffer writable(xsMachine *the, int index)
{
	Buffer buffer;
	if (index >= xsmcArgc)
		xsTypeError("buffer missing");
	xsmcGetBufferWritable(xsArg(index), (void **)&buffer.bytes, &buffer.count);
	return buffer;
}

static const uint8_t *readExactly(xsMachine *the, int index, xsUnsignedValue count)
{
	Buffer buffer = readable(the, index);
	if (buffer.count != count)
		xsRangeError("invalid length");
	return buffer.bytes;
}

static uint8_t *writeExactly(xsMachine *the, int index, xsUnsignedValue count)
{
	Buffer buffer = writable(the, index);
	if (buffer.count != count)
		xsRangeError("invalid length");
	return buffer.bytes;
}

/** Chooses the implementations for this processor; only the first call does something. */
static void needSodium(xsMachine *the)
{
	static uint8_t ready;
	if (ready)
		return;
	if (sodium_init() < 0)
		xsUnknownError("libsodium does not start");
	ready = 1;
}

/** sha512(digest, ...parts) */
void xs_hap_sha512(xsMachine *the)
{
	crypto_hash_sha512_state state;
	uint8_t *digest = writeExactly(the, 0, kHashBytes);

	crypto_hash_sha512_init(&state);
	for (int i = 1; i < xsmcArgc; i++) {
		Buffer part = readable(the, i);
		crypto_hash_sha512_update(&state, part.bytes, part.count);
	}
	crypto_hash_sha512_final(&state, digest);
	sodium_memzero(&state, sizeof(state));
}

/** hmacSha512(code, key, ...parts) */
void xs_hap_hmac_sha512(xsMachine *the)
{
	crypto_auth_hmacsha512_state state;
	uint8_t *code = writeExactly(the, 0, kHashBytes);
	Buffer key = readable(the, 1);

	crypto_auth_hmacsha512_init(&state, key.bytes, key.count);
	for (int i = 2; i < xsmcArgc; i++) {
		Buffer part = readable(the, i);
		crypto_auth_hmacsha512_update(&state, part.bytes, part.count);
	}
	crypto_auth_hmacsha512_final(&state, code);
	sodium_memzero(&state, sizeof(state));
}

/** RFC 5869 §2, for one block of output. */
static void deriveKey(uint8_t block[kHashBytes], Buffer key, const char *salt, const char *info)
{
	static const uint8_t kFirst = 1;
	crypto_auth_hmacsha512_state state;

	crypto_auth_hmacsha512_init(&state, (const uint8_t *)salt, strlen(salt));
	crypto_auth_hmacsha512_update(&state, key.bytes, key.count);
	crypto_auth_hmacsha512_final(&state, block);

	crypto_auth_hmacsha512_init(&state, block, kHashBytes);
	crypto_auth_hmacsha512_update(&state, (const uint8_t *)info, strlen(info));
	crypto_auth_hmacsha512_update(&state, &kFirst, sizeof(kFirst));
	crypto_auth_hmacsha512_final(&state, block);
	sodium_memzero(&state, sizeof(state));
}

/** hkdfSha512(derived, key, salt, info) */
void xs_hap_hkdf_sha512(xsMachine *the)
{
	uint8_t block[kHashBytes];

	if (xsmcArgc < 4)
		xsTypeError("salt and info missing");
	xsmcToString(xsArg(2));
	xsmcToString(xsArg(3));
	const char *salt = xsmcToString(xsArg(2));		// strings now, both: nothing is allocated any more
	const char *info = xsmcToString(xsArg(3));
	uint8_t *derived = writeExactly(the, 0, kKeyBytes);
	Buffer key = readable(the, 1);

	deriveKey(block, key, salt, info);
	memcpy(derived, block, kKeyBytes);
	sodium_memzero(block, sizeof(block));
}

/** x25519(shared, secret, publicKey): false when the result is all zero */
void xs_hap_x25519(xsMachine *the)
{
	needSodium(the);
	uint8_t *shared = writeExactly(the, 0, kKeyBytes);
	const uint8_t *secret = readExactly(the, 1, kKeyBytes);
	const uint8_t *publicKey = readExactly(the, 2, kKeyBytes);

	int result = crypto_scalarmult(shared, secret, publicKey);
	xsmcSetBoolean(xsResult, 0 == result);
}

/** x25519PublicKey(publicKey, secret) */
void xs_hap_x25519_public_key(xsMachine *the)
{
	needSodium(the);
	uint8_t *publicKey = writeExactly(the, 0, kKeyBytes);
	const uint8_t *secret = readExactly(the, 1, kKeyBytes);

	crypto_scalarmult_base(publicKey, secret);
}

/** ed25519PublicKey(publicKey, seed) */
void xs_hap_ed25519_public_key(xsMachine *the)
{
	uint8_t secretKey[crypto_sign_SECRETKEYBYTES];
	uint8_t *publicKey = writeExactly(the, 0, kKeyBytes);
	const uint8_t *seed = readExactly(the, 1, kKeyBytes);

	crypto_sign_seed_keypair(publicKey, secretKey, seed);
	sodium_memzero(secretKey, sizeof(secretKey));
}

/** ed25519Sign(signature, message, seed, publicKey) */
void xs_hap_ed25519_sign(xsMachine *the)
{
	uint8_t secretKey[crypto_sign_SECRETKEYBYTES];
	uint8_t *signature = writeExactly(the, 0, kSignatureBytes);
	Buffer message = readable(the, 1);
	const uint8_t *seed = readExactly(the, 2, kKeyBytes);
	const uint8_t *publicKey = readExactly(the, 3, kKeyBytes);

	memcpy(secretKey, seed, kKeyBytes);
	memcpy(secretKey + kKeyBytes, publicKey, kKeyBytes);
	crypto_sign_detached(signature, NULL, message.bytes, message.count, secretKey);
	sodium_memzero(secretKey, sizeof(secretKey));
}

/** ed25519Verify(message, signature, publicKey) */
void xs_hap_ed25519_verify(xsMachine *the)
{
	Buffer message = readable(the, 0);
	const uint8_t *signature = readExactly(the, 1, kSignatureBytes);
	const uint8_t *publicKey = readExactly(the, 2, kKeyBytes);

	int result = crypto_sign_verify_detached(signature, message.bytes, message.count, publicKey);
	xsmcSetBoolean(xsResult, 0 == result);
}

/** Four zeros, then a count in little-endian order or eight letters. */
static void readNonce(xsMachine *the, int index, uint8_t nonce[kNonceBytes])
{
	int type = xsmcTypeOf(xsArg(index));

	memset(nonce, 0, kNonceBytes);
	if ((xsStringType == type) || (xsStringXType == type)) {
		const char *letters = xsmcToString(xsArg(index));
		if (strlen(letters) != kNonceBytes - kNonceZeros)
			xsRangeError("invalid nonce");
		memcpy(nonce + kNonceZeros, letters, kNonceBytes - kNonceZeros);
	}
	else {
		double number = xsmcToNumber(xsArg(index));
		if (!((0 <= number) && (number <= kLastCount)) || (number != (double)(uint64_t)number))
			xsRangeError("invalid nonce");
		uint64_t count = (uint64_t)number;
		for (int i = kNonceZeros; i < kNonceBytes; i++, count >>= 8)
			nonce[i] = (uint8_t)count;
	}
}

typedef struct {
	const uint8_t *key;
	uint8_t *aad, *text, *tag;
	xsUnsignedValue aadBytes, textBytes;
	uint8_t nonce[kNonceBytes];
} Sealed;

/** (key, nonce, buffer, aadBytes, textBytes) */
static void readSealed(xsMachine *the, Sealed *sealed)
{
	if (xsmcArgc < 5)
		xsTypeError("lengths missing");
	xsIntegerValue aadBytes = xsmcToInteger(xsArg(3));
	xsIntegerValue textBytes = xsmcToInteger(xsArg(4));
	readNonce(the, 1, sealed->nonce);

	sealed->key = readExactly(the, 0, kKeyBytes);
	Buffer buffer = writable(the, 2);
	if ((aadBytes < 0) || (textBytes < 0) || ((uint64_t)aadBytes + (uint64_t)textBytes + kTagBytes > buffer.count))
		xsRangeError("invalid length");
	sealed->aadBytes = (xsUnsignedValue)aadBytes;
	sealed->textBytes = (xsUnsignedValue)textBytes;
	sealed->aad = buffer.bytes;
	sealed->text = sealed->aad + aadBytes;
	sealed->tag = sealed->text + textBytes;
}

/** aeadSeal(key, nonce, buffer, aadBytes, textBytes) */
void xs_hap_aead_seal(xsMachine *the)
{
	Sealed it;

	needSodium(the);
	readSealed(the, &it);
	crypto_aead_chacha20poly1305_ietf_encrypt_detached(it.text, it.tag, NULL, it.text, it.textBytes, it.aad, it.aadBytes, NULL,
		it.nonce, it.key);
}

/**
 * aeadOpen(key, nonce, buffer, aadBytes, textBytes)
 *
 * Without a place for the text libsodium only verifies; with one it would overwrite a text whose tag is wrong.
 */
void xs_hap_aead_open(xsMachine *the)
{
	static const uint32_t kFirstBlock = 1;		// block 0 is the key of Poly1305, RFC 8439 §2.6
	Sealed it;

	needSodium(the);
	readSealed(the, &it);
	int result = crypto_aead_chacha20poly1305_ietf_decrypt_detached(NULL, NULL, it.text, it.textBytes, it.tag, it.aad, it.aadBytes,
		it.nonce, it.key);
	if (0 == result)
		crypto_stream_chacha20_ietf_xor_ic(it.text, it.text, it.textBytes, it.nonce, kFirstBlock, it.key);
	xsmcSetBoolean(xsResult, 0 == result);
}

/** constantTimeEqual(a, b) */
void xs_hap_constant_time_equal(xsMachine *the)
{
	Buffer a = readable(the, 0);
	Buffer b = readable(the, 1);

	int equal = (a.count == b.count) && (0 == sodium_memcmp(a.bytes, b.bytes, a.count));
	xsmcSetBoolean(xsResult, equal);
}

/** wipe(bytes) */
void xs_hap_wipe(xsMachine *the)
{
	Buffer buffer = writable(the, 0);

	sodium_memzero(buffer.bytes, buffer.count);
}
