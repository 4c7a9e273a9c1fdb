/* Where an exception comes from: function, file and line, without a debugger and at no cost while nothing is thrown. */

#ifndef __HAP_XS_TRACE__
#define __HAP_XS_TRACE__

#include "machine.h"

/** Makes the Error constructors note lines. Once, on the base, before it is frozen. */
void traceInstall(txMachine* base);
/** Writes message, stack, file and line to standard error. */
void tracePrintException(txMachine* the, txSlot* exception);

#endif
