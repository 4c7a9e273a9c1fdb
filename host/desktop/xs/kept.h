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
	txSlot *stack, *scope, *frame, *environment, *slot;
	txByte* code;
	txS4 offset;
} Kept;

#undef c_setjmp
#define c_setjmp(BUFFER) __extension__({ \
	volatile Kept kept = { stack, scope, frame, environment, slot, code, offset }; \
	int result = setjmp(BUFFER); \
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

/* Each `try` takes memory for a jump, and gives it back at its end: one that was used is used again. */
static txJump* spareJump;

static inline txJump* takeJump(void)
{
	txJump* jump = spareJump;
	if (!jump)
		return malloc(sizeof(txJump));
	spareJump = jump->nextJump;
	return jump;
}

static inline void giveJump(txJump* jump)
{
	jump->nextJump = spareJump;
	spareJump = jump;
}

#undef c_malloc
#define c_malloc(SIZE) takeJump()
#undef c_free
#define c_free(JUMP) giveJump(JUMP)

#endif
