/** What variant `stress` has the whole host call in the places of XS's allocations, but for xsMemory.c. */

#ifndef __HAP_XS_STRESS__
#define __HAP_XS_STRESS__

#include "xsAll.h"

#undef fxNewChunk
#undef fxNewGrowableChunk
#undef fxNewSlot

extern void* fxNewChunk(txMachine* the, txSize size);
extern void* fxNewGrowableChunk(txMachine* the, txSize size, txSize capacity);
extern txSlot* fxNewSlot(txMachine* the);

#endif
