#ifndef __HAP_XS_TCP__
#define __HAP_XS_TCP__

#include "io.h"

typedef struct Tcp Tcp;
extern const txHostHooks tcpHooks;

/** Owns the descriptor. NULL when there is no memory; the descriptor is then still the caller's. */
Tcp* tcpNew(int descriptor, const struct sockaddr_storage* remote);
/** Gives an accepted connection to the JavaScript object made for it. */
void tcpAttach(txMachine* the, txSlot* object, Tcp* tcp);
void tcpEnd(Tcp* tcp);

#endif
