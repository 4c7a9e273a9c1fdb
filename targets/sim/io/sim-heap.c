/* The machine's memory, which only XS itself counts. */

#include "xsAll.h"
#include "sim-heap.h"

void heapCount(void* machine, Heap* heap)
{
	txMachine* the = machine;
	heap->slots = (int)the->currentHeapCount;
	heap->chunkBytes = (int)the->currentChunksSize;
}
