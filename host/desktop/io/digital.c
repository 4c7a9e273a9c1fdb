/* embedded:io/digital for the desktop: virtual pins. What a person would do to the hardware, `drivePin` does. */

#include "io.h"
#include "xsmc.h"

enum { kPins = 64, kFirstOutput = 8, kInputPullUp = 1, kRising = 1, kFalling = 2 };

typedef struct {
	Source source;
	HostSide side;
	txInteger pin, mode, edges;
} Digital;

static uint8_t gLevels[kPins];
static Digital* gInputs[kPins];

static void xs_digital_mark(txMachine* the, void* data, txMarkRoot markRoot)
{
	if (data)
		hostMark(the, &((Digital*)data)->side, markRoot);
}

static void end(Digital* digital)
{
	if (gInputs[digital->pin] == digital)
		gInputs[digital->pin] = NULL;
	loopRemove(&digital->source);
}

void xs_digital_destructor(void* data)
{
	if (data)
		end(data);
}

static const txHostHooks digitalHooks = { xs_digital_destructor, xs_digital_mark, NULL };

static Digital* digitalOf(txMachine* the)
{
	Digital* digital = hostData(the, &digitalHooks);
	if (!digital)
		mxUnknownError("closed");
	return digital;
}

static void onFree(Source* source)
{
	free(source);
}

static void onPending(Source* source)
{
	Digital* digital = (Digital*)source;
	if (digital->side.callbacks[0])
		loopCall(loopMachine, &digital->side.object, digital->side.callbacks[0], NULL);
}

void xs_digital_constructor(txMachine* the)
{
	Digital* digital;
	txInteger pin = optionInteger(the, "pin", 0, kPins - 1, -1);
	txInteger mode = optionInteger(the, "mode", 0, 9, -1);
	txInteger edges = optionInteger(the, "edge", 0, kRising | kFalling, 0);
	txInteger initial = optionInteger(the, "initialValue", 0, 1, 0);
	txSlot* onReadable = optionCallback(the, "onReadable");
	if ((pin < 0) || (mode < 0))
		mxTypeError("pin and mode are needed");
	digital = calloc(1, sizeof(Digital));
	digital->source.descriptor = -1;
	digital->source.onPending = onPending;
	digital->source.onFree = onFree;
	digital->pin = pin;
	digital->mode = mode;
	digital->edges = edges;
	loopAdd(&digital->source);
	optionTarget(the);
	hostBind(the, &digital->side, digital, &digitalHooks);
	digital->side.callbacks[0] = onReadable;
	if (mode < kFirstOutput) {
		gInputs[pin] = digital;
		gLevels[pin] = kInputPullUp == mode;
	}
	else
		gLevels[pin] = (uint8_t)initial;
}

void xs_digital_close(txMachine* the)
{
	Digital* digital = hostData(the, &digitalHooks);
	if (!digital)
		return;
	hostRelease(the, &digital->side);
	end(digital);
}

void xs_digital_read(txMachine* the)
{
	fxInteger(the, mxResult, gLevels[digitalOf(the)->pin]);
}

void xs_digital_write(txMachine* the)
{
	Digital* digital = digitalOf(the);
	if (digital->mode < kFirstOutput)
		mxUnknownError("an input is not written");
	gLevels[digital->pin] = fxToInteger(the, mxArgv(0)) ? 1 : 0;
}

static txInteger pinArgument(txMachine* the)
{
	txInteger pin = (mxArgc > 0) ? fxToInteger(the, mxArgv(0)) : -1;
	if ((pin < 0) || (pin >= kPins))
		mxRangeError("no such pin");
	return pin;
}

void xs_digital_drive(txMachine* the)
{
	txInteger pin = pinArgument(the);
	uint8_t level = fxToInteger(the, mxArgv(1)) ? 1 : 0;
	Digital* input = gInputs[pin];
	if (gLevels[pin] == level)
		return;
	gLevels[pin] = level;
	if (input && (input->edges & (level ? kRising : kFalling)))
		loopDefer(&input->source);
}

void xs_digital_level(txMachine* the)
{
	fxInteger(the, mxResult, gLevels[pinArgument(the)]);
}
