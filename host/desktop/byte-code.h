/* XS's byte code as the host reads it: how far a code reaches, and where it goes. */

#ifndef __HAP_XS_BYTE_CODE__
#define __HAP_XS_BYTE_CODE__

#include "xsAll.h"

/** The bytes of a code that holds a text or a number of any length. */
size_t codeLongBytes(const uint8_t* code);
/** The bytes of one code with its operands; of a function inside a function, those before its own codes. */
static inline size_t codeBytes(const uint8_t* code)
{
	txS1 size = gxCodeSizes[*code];		/* 0 for an ID, or minus the bytes of a length that follows */
	return (size > 0) ? (size_t)size : (size == 0) ? 1 + sizeof(txID) : codeLongBytes(code);
}

/** Whether it holds a function. */
static inline int codeIsFunction(uint8_t code)
{
	return (XS_CODE_CODE_1 <= code) && (code <= XS_CODE_CODE_ARCHIVE_4);
}

/** Whether its operand is a distance, counted from its end: of a branch, of a handler, of the end of a function inside a function. */
static inline int codeHasDistance(uint8_t code)
{
	return ((XS_CODE_BRANCH_1 <= code) && (code <= XS_CODE_BRANCH_STATUS_4)) || ((XS_CODE_CATCH_1 <= code) && (code <= XS_CODE_CATCH_4))
		|| codeIsFunction(code);
}

int32_t codeDistance(const uint8_t* code);
void codeSetDistance(uint8_t* code, int32_t distance);
/** The bytes of a piece of byte code, without what its chunk has behind it. */
size_t codePieceBytes(const uint8_t* piece);

#endif
