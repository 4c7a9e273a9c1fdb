/* XS's byte code as the host reads it: how far a code reaches, and where it goes. */

#ifndef __HAP_XS_BYTE_CODE__
#define __HAP_XS_BYTE_CODE__

#include <stddef.h>
#include <stdint.h>

/** The bytes of one code with its operands; of a function inside a function, those before its own codes. */
size_t codeBytes(const uint8_t* code);
/** Whether it holds a function. */
int codeIsFunction(uint8_t code);
/** Whether its operand is a distance, counted from its end: of a branch, of a handler, of the end of a function inside a function. */
int codeHasDistance(uint8_t code);
int32_t codeDistance(const uint8_t* code);
void codeSetDistance(uint8_t* code, int32_t distance);
/** The bytes of a piece of byte code, without what its chunk has behind it. */
size_t codePieceBytes(const uint8_t* piece);

#endif
