/*
 * The XS machines of the desktop host.
 *
 * A base machine runs every preloaded module once; it is then frozen, shared and write-protected, as the modules of a
 * firmware image are in flash. The machine that serves is a clone of it, in one memory block of fixed size.
 */

#ifndef __HAP_XS_MACHINE__
#define __HAP_XS_MACHINE__

#include <stddef.h>
#include "xsAll.h"
#include "xsScript.h"

typedef struct {
	size_t blockBytes;		/* slots, chunks, stack and tables of the serving machine */
	size_t stackSlots;
} MachineOptions;

typedef struct {
	uint32_t slotBytes;
	uint32_t slots, slotsPeak;
	uint32_t chunkBytes, chunkBytesPeak;
	uint32_t stackSlots, stackSlotsPeak;
	uint32_t tableBytes;
	uint32_t blockBytes, blockFree;
} HeapCounters;

/** Compiles and runs the preloaded modules, then freezes and protects them. */
txMachine* machineCreateBase(void);
txMachine* machineClone(txMachine* base, const MachineOptions* options);
/** To be called now and then: how much the heap grows at a time depends on how much there is. */
void machineTune(txMachine* the);
/** How many bytes of chunks a collection should leave free. */
txSize machineChunkStep(const txMachine* the);
void machineCountHeap(txMachine* the, HeapCounters* counters);
/** Runs promise jobs until none is left; a rejection without a handler is a fault then. */
void machineRunJobs(txMachine* the);
/** Prints the exception that is in flight and ends the process with status 1. */
void machineFault(txMachine* the) XS_FUNCTION_NORETURN;

/* freeze.c */
void freezeBase(txMachine* the);
void archiveBase(txMachine* the);

/* memory.c */
void memoryOpenBase(void);
void memoryProtectBase(void);
void memoryOpenBlock(size_t bytes);
size_t memoryBlockBytes(void);
size_t memoryBlockFree(void);
size_t memoryTableBytes(void);
/** True when the address lies in the protected base. */
int memoryIsBase(const void* address);
/** Where the protected base begins, and how far it may reach. */
const void* memoryBase(size_t* bytes);

/* modules.c */
/** Reads the module list that the build wrote: a line each, "specifier TAB file", preloads marked by a leading "+". */
int modulesOpen(const char* path);
/** `alias` is read from the file of `specifier` (used to choose the crypto provider). False when either is not listed. */
int modulesAlias(const char* alias, const char* specifier);
void modulesPreload(txMachine* the);
const char* modulesFile(const char* specifier);

/* natives.c, generated */
typedef struct {
	const char* name;
	void (*callback)(txMachine*);
} NativeEntry;
extern const NativeEntry nativeEntries[];
extern const int nativeEntriesCount;

#endif
