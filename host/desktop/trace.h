/* Where an exception comes from: function, file and line, without a debugger and at no cost while nothing is thrown. */

#ifndef __HAP_XS_TRACE__
#define __HAP_XS_TRACE__

#include "machine.h"

/** Writes message, stack, file and line to standard error. */
void tracePrintException(txMachine* the, txSlot* exception);

#endif
