/*
 * XS notes lines in its debug build only. Here they are found when an Error is made: each frame on the stack holds the place in its
 * caller's byte code. Of preloaded code there is a table of lines; other code carries LINE and FILE codes, which a release build
 * runs as nothing.
 */

#include "byte-code.h"
#include "crash.h"
#include "lines.h"
#include "trace.h"

extern void fxCaptureErrorStack(txMachine* the, txSlot* internal, txSlot* frame);

/** In code that carries its lines, in a chunk of its own; functions inside it have chunks of their own. */
static int readLine(const uint8_t* at, const uint8_t* place, Line* line)
{
	const uint8_t* limit = at - sizeof(txChunk) + ((const txChunk*)(at - sizeof(txChunk)))->size;
	int isFound = 0;
	uint16_t number;
	if ((place < at) || (limit < place))
		return 0;
	for (; at < place; at += codeBytes(at) + (codeIsFunction(*at) ? (size_t)codeDistance(at) : 0)) {
		if (XS_CODE_LINE == *at) {
			memcpy(&number, at + 1, sizeof(number));
			line->line = number;
			isFound = 1;
		}
		else if (XS_CODE_FILE == *at)
			memcpy(&line->file, at + 1, sizeof(txID));
	}
	return isFound;
}

static int findLine(const txSlot* code, const uint8_t* place, Line* line)
{
	const uint8_t* function = (const uint8_t*)code->value.code.address;
	switch (code->kind) {
	case XS_CODE_KIND:
		return readLine(function, place, line);
	case XS_CODE_X_KIND:
		return linesFind(function, place, line);
	}
	return 0;
}

/** Notes the line in force at `place`, when that lies in the code of the frame's function. */
static void noteLine(txSlot* frame, const uint8_t* place)
{
	txSlot* function = frame + 3;
	txSlot* environment = mxFrameToEnvironment(frame);
	Line line = { 0, XS_NO_ID };
	if (!place || (XS_REFERENCE_KIND != function->kind) || !mxIsFunction(function->value.reference))
		return;
	if (!findLine(mxFunctionInstanceCode(function->value.reference), place, &line))
		return;
	environment->value.environment.line = (txInteger)line.line;
	environment->ID = line.file;
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
