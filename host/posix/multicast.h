/*
 * A datagram socket that may belong to a group: on the interface with a given address, to which it is then bound, or on every
 * interface that can multicast, sending to the group through each of them.
 */

#ifndef __HAP_XS_MULTICAST__
#define __HAP_XS_MULTICAST__

#include <stdint.h>
#include <sys/types.h>
#include "address.h"

enum { kMaxInterfaces = 16, kMulticastHops = 255 };		/* hops: RFC 6762 section 11 */

typedef struct {
	int descriptor;
	int family;
	struct sockaddr_storage group;				/* ss_family 0: none */
	int interfacesCount;
	unsigned interfaces[kMaxInterfaces];		/* indexes */
	struct in_addr addresses[kMaxInterfaces];
} Datagrams;

/** Names a group before datagramsOpen. False: no address. */
int datagramsSetGroup(Datagrams* socket, const char* group, int port);
/** -1 and errno when there is none. With a group the port may be another program's too, and `address` is an interface. */
int datagramsOpen(Datagrams* socket, const char* address, int port, int timeToLive);
/** Joins the group of datagramsSetGroup. Called again, it finds interfaces that came since. */
void datagramsJoin(Datagrams* socket, const char* address, int timeToLive);
void datagramsLeave(Datagrams* socket);
/**
 * Bytes of the next datagram, -1 when none waits or it is none for us: a member of a group hears its group, and of what is sent to it
 * alone only what comes from its own networks (RFC 6762 section 5.5).
 */
ssize_t datagramsReceive(const Datagrams* socket, uint8_t* bytes, size_t size, struct sockaddr_storage* remote);
/** What the system does not take is lost, as it may be on the network. False: no address. */
int datagramsSend(Datagrams* socket, const uint8_t* bytes, size_t count, const char* address, int port);

#endif
