/*
 * A host whose serving machine collects garbage at every Nth allocation (environment: HAP_XS_COLLECT=N), and in which memory
 * that is free, or new, never reads as what it was: a pointer into the heap that is kept across an allocation finds litter.
 */

#include "machine.h"
#include "stress.h"

enum {
	kLitter = XS_SET_KIND,		/* read as an item, it is a set whose table is nowhere: sweeping it faults */
	kNever = 0,
};

static long period(void)
{
	static long value = -1;
	if (value < 0) {
		const char* text = getenv("HAP_XS_COLLECT");
		value = text ? strtol(text, NULL, 10) : kNever;
	}
	return value;
}

static void litterFreeChunks(txMachine* the)
{
	for (txBlock* block = the->firstBlock; block; block = block->nextBlock)
		memset(block->current, kLitter, (size_t)(block->limit - block->current));
}

/** As XS does itself: an allocation of a chunk may move chunks, one of a slot does not. */
static void tick(txMachine* the, txFlag flags)
{
	static long allocations;
	if (!the->sharedMachine || !(the->collectFlag & XS_COLLECTING_FLAG) || (kNever == period()))
		return;
	if (++allocations % period())
		return;
	fxCollect(the, flags | XS_ORGANIC_FLAG);
	litterFreeChunks(the);
}

static void* litter(void* data)
{
	const txChunk* chunk = (const txChunk*)((txByte*)data - sizeof(txChunk));
	return memset(data, kLitter, (size_t)(chunk->temporary - (txByte*)data));
}

void* stressNewChunk(txMachine* the, txSize size)
{
	tick(the, XS_COMPACT_FLAG);
	return litter(fxNewChunk(the, size));
}

void* stressNewGrowableChunk(txMachine* the, txSize size, txSize capacity)
{
	tick(the, XS_COMPACT_FLAG);
	return litter(fxNewGrowableChunk(the, size, capacity));
}

txSlot* stressNewSlot(txMachine* the)
{
	tick(the, XS_NO_FLAG);
	return fxNewSlot(the);
}
