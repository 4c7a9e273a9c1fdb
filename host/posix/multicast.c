#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>
#include <unistd.h>
#include "multicast.h"

int datagramsSetGroup(Datagrams* socket, const char* group, int port)
{
	return 0 != addressParse(&socket->group, group, port, socket->family);
}

/* Groups */

static void join(Datagrams* socket, unsigned interface, struct in_addr address, int isJoining)
{
	if (AF_INET6 == socket->family) {
		struct ipv6_mreq request = { .ipv6mr_interface = interface };
		request.ipv6mr_multiaddr = ((struct sockaddr_in6*)&socket->group)->sin6_addr;
		setsockopt(socket->descriptor, IPPROTO_IPV6, isJoining ? IPV6_JOIN_GROUP : IPV6_LEAVE_GROUP, &request, sizeof(request));
	}
	else {
		struct ip_mreq request = { .imr_interface = address };
		request.imr_multiaddr = ((struct sockaddr_in*)&socket->group)->sin_addr;
		setsockopt(socket->descriptor, IPPROTO_IP, isJoining ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP, &request, sizeof(request));
	}
}

static int isWanted(const Datagrams* socket, const struct ifaddrs* at, const char* address)
{
	char text[64];
	if (!at->ifa_addr || (at->ifa_addr->sa_family != socket->family) || !(at->ifa_flags & IFF_UP))
		return 0;
	if (!address[0])
		return (at->ifa_flags & IFF_MULTICAST) && !(at->ifa_flags & IFF_LOOPBACK);
	addressText((struct sockaddr_storage*)at->ifa_addr, text, sizeof(text));
	text[strcspn(text, "%")] = 0;
	return !strcmp(text, address);
}

/** Takes the interfaces anew: those that came are joined, those that went are forgotten by the system itself. */
static void findInterfaces(Datagrams* socket, const char* address)
{
	struct ifaddrs* list;
	socket->interfacesCount = 0;
	if (getifaddrs(&list) < 0)
		return;
	for (struct ifaddrs* at = list; at && (socket->interfacesCount < kMaxInterfaces); at = at->ifa_next) {
		int i = socket->interfacesCount;
		if (!isWanted(socket, at, address))
			continue;
		socket->interfaces[i] = if_nametoindex(at->ifa_name);
		socket->addresses[i] = ((struct sockaddr_in*)at->ifa_addr)->sin_addr;
		if (i && (socket->interfaces[i] == socket->interfaces[i - 1]))
			continue;			/* a second address of the same interface */
		join(socket, socket->interfaces[i], socket->addresses[i], 1);
		socket->interfacesCount++;
	}
	freeifaddrs(list);
}

static void selectInterface(const Datagrams* socket, int i)
{
	const unsigned* interface = &socket->interfaces[i];
	if (AF_INET6 == socket->family)
		setsockopt(socket->descriptor, IPPROTO_IPV6, IPV6_MULTICAST_IF, interface, sizeof(*interface));
	else
		setsockopt(socket->descriptor, IPPROTO_IP, IP_MULTICAST_IF, &socket->addresses[i], sizeof(socket->addresses[i]));
}

static void configure(const Datagrams* socket, int timeToLive)
{
	int descriptor = socket->descriptor;
	unsigned char hops = (unsigned char)timeToLive;
	if (AF_INET6 == socket->family) {
		setsockopt(descriptor, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &timeToLive, sizeof(timeToLive));
		setsockopt(descriptor, IPPROTO_IPV6, IPV6_UNICAST_HOPS, &timeToLive, sizeof(timeToLive));
		setsockopt(descriptor, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, &(int){ 1 }, sizeof(int));
	}
	else {
		setsockopt(descriptor, IPPROTO_IP, IP_MULTICAST_TTL, &hops, sizeof(hops));
		setsockopt(descriptor, IPPROTO_IP, IP_TTL, &timeToLive, sizeof(timeToLive));
		setsockopt(descriptor, IPPROTO_IP, IP_MULTICAST_LOOP, &(unsigned char){ 1 }, 1);
#ifdef IP_MULTICAST_ALL
		setsockopt(descriptor, IPPROTO_IP, IP_MULTICAST_ALL, &(int){ 0 }, sizeof(int));		/* only the interfaces joined */
#endif
	}
}

void datagramsJoin(Datagrams* socket, const char* address, int timeToLive)
{
	configure(socket, timeToLive);
	findInterfaces(socket, address);
}

void datagramsLeave(Datagrams* socket)
{
	for (int i = 0; i < socket->interfacesCount; i++)
		join(socket, socket->interfaces[i], socket->addresses[i], 0);
	socket->interfacesCount = 0;
}

/* The socket */

static int fail(int descriptor)
{
	int error = errno;
	close(descriptor);
	errno = error;
	return -1;
}

int datagramsOpen(Datagrams* datagrams, const char* address, int port, int timeToLive)
{
	struct sockaddr_storage local;
	int hasGroup = AF_UNSPEC != datagrams->group.ss_family;
	socklen_t size = addressParse(&local, hasGroup ? "" : address, port, datagrams->family);
	if (0 == size) {
		errno = EADDRNOTAVAIL;
		return -1;
	}
	int descriptor = socket(local.ss_family, SOCK_DGRAM, 0);
	if (descriptor < 0)
		return -1;
	if (hasGroup) {
		setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 }, sizeof(int));
#ifdef SO_REUSEPORT
		setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &(int){ 1 }, sizeof(int));
#endif
	}
	if (AF_INET6 == local.ss_family)
		setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &(int){ 1 }, sizeof(int));
	if (bind(descriptor, (struct sockaddr*)&local, size) < 0)
		return fail(descriptor);
	makeNonBlocking(descriptor);
	datagrams->descriptor = descriptor;
	if (hasGroup)
		datagramsJoin(datagrams, address, timeToLive);
	return descriptor;
}

static int isGroup(const struct sockaddr_storage* to)
{
	if (AF_INET == to->ss_family)
		return IN_MULTICAST(ntohl(((const struct sockaddr_in*)to)->sin_addr.s_addr));
	return IN6_IS_ADDR_MULTICAST(&((const struct sockaddr_in6*)to)->sin6_addr);
}

int datagramsSend(Datagrams* socket, const uint8_t* bytes, size_t count, const char* address, int port)
{
	struct sockaddr_storage to;
	socklen_t size = addressParse(&to, address, port, socket->family);
	if (0 == size)
		return 0;
	if (!isGroup(&to)) {
		sendto(socket->descriptor, bytes, count, 0, (struct sockaddr*)&to, size);
		return 1;
	}
	for (int i = 0; i < socket->interfacesCount; i++) {
		selectInterface(socket, i);
		sendto(socket->descriptor, bytes, count, 0, (struct sockaddr*)&to, size);
	}
	return 1;
}
