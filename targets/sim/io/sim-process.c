/* What only a process has: environment, output, signals, network interfaces, the way out. */

#include <ifaddrs.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include "address.h"
#include "sim-heap.h"
#include "sim-io.h"

void xs_sim_process_environment(xsMachine* the)
{
	const char* value = getenv(xsmcToString(xsArg(0)));
	if (value)
		xsmcSetString(xsResult, (char*)value);
}

void xs_sim_process_print(xsMachine* the)
{
	puts(xsmcToString(xsArg(0)));
	fflush(stdout);
}

void xs_sim_process_exit(xsMachine* the)
{
	fflush(stdout);
	_exit(xsmcToInteger(xsArg(0)));			/* nothing of mcsim's is run: it is in the middle of something */
}

void xs_sim_process_networkAddresses(xsMachine* the)
{
	char address[64] = "", text[64];
	struct ifaddrs* list;
	xsIndex count = 0;
	if ((xsmcArgc > 0) && (xsUndefinedType != xsmcTypeOf(xsArg(0))))
		xsmcToStringBuffer(xsArg(0), address, sizeof(address));
	xsmcVars(1);
	xsmcSetNewArray(xsResult, 0);
	if (getifaddrs(&list) < 0)
		return;
	for (struct ifaddrs* at = list; at; at = at->ifa_next) {
		if (!addressIsUsable(at, address, text, sizeof(text)))
			continue;
		xsmcSetString(xsVar(0), text);
		xsmcSetIndex(xsResult, count++, xsVar(0));
	}
	freeifaddrs(list);
}

static void setCounter(xsMachine* the, xsIdentifier id, int value)
{
	xsmcSetInteger(xsVar(0), value);
	xsmcSet(xsResult, id, xsVar(0));
}

void xs_sim_process_heapCounters(xsMachine* the)
{
	Heap heap;
	fxCollectGarbage(the);
	heapCount(the, &heap);
	xsmcVars(1);
	xsmcSetNewObject(xsResult);
	setCounter(the, xsID_slots, heap.slots);
	setCounter(the, xsID_chunkBytes, heap.chunkBytes);
}

/* Signals */

enum { kOnSignal };

static int gSignalPipe = -1;			/* where it is written; one object watches at a time */

static void onSignal(int number)
{
	uint8_t byte = (uint8_t)number;
	if (write(gSignalPipe, &byte, 1) < 0)
		_exit(128 + number);
}

static void setHandlers(void (*handler)(int number))
{
	struct sigaction action = { .sa_handler = handler };
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

void xs_sim_signal_destructor(void* data)
{
	Watch* watch = data;
	if (!watch)
		return;
	setHandlers(SIG_DFL);
	close(gSignalPipe);
	gSignalPipe = -1;
	watch->isBound = 0;			/* the object is gone already */
	watchEnd(watch);
}

static const xsHostHooks signalHooks = { xs_sim_signal_destructor, watchMark, NULL };

static void onSignalReady(Watch* watch, int events)
{
	uint8_t number;
	(void)events;
	if (1 == read(watch->descriptor, &number, 1))
		watchCall(watch, kOnSignal, number);
}

void xs_sim_signal_constructor(xsMachine* the)
{
	int ends[2];
	Watch* watch;
	xsSlot* callback = optionCallback(the, xsID_onSignal);
	if ((gSignalPipe >= 0) || (pipe(ends) < 0))
		xsUnknownError("signals are watched already, or no pipe");
	makeNonBlocking(ends[1]);
	gSignalPipe = ends[1];
	watch = watchNew(the, sizeof(Watch), ends[0], onSignalReady);
	watchBind(watch, &xsThis, &signalHooks);
	watch->callbacks[kOnSignal] = callback;
	optionTarget(the);
	watchFor(watch, G_IO_IN);
	setHandlers(onSignal);
}
