#ifndef __HAP_XS_SIM_TCP__
#define __HAP_XS_SIM_TCP__

#include "address.h"
#include "sim-io.h"

/** Gives an accepted connection, which it owns from here on, to the JavaScript object made for it. */
void tcpAttach(xsMachine* the, xsSlot* object, int descriptor, const struct sockaddr_storage* remote);

#endif
