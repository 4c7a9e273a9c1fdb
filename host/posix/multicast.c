#define _GNU_SOURCE					/* struct in6_pktinfo: of RFC 3542, for glibc and for macOS */
#define __APPLE_USE_RFC_3542
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>
#include <unistd.h>
#include "interfaces.h"
#include "multicast.h"

#if defined(__linux__) && !defined(IPV6_MULTICAST_ALL)
	#define IPV6_MULTICAST_ALL 29			/* of the kernel since 4.20, not in every C library */
#endif

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
	if (!strchr(address, '%'))
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
		setsockopt(descriptor, IPPROTO_IPV6, IPV6_RECVPKTINFO, &(int){ 1 }, sizeof(int));
#ifdef IPV6_MULTICAST_ALL
		setsockopt(descriptor, IPPROTO_IPV6, IPV6_MULTICAST_ALL, &(int){ 0 }, sizeof(int));
#endif
	}
	else {
		setsockopt(descriptor, IPPROTO_IP, IP_MULTICAST_TTL, &hops, sizeof(hops));
		setsockopt(descriptor, IPPROTO_IP, IP_TTL, &timeToLive, sizeof(timeToLive));
		setsockopt(descriptor, IPPROTO_IP, IP_MULTICAST_LOOP, &(unsigned char){ 1 }, 1);
		setsockopt(descriptor, IPPROTO_IP, IP_PKTINFO, &(int){ 1 }, sizeof(int));
#ifdef IP_MULTICAST_ALL
		setsockopt(descriptor, IPPROTO_IP, IP_MULTICAST_ALL, &(int){ 0 }, sizeof(int));		/* only the interfaces joined */
#endif
	}
}

/** What comes for the port alone then goes to the socket of the interface that it came by, where there is one for each. */
static void bindInterface(const Datagrams* socket, unsigned interface)
{
#ifdef SO_BINDTODEVICE
	char name[IF_NAMESIZE];
	if (if_indextoname(interface, name))
		setsockopt(socket->descriptor, SOL_SOCKET, SO_BINDTODEVICE, name, (socklen_t)strlen(name));
#else
	if (AF_INET6 == socket->family)
		setsockopt(socket->descriptor, IPPROTO_IPV6, IPV6_BOUND_IF, &interface, sizeof(interface));
	else
		setsockopt(socket->descriptor, IPPROTO_IP, IP_BOUND_IF, &interface, sizeof(interface));
#endif
}

void datagramsJoin(Datagrams* socket, const char* address, int timeToLive)
{
	configure(socket, timeToLive);
	findInterfaces(socket, address);
	if (address[0] && socket->interfacesCount)
		bindInterface(socket, socket->interfaces[0]);
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

/** Where a datagram went, and by which interface. */
static unsigned destinationOf(struct msghdr* message, int family, struct sockaddr_storage* to)
{
	to->ss_family = AF_UNSPEC;
	for (struct cmsghdr* at = CMSG_FIRSTHDR(message); at; at = CMSG_NXTHDR(message, at)) {
		if ((AF_INET == family) && (IPPROTO_IP == at->cmsg_level) && (IP_PKTINFO == at->cmsg_type)) {
			const struct in_pktinfo* info = (const struct in_pktinfo*)CMSG_DATA(at);
			to->ss_family = AF_INET;
			((struct sockaddr_in*)to)->sin_addr = info->ipi_addr;
			return (unsigned)info->ipi_ifindex;
		}
		if ((AF_INET6 == family) && (IPPROTO_IPV6 == at->cmsg_level) && (IPV6_PKTINFO == at->cmsg_type)) {
			const struct in6_pktinfo* info = (const struct in6_pktinfo*)CMSG_DATA(at);
			to->ss_family = AF_INET6;
			((struct sockaddr_in6*)to)->sin6_addr = info->ipi6_addr;
			return info->ipi6_ifindex;
		}
	}
	return 0;
}

ssize_t datagramsReceive(const Datagrams* socket, uint8_t* bytes, size_t size, struct sockaddr_storage* remote)
{
	union { struct cmsghdr header; char bytes[128]; } control;
	struct iovec part = { .iov_base = bytes, .iov_len = size };
	struct sockaddr_storage to;
	struct msghdr message = { .msg_name = remote, .msg_namelen = sizeof(*remote), .msg_iov = &part, .msg_iovlen = 1 };
	ssize_t count;
	unsigned interface;
	message.msg_control = &control;
	message.msg_controllen = sizeof(control);
	count = recvmsg(socket->descriptor, &message, 0);
	if ((count < 0) || (AF_UNSPEC == socket->group.ss_family))
		return count;
	interface = destinationOf(&message, socket->family, &to);
	if ((AF_UNSPEC == to.ss_family) || isGroup(&to) || interfacesIsNear(interface, remote))
		return count;
	return -1;
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
