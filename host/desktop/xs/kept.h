/*
 * Keeps what the interpreter works with in registers. A compiler puts each variable that lives across setjmp into memory, everywhere
 * in its function; XS's `try` calls it in the one function that runs all byte code. Here the variables end before the call, in
 * memory of their own, and begin again after it. docs/performance.md has what it brings.
 */

#ifndef __HAP_XS_KEPT__
#define __HAP_XS_KEPT__

#include "xsAll.h"

/* xsRun.c's other use of setjmp, without those variables */
#undef mxTry
#define mxTry(MACHINE) \
	txJump __JUMP__; \
	__JUMP__.nextJump = (MACHINE)->firstJump; \
	__JUMP__.stack = (MACHINE)->stack; \
	__JUMP__.scope = (MACHINE)->scope; \
	__JUMP__.frame = (MACHINE)->frame; \
	__JUMP__.code = (MACHINE)->code; \
	__JUMP__.flag = 0; \
	(MACHINE)->firstJump = &__JUMP__; \
	if (0 == setjmp(__JUMP__.buffer)) {

typedef struct {
	txMachine* the;
	txSlot *stack, *scope, *frame, *environment, *slot;
	txByte* code;
	txS4 offset;
} Kept;

#undef c_setjmp
#define c_setjmp(BUFFER) __extension__({ \
	volatile Kept kept = { the, stack, scope, frame, environment, slot, code, offset }; \
	int result = setjmp(BUFFER); \
	the = kept.the; \
	stack = kept.stack; \
	scope = kept.scope; \
	frame = kept.frame; \
	environment = kept.environment; \
	slot = kept.slot; \
	code = kept.code; \
	offset = kept.offset; \
	byte = *(txU1*)code; \
	jump = the->firstJump; \
	bytes = gxBytes; \
	result; \
})

#endif
