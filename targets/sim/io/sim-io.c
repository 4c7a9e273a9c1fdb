#include "address.h"
#include "sim-io.h"

enum { kNever = -1 };

/* The loop */

static gboolean dispatch(GSource* source, GSourceFunc callback, gpointer data)
{
	Watch* watch = (Watch*)source;
	int events = watch->tag ? g_source_query_unix_fd(source, watch->tag) : 0;
	gint64 due;
	(void)callback;
	(void)data;
	if (events)
		watch->onReady(watch, events);
	due = g_source_get_ready_time(source);
	if ((0 <= due) && (due <= g_source_get_time(source))) {
		g_source_set_ready_time(source, kNever);
		watch->onPending(watch);
	}
	return G_SOURCE_CONTINUE;
}

static void finalize(GSource* source)
{
	Watch* watch = (Watch*)source;
	if (watch->descriptor >= 0)
		close(watch->descriptor);
}

static GSourceFuncs watchFunctions = { NULL, NULL, dispatch, finalize, NULL, NULL };

void* watchNew(xsMachine* the, size_t size, int descriptor, void (*onReady)(Watch* watch, int events))
{
	GSource* source = g_source_new(&watchFunctions, (guint)size);
	Watch* watch = (Watch*)source;
	memset((uint8_t*)watch + sizeof(GSource), 0, size - sizeof(GSource));
	watch->the = the;
	watch->descriptor = descriptor;
	watch->onReady = onReady;
	makeNonBlocking(descriptor);
	watch->tag = g_source_add_unix_fd(source, descriptor, 0);
	g_source_attach(source, g_main_context_get_thread_default());
	return watch;
}

void watchFor(Watch* watch, int events)
{
	if (watch->tag)
		g_source_modify_unix_fd(&watch->source, watch->tag, (GIOCondition)events);
}

void watchDefer(Watch* watch)
{
	g_source_set_ready_time(&watch->source, 0);
}

void watchDelay(Watch* watch, int milliseconds)
{
	g_source_set_ready_time(&watch->source, g_get_monotonic_time() + (gint64)milliseconds * 1000);
}

void watchShut(Watch* watch)
{
	if (watch->tag)
		g_source_remove_unix_fd(&watch->source, watch->tag);
	watch->tag = NULL;
	if (watch->descriptor >= 0)
		close(watch->descriptor);
	watch->descriptor = -1;
}

void watchEnd(Watch* watch)
{
	watchRelease(watch);
	watchShut(watch);
	g_source_destroy(&watch->source);
	g_source_unref(&watch->source);
}

/* The JavaScript side */

void watchBind(Watch* watch, xsSlot* object, const xsHostHooks* hooks)
{
	xsMachine* the = watch->the;
	watch->object = *object;
	watch->isBound = 1;
	xsmcSetHostData(watch->object, watch);
	xsSetHostHooks(watch->object, (xsHostHooks*)hooks);
	xsRemember(watch->object);
}

void watchRelease(Watch* watch)
{
	xsMachine* the = watch->the;
	if (!watch->isBound)
		return;
	watch->isBound = 0;
	memset(watch->callbacks, 0, sizeof(watch->callbacks));
	xsmcSetHostData(watch->object, NULL);
	xsForget(watch->object);
}

void watchMark(xsMachine* the, void* data, xsMarkRoot markRoot)
{
	Watch* watch = data;
	for (int i = 0; watch && (i < kMaxCallbacks); i++) {
		if (watch->callbacks[i])
			(*markRoot)(the, watch->callbacks[i]);
	}
}

void* watchIn(xsMachine* the, xsSlot* object, const xsHostHooks* hooks)
{
	if ((xsReferenceType != fxTypeOf(the, object)) || (xsGetHostHooksIf(*object) != hooks))
		xsTypeError("object of another kind");
	return xsmcGetHostData(*object);
}

void* watchIf(xsMachine* the, const xsHostHooks* hooks)
{
	return watchIn(the, &xsThis, hooks);
}

void* watchOf(xsMachine* the, const xsHostHooks* hooks)
{
	void* watch = watchIf(the, hooks);
	if (!watch)
		xsUnknownError("closed");
	return watch;
}

int watchCall(Watch* watch, int which, int argument)
{
	if (!watch->callbacks[which])
		return 0;
	xsBeginHost(watch->the);
		xsmcSetInteger(xsResult, argument);
		xsCallFunction1(xsReference(watch->callbacks[which]), watch->object, xsResult);
	xsEndHost(watch->the);
	return 1;
}

/* Options */

static int optionGet(xsMachine* the, xsIdentifier id, xsSlot* value)
{
	if (xsmcArgc < 1)
		xsTypeError("options are missing");
	_xsGet(the, value, &xsArg(0), id);
	return xsUndefinedType != xsmcTypeOf(*value);
}

int optionInteger(xsMachine* the, xsIdentifier id, int low, int high, int absent)
{
	xsSlot value;
	int number;
	if (!optionGet(the, id, &value))
		return absent;
	number = xsmcToInteger(value);
	if ((number < low) || (high < number))
		xsRangeError("option out of range");
	return number;
}

int optionText(xsMachine* the, xsIdentifier id, char* text, size_t size)
{
	xsSlot value;
	if (!optionGet(the, id, &value))
		return 0;
	xsmcToStringBuffer(value, text, (xsUnsignedValue)size);
	return 1;
}

xsSlot* optionCallback(xsMachine* the, xsIdentifier id)
{
	xsSlot value;
	if (!optionGet(the, id, &value))
		return NULL;
	if (!xsmcIsCallable(value))
		xsTypeError("callback is no function");
	return fxToReference(the, &value);
}

void optionTarget(xsMachine* the)
{
	xsSlot value;
	if (optionGet(the, xsID_target, &value))
		xsmcSet(xsThis, xsID_target, value);
}
