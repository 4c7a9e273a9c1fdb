/* The machine's memory, which only XS itself counts. */

#include "xsAll.h"
#include "sim-heap.h"

void heapCount(void* machine, Heap* heap)
{
	txMachine* the = machine;
	if (the->stackPeak > the->stack)
		the->stackPeak = the->stack;
	heap->slotBytes = (int)sizeof(txSlot);
	heap->slots = (int)the->currentHeapCount;
	heap->chunkBytes = (int)the->currentChunksSize;
	heap->stackBytes = (int)((the->stackTop - the->stackPeak) * (int)sizeof(txSlot));
}
