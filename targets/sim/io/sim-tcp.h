#ifndef __HAP_XS_SIM_TCP__
#define __HAP_XS_SIM_TCP__

#include "address.h"
#include "sim-io.h"

/** Whether it has no connection yet. TypeError when it is no TCP. */
int tcpIsShell(xsMachine* the, xsSlot* object);
/** Gives an accepted connection, which it owns from here on, to the JavaScript object made for it. */
void tcpAttach(xsMachine* the, xsSlot* object, int descriptor, const struct sockaddr_storage* remote);

#endif
