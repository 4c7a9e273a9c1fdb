/*
 * XS's memory, which tells of the end of a collection: what it calls there is the hook of its profiler. Until then it rather collects
 * again than grows, however little room for chunks the collection has made.
 */

#include "lookup.h"
#include "../machine.h"

static void onCollected(txMachine* the, txFlag flag);

#define mxProfile 1
#define fxCheckProfiler(THE, FRAME) onCollected(THE, theFlag)

#include "xsMemory.c"

static txSize chunkRoom(const txMachine* the)
{
	txSize room = 0;
	for (const txBlock* block = the->firstBlock; block; block = block->nextBlock)
		room += (txSize)(block->limit - block->current);
	return room;
}

static void onCollected(txMachine* the, txFlag flag)
{
	lookupSweep();
	if (the->sharedMachine && (flag & XS_COMPACT_FLAG)) {
		txSize missing = machineChunkStep(the) - chunkRoom(the);
		if (missing > 0)
			fxGrowChunks(the, missing);
	}
}
