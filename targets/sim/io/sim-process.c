/* What only a process has: environment, output, network interfaces, memory, the way out. */

#include <stdio.h>
#include <stdlib.h>
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
