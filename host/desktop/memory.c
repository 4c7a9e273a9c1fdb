/*
 * Memory of the machines. The base grows as it likes in a region of its own, then is write-protected. The serving
 * machine has one fixed block: tables and chunks from the bottom up, stack and slots from the top down, as on ESP32.
 */

#include <sys/mman.h>
#include "machine.h"

enum { kBaseBytes = 64 * 1024 * 1024, kAlign = 16 };

typedef struct {
	uint8_t* bytes;
	size_t size;
	size_t bottom, top;
	size_t tables;
} Region;

static Region gBase, gBlock;
static Region* gRegion = &gBase;

static void openRegion(Region* region, size_t size)
{
	region->bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (MAP_FAILED == region->bytes) {
		fprintf(stderr, "hap-xs: no memory for a block of %zu bytes\n", size);
		exit(1);
	}
	region->size = size;
	region->bottom = 0;
	region->top = size;
	gRegion = region;
}

static int isInRegion(const Region* region, const void* address)
{
	const uint8_t* at = address;
	return (region->bytes <= at) && (at < region->bytes + region->size);
}

void memoryOpenBase(void)
{
	openRegion(&gBase, kBaseBytes);
}

void memoryProtectBase(void)
{
	if (mprotect(gBase.bytes, gBase.size, PROT_READ) < 0) {
		fprintf(stderr, "hap-xs: the base cannot be protected: %s\n", strerror(errno));
		exit(1);
	}
}

void memoryOpenBlock(size_t bytes)
{
	openRegion(&gBlock, bytes & ~(size_t)(kAlign - 1));
}

size_t memoryBlockBytes(void)
{
	return gBlock.size;
}

size_t memoryBlockFree(void)
{
	return gBlock.top - gBlock.bottom;
}

size_t memoryTableBytes(void)
{
	return gBlock.tables;
}

int memoryIsBase(const void* address)
{
	return isInRegion(&gBase, address);
}

const void* memoryBase(size_t* bytes)
{
	*bytes = gBase.size;
	return gBase.bytes;
}

static void* takeBottom(size_t size, size_t align)
{
	Region* region = gRegion;
	size_t at = (region->bottom + align - 1) & ~(align - 1);
	if ((size > region->size) || (at + size > region->top))
		return NULL;
	region->bottom = at + size;
	return region->bytes + at;
}

void* hostAllocateTable(size_t size)
{
	void* table = takeBottom(size, sizeof(void*));
	if (table)
		gRegion->tables += size;
	return table;
}

/** Tables live in the regions, all else XS reallocates is malloc's. A table that grows leaves its old place behind. */
void* hostReallocate(void* block, size_t size)
{
	void* table;
	if (!block || (!isInRegion(&gBase, block) && !isInRegion(&gBlock, block)))
		return (realloc)(block, size);
	table = hostAllocateTable(size);
	if (table)
		memcpy(table, block, size);
	return table;
}

void* fxAllocateChunks(txMachine* the, txSize size)
{
	(void)the;
	return takeBottom((size_t)size, sizeof(void*));		/* contiguous, so that XS extends its first block */
}

void fxFreeChunks(txMachine* the, void* chunks)
{
	(void)the;
	(void)chunks;
}

/**
 * Takes the place of fxNewGrowableChunk for arrays. A sweep takes all of a chunk for items, as far as the array's length goes:
 * with holes, that is more than there are. So the room to grow must read as items that are nothing, as later engines see to.
 */
void* hostNewGrowableChunk(txMachine* the, txSize size, txSize capacity)
{
	txByte* data = fxNewGrowableChunk(the, size, capacity);
	const txChunk* chunk = (const txChunk*)(data - sizeof(txChunk));
	memset(data + size, 0, (size_t)(chunk->temporary - (data + size)));
	return data;
}

txSlot* fxAllocateSlots(txMachine* the, txSize count)
{
	size_t size = (size_t)count * sizeof(txSlot);
	Region* region = gRegion;
	if ((size > region->size) || (region->top < region->bottom + size)) {
		if (!the->stackBottom)
			fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);		/* of the stack XS takes for granted that it is there */
		return the->freeHeap ? (txSlot*)-1 : NULL;			/* XS rather grows than collects soon again: with no room it must collect */
	}
	region->top -= size;
	return (txSlot*)(region->bytes + region->top);
}

void fxFreeSlots(txMachine* the, void* slots)
{
	(void)the;
	(void)slots;
}
