/* XS's memory, which tells of the end of a collection: what it calls there is the hook of its profiler. */

#include "lookup.h"

#define mxProfile 1
#define fxCheckProfiler(THE, FRAME) lookupSweep()

#include "xsMemory.c"
