#ifndef __HAP_XS_SIM_HEAP__
#define __HAP_XS_SIM_HEAP__

typedef struct {
	int slots, chunkBytes;
} Heap;

/** `the` is the machine; its own header and xsmc.h do not go together. */
void heapCount(void* the, Heap* heap);

#endif
