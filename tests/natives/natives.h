#ifndef __TESTS_NATIVES__
#define __TESTS_NATIVES__

#include <stddef.h>
#include <stdint.h>
#include "input.h"
#include "xsmc.h"

typedef void (*Native)(xsMachine* the);

/** Runs one input; aborts when something does not hold. */
void onNativesInput(const uint8_t* bytes, size_t count);
/** The same for the host's own C. */
void onHostInput(Input* input);

void checkHashOfParts(const uint8_t* message, size_t count, size_t cut);
/** The digest lies in the message. */
void checkHashOverItself(const uint8_t* message, size_t count, size_t at);
/** `count` bytes, the first of them AAD; then with one bit changed. */
void checkSealed(const uint8_t* text, size_t count, size_t aadBytes, size_t flipped);
void checkPower(uint64_t base, uint64_t exponent, uint64_t modulus, uint64_t factor);
void checkText(const uint8_t* bytes, size_t count, size_t at);
void checkCopy(const uint8_t* bytes, size_t count, size_t room, size_t at);
void checkEqual(const uint8_t* a, const uint8_t* b, size_t count, size_t less);
/** Bytes of a request's head; `byte` is looked for. */
void checkHead(const uint8_t* bytes, size_t count, uint8_t byte);
/** The bytes choose among those that matter to lines of a head. */
void checkLines(const uint8_t* bytes, size_t count);
/** ... and to a whole head. */
void checkWholeHead(const uint8_t* bytes, size_t count);
/** ... and to a list of ids. */
void checkIds(const uint8_t* bytes, size_t count);
/** The bytes choose among those that matter to JSON. */
void checkJsonLimits(const uint8_t* bytes, size_t count);
void checkJsonNames(const uint8_t* bytes, size_t count);
/** The store of files, its power cut at every step. */
void checkStore(void);

#endif
