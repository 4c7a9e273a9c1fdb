#ifndef __HAP_XS_TCP_SOCKET__
#define __HAP_XS_TCP_SOCKET__

#include "ring.h"
#include "tcp.h"

struct Tcp {
	Source source;
	HostSide side;
	Deadline linger;
	Ring in, out;
	struct sockaddr_storage remote;
	Tcp* nextLingering;
	size_t drained;				/* bytes dropped while lingering */
	uint8_t hasSide, isConnecting, isEnded, isBroken, hasArrived, hasRoom, isErrorTold, isEndTold;
	uint8_t hasWritten, isLingering, isShut;
	uint8_t hasGathered;		/* `out` holds what the callback wrote that runs, and nothing else */
};

/** Waits for what the state allows: to be called when the rings or the state have changed. */
void tcpWatch(Tcp* tcp);
/** The connection is broken; whoever has it is told when all that arrived is read. */
void tcpFail(Tcp* tcp);
/** What a callback wrote goes out together: answers to requests that came together are one packet. */
void tcpSendGathered(Tcp* tcp);
ssize_t tcpSendSome(int descriptor, const uint8_t* bytes, size_t count);
/** Tells JavaScript what has come: the source's onPending. */
void tcpCall(Source* source);

#endif
