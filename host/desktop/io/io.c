#include "io.h"
#include "xsmc.h"

void hostBind(txMachine* the, HostSide* side, void* data, const txHostHooks* hooks)
{
	fxSetHostData(the, mxThis, data);
	fxSetHostHooks(the, mxThis, hooks);
	side->object = *mxThis;
	fxRemember(the, &side->object);
}

void hostRelease(txMachine* the, HostSide* side)
{
	if (XS_REFERENCE_KIND != side->object.kind)
		return;
	fxSetHostData(the, &side->object, NULL);
	fxForget(the, &side->object);
	side->object.kind = XS_UNDEFINED_KIND;
	memset(side->callbacks, 0, sizeof(side->callbacks));
}

void hostMark(txMachine* the, HostSide* side, txMarkRoot markRoot)
{
	for (int i = 0; i < kMaxCallbacks; i++) {
		if (side->callbacks[i]) {
			txSlot reference = { .kind = XS_REFERENCE_KIND };
			reference.value.reference = side->callbacks[i];
			(*markRoot)(the, &reference);
		}
	}
}

void* hostDataOf(txMachine* the, txSlot* slot, const txHostHooks* hooks)
{
	txSlot* host = (XS_REFERENCE_KIND == slot->kind) ? slot->value.reference->next : NULL;
	if (!host || !(host->flag & XS_INTERNAL_FLAG) || (XS_HOST_KIND != host->kind))
		mxTypeError("no object of the host");
	if (!(host->flag & XS_HOST_HOOKS_FLAG) || (host->value.host.variant.hooks != hooks))
		mxTypeError("object of another kind");
	return host->value.host.data;
}

void* hostData(txMachine* the, const txHostHooks* hooks)
{
	return hostDataOf(the, mxThis, hooks);
}

txBoolean optionGet(txMachine* the, const char* name)
{
	if ((mxArgc < 1) || (XS_REFERENCE_KIND != mxArgv(0)->kind))
		mxTypeError("options are missing");
	mxPushSlot(mxArgv(0));
	mxGetID(fxID(the, (txString)name));
	if (XS_UNDEFINED_KIND != the->stack->kind)
		return 1;
	mxPop();
	return 0;
}

txSlot* optionCallback(txMachine* the, const char* name)
{
	txSlot* function;
	if (!optionGet(the, name))
		return NULL;
	if ((XS_REFERENCE_KIND != the->stack->kind) || !mxIsFunction(the->stack->value.reference))
		mxTypeError("%s is no function", name);
	function = the->stack->value.reference;
	mxPop();
	return function;
}

txInteger optionInteger(txMachine* the, const char* name, txInteger low, txInteger high, txInteger absent)
{
	txInteger value;
	if (!optionGet(the, name))
		return absent;
	value = fxToInteger(the, the->stack);
	mxPop();
	if ((value < low) || (high < value))
		mxRangeError("%s out of range", name);
	return value;
}

txBoolean optionBoolean(txMachine* the, const char* name, txBoolean absent)
{
	txBoolean value;
	if (!optionGet(the, name))
		return absent;
	value = fxToBoolean(the, the->stack);
	mxPop();
	return value;
}

txBoolean optionText(txMachine* the, const char* name, char* text, size_t size)
{
	if (!optionGet(the, name))
		return 0;
	fxToStringBuffer(the, the->stack, text, (txSize)size);
	mxPop();
	return 1;
}

void optionTarget(txMachine* the)
{
	if (!optionGet(the, "target"))
		return;
	mxPushSlot(mxThis);
	mxSetID(fxID(the, "target"));
	mxPop();
}

uint8_t* bufferArgument(txMachine* the, txInteger index, size_t* bytes, txBoolean isWritten)
{
	void* data;
	txUnsigned count;
	if (mxArgc <= index)
		mxTypeError("a buffer is missing");
	_xsmcGetBuffer(the, mxArgv(index), &data, &count, isWritten);
	*bytes = count;
	return data;
}
