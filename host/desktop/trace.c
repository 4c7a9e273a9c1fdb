/*
 * XS notes lines in its debug build only. Here they are found when an Error is made: each frame on the stack holds the
 * place in its caller's byte code, and the byte code carries LINE and FILE codes, which a release build runs as nothing.
 */

#include "crash.h"
#include "trace.h"

extern void fxCaptureErrorStack(txMachine* the, txSlot* internal, txSlot* frame);

/** Notes the line in force at `place`, when that lies in the code of the frame's function. */
static void noteLine(txSlot* frame, const uint8_t* place)
{
	txSlot* function = frame + 3;
	txSlot* environment = mxFrameToEnvironment(frame);
	txSlot* code;
	const uint8_t* at;
	const uint8_t* limit;
	if (!place || (XS_REFERENCE_KIND != function->kind) || !mxIsFunction(function->value.reference))
		return;
	code = mxFunctionInstanceCode(function->value.reference);
	if ((XS_CODE_KIND != code->kind) && (XS_CODE_X_KIND != code->kind))
		return;
	at = (const uint8_t*)code->value.code.address;
	limit = at - sizeof(txChunk) + ((const txChunk*)(at - sizeof(txChunk)))->size;
	if ((place < at) || (limit < place))
		return;
	for (; at < place; at += machineCodeBytes(at)) {
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

/** In place of XS's own, see the makefile: errors that the engine throws and those that a program makes. */
void hostCaptureErrorStack(txMachine* the, txSlot* internal, txSlot* frame)
{
	noteLines(the);
	fxCaptureErrorStack(the, internal, frame);
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
		crashAdd(fxToString(the, the->stack));
		fprintf(stderr, "hap-xs: uncaught %s\n", fxToString(the, the->stack));
		mxPop();
		if (XS_REFERENCE_KIND == exception->kind)
			printProperty(the, exception, mxID(_stack));
	}
	mxCatch(the) {
		fprintf(stderr, "hap-xs: uncaught exception\n");
	}
}
