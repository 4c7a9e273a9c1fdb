/*
 * XS notes lines in its debug build only. Here they are found when an Error is made: each frame on the stack holds the
 * place in its caller's byte code, and the byte code carries LINE and FILE codes, which a release build runs as nothing.
 */

#include "trace.h"

extern void fxCaptureErrorStack(txMachine* the, txSlot* internal, txSlot* frame);

/* Which constructor is running is known by its function instance; the real one is kept beside it. */
enum { kErrors = 8 };
static txCallback gConstructors[kErrors];

static void noteLine(txSlot* frame, const uint8_t* place)
{
	txSlot* function = frame + 3;
	txSlot* environment = mxFrameToEnvironment(frame);
	txSlot* code;
	const uint8_t* at;
	if (!place || (XS_REFERENCE_KIND != function->kind) || !mxIsFunction(function->value.reference))
		return;
	code = mxFunctionInstanceCode(function->value.reference);
	if ((XS_CODE_KIND != code->kind) && (XS_CODE_X_KIND != code->kind))
		return;
	for (at = (const uint8_t*)code->value.code.address; at < place; at += machineCodeBytes(at)) {
		if (XS_CODE_LINE == *at) {
			uint16_t line;
			memcpy(&line, at + 1, sizeof(line));
			environment->value.environment.line = line;
		}
		else if (XS_CODE_FILE == *at)
			memcpy(&environment->ID, at + 1, sizeof(txID));
	}
}

static void noteLines(txMachine* the)
{
	const uint8_t* place = (const uint8_t*)the->code;
	for (txSlot* frame = the->frame; frame && frame->next; frame = frame->next) {
		noteLine(frame, place);
		place = (const uint8_t*)frame->value.frame.code;
	}
}

/** Errors that the engine itself throws. */
void hostCaptureErrorStack(txMachine* the, txSlot* internal, txSlot* frame)
{
	noteLines(the);
	fxCaptureErrorStack(the, internal, frame);
}

#define mxErrorConstructor_(INDEX) \
	static void makeError##INDEX(txMachine* the) \
	{ \
		noteLines(the); \
		(*gConstructors[INDEX])(the); \
	}
mxErrorConstructor_(0)
mxErrorConstructor_(1)
mxErrorConstructor_(2)
mxErrorConstructor_(3)
mxErrorConstructor_(4)
mxErrorConstructor_(5)
mxErrorConstructor_(6)
mxErrorConstructor_(7)

void traceInstall(txMachine* the)
{
	static const txCallback callbacks[kErrors] = {
		makeError0, makeError1, makeError2, makeError3, makeError4, makeError5, makeError6, makeError7,
	};
	txSlot* constructors[kErrors] = {
		&mxErrorConstructor, &mxAggregateErrorConstructor, &mxEvalErrorConstructor, &mxRangeErrorConstructor,
		&mxReferenceErrorConstructor, &mxSyntaxErrorConstructor, &mxTypeErrorConstructor, &mxURIErrorConstructor,
	};
	for (int i = 0; i < kErrors; i++) {
		txSlot* code = mxFunctionInstanceCode(constructors[i]->value.reference);
		gConstructors[i] = code->value.callback.address;
		code->value.callback.address = callbacks[i];
	}
}

static void printProperty(txMachine* the, txSlot* exception, txID id)
{
	mxPushSlot(exception);
	mxGetID(id);
	if (XS_UNDEFINED_KIND != the->stack->kind)
		fprintf(stderr, "%s\n", fxToString(the, the->stack));
	mxPop();
}

void tracePrintException(txMachine* the, txSlot* exception)
{
	mxTry(the) {
		mxPushSlot(exception);
		fprintf(stderr, "hap-xs: uncaught %s\n", fxToString(the, the->stack));
		mxPop();
		if (XS_REFERENCE_KIND == exception->kind)
			printProperty(the, exception, mxID(_stack));
	}
	mxCatch(the) {
		fprintf(stderr, "hap-xs: uncaught exception\n");
	}
}
