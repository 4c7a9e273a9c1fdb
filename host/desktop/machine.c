#include "crash.h"
#include "machine.h"
#include "io/output.h"
#include "trace.h"
#ifdef __GLIBC__
#include <malloc.h>
#endif

enum {
	kIncrementalSlots = 16,
	kPartFreeSlots = 4,			/* of those that are used */
	kPartFreeChunks = 2,		/* they are a sixth of what slots are */
	kPartLeft = 8,				/* of the block */
	kIncrementalChunkBytes = 256,
	kInitialKeys = 48,			/* names that no preloaded module mentions; strangers' JSON adds none, see modules/wire/json.ts */
	kNameModulo = 127,
	kSymbolModulo = 13,
	kStackPaint = 0xA5,
	kPaintedSlots = 8,			/* in a row: never reached */
};

/* Base */

static void runPreloads(txMachine* the)
{
	fxBeginHost(the);
	{
		mxTry(the) {
			modulesPreload(the);
		}
		mxCatch(the) {
			machineFault(the);
		}
	}
	fxEndHost(the);
}

txMachine* machineCreateBase(void)
{
	txCreation creation = {
		.initialChunkSize = 512 * 1024,
		.incrementalChunkSize = 128 * 1024,
		.initialHeapCount = 16 * 1024,
		.incrementalHeapCount = 4 * 1024,
		.stackCount = 4096,
		.initialKeyCount = 8192,
		.incrementalKeyCount = 0,
		.nameModulo = kNameModulo,
		.symbolModulo = kSymbolModulo,
		.parserBufferSize = 64 * 1024,
		.parserTableModulo = 1993,
	};
	txMachine* base;
	memoryOpenBase();
	base = fxCreateMachine(&creation, "base", NULL, XS_NO_ID);
	if (!base)
		return NULL;
	runPreloads(base);
	freezeBase(base);
	fxShareMachine(base);
	archiveBase(base);
	memoryProtectBase();
#ifdef __GLIBC__
	malloc_trim(0);		/* the compiler's trees are gone, two megabytes */
#endif
	return base;
}

/* The serving machine */

static int gIsCloning;

txMachine* machineClone(txMachine* base, const MachineOptions* options)
{
	txCreation creation = {
		.initialChunkSize = kIncrementalChunkBytes,
		.incrementalChunkSize = kIncrementalChunkBytes,
		.initialHeapCount = 64,
		.incrementalHeapCount = kIncrementalSlots,
		.stackCount = (txSize)options->stackSlots,
		.initialKeyCount = kInitialKeys,
		.incrementalKeyCount = kInitialKeys,
		.nameModulo = kNameModulo,
		.symbolModulo = kSymbolModulo,
		.parserBufferSize = 64 * 1024,		/* malloc'ed by the parser, and only for modules that are not preloaded */
		.parserTableModulo = 1993,
	};
	txMachine* the;
	memoryOpenBlock(options->blockBytes);
	gIsCloning = 1;
	the = fxCloneMachine(&creation, base, "hap-xs", NULL);
	gIsCloning = 0;
	if (the)
		memset(the->stackBottom, kStackPaint, (size_t)((txByte*)the->stack - (txByte*)the->stackBottom));
	return the;
}

/**
 * A collection marks all that lives, so that it should find the more free the more there is. Answers how much of what is wanted the block
 * has: half at most of what it can spare.
 */
static size_t spare(size_t wanted)
{
	size_t free = memoryBlockFree();
	size_t kept = memoryBlockBytes() / kPartLeft;
	size_t most = (free > kept) ? (free - kept) / 2 : 0;
	return (wanted < most) ? wanted : most;
}

void machineTune(txMachine* the)
{
	txSize count = (txSize)(spare((size_t)the->currentHeapCount * sizeof(txSlot) / kPartFreeSlots) / sizeof(txSlot));
	the->minimumHeapCount = (count < kIncrementalSlots) ? kIncrementalSlots : count;
}

txSize machineChunkStep(const txMachine* the)
{
	return (txSize)spare((size_t)the->currentChunksSize / kPartFreeChunks);
}

static int isPainted(const txSlot* slot)
{
	for (size_t i = 0; i < sizeof(txSlot); i++) {
		if (kStackPaint != ((const uint8_t*)slot)[i])
			return 0;
	}
	return 1;
}

/** Looked for from the top: XS uses the far end of the stack that is free as scratch memory for numbers. */
static uint32_t stackPeak(txMachine* the)
{
	txSlot* at = the->stack;
	int painted = 0;
	while ((at > the->stackBottom) && (painted < kPaintedSlots))
		painted = isPainted(--at) ? painted + 1 : 0;
	return (uint32_t)(the->stackTop - at) - (uint32_t)painted;
}

void machineCountHeap(txMachine* the, HeapCounters* counters)
{
	counters->slotBytes = sizeof(txSlot);
	counters->slots = (uint32_t)the->currentHeapCount;
	counters->slotsPeak = (uint32_t)the->maximumHeapCount;
	counters->chunkBytes = (uint32_t)the->currentChunksSize;
	counters->chunkBytesPeak = (uint32_t)the->maximumChunksSize;
	counters->stackSlots = (uint32_t)(the->stackTop - the->stack);
	counters->stackSlotsPeak = stackPeak(the);
	counters->tableBytes = (uint32_t)memoryTableBytes();
	counters->blockBytes = (uint32_t)memoryBlockBytes();
	counters->blockFree = (uint32_t)memoryBlockFree();
}

/* Names and lengths of functions: preloaded ones have them, those of the serving machine do not, as in an image linked with `strip` */

txSlot* hostNewFunctionLength(txMachine* the, txSlot* instance, txNumber length)
{
	return the->sharedMachine ? NULL : fxNewFunctionLength(the, instance, length);
}

txSlot* hostNewFunctionName(txMachine* the, txSlot* instance, txID id, txIndex index, txID former, txString prefix)
{
	return the->sharedMachine ? NULL : fxNewFunctionName(the, instance, id, index, former, prefix);
}

/* Jobs */

static int gJobsAreQueued;

void fxQueuePromiseJobs(txMachine* the)
{
	(void)the;
	gJobsAreQueued = 1;
}

/** A rejection that nobody has taken when the jobs are done ends the process: XS itself waits for the promise to be collected. */
static void checkRejections(txMachine* the)
{
	if (!mxUnhandledPromises.value.reference->next)
		return;
	fxBeginHost(the);
	fxCheckUnhandledRejections(the, 1);
	fxEndHost(the);
}

void machineRunJobs(txMachine* the)
{
	while (gJobsAreQueued) {
		gJobsAreQueued = 0;
		fxRunPromiseJobs(the);
	}
	checkRejections(the);
}

/* The end */

void machineFault(txMachine* the)
{
	outputFlush();
	tracePrintException(the, &mxException);
	crashWrite("an exception that nobody took");
	exit(1);
}

static const char* const kReasons[] = {
	[XS_NOT_ENOUGH_MEMORY_EXIT] = "memory full",
	[XS_STACK_OVERFLOW_EXIT] = "stack overflow",
	[XS_NO_MORE_KEYS_EXIT] = "no more keys",
};

static void printHeap(txMachine* the)
{
	HeapCounters heap;
	machineCountHeap(the, &heap);
	fprintf(stderr, "hap-xs: block %u bytes, free %u; slots %u of %u (%u bytes each), chunks %u of %u bytes, stack %u of %u slots\n",
		heap.blockBytes, heap.blockFree, heap.slots, heap.slotsPeak, heap.slotBytes, heap.chunkBytes, heap.chunkBytesPeak,
		heap.stackSlotsPeak, (unsigned)(the->stackTop - the->stackBottom));
}

void fxAbort(txMachine* the, int status)
{
	const char* reason;
	outputFlush();
	if ((XS_UNHANDLED_EXCEPTION_EXIT == status) || (XS_UNHANDLED_REJECTION_EXIT == status))
		machineFault(the);
	if (gIsCloning) {
		fprintf(stderr, "hap-xs: a heap of %zu bytes is too small to start in\n", memoryBlockBytes());
		exit(1);
	}
	reason = ((size_t)status < sizeof(kReasons) / sizeof(kReasons[0])) && kReasons[status] ? kReasons[status] : "XS cannot go on";
	crashWrite(reason);
	fprintf(stderr, "hap-xs: stopped, %s\n", reason);
	if (the->sharedMachine)
		printHeap(the);
	exit(status ? status : 1);
}

void fxCreateMachinePlatform(txMachine* the)
{
	the->host = NULL;
}

void fxDeleteMachinePlatform(txMachine* the)
{
	(void)the;
}
