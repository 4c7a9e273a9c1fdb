/*
 * embedded:io/socket/udp for the desktop. With `multicast` the socket joins that group on the interface whose address
 * is `address` (IPv4 text, or an interface number for IPv6 groups), or on every interface that can multicast, and sends
 * to the group through each of them.
 */

#include <ifaddrs.h>
#include <net/if.h>
#include "io.h"
#include "xsmc.h"

enum { kOnReadable, kOnError };
enum { kMaxInterfaces = 16, kMaxDatagram = 1500 };		/* what one Ethernet frame holds; a longer one is dropped: it would take a third of the block */

typedef struct {
	Source source;
	HostSide side;
	int family;
	struct sockaddr_storage group;				/* ss_family 0: none */
	int interfacesCount;
	unsigned interfaces[kMaxInterfaces];		/* indexes */
	struct in_addr addresses[kMaxInterfaces];
} Udp;

static void xs_udp_mark(txMachine* the, void* data, txMarkRoot markRoot)
{
	if (data)
		hostMark(the, &((Udp*)data)->side, markRoot);
}

static void end(Udp* udp)
{
	loopRemove(&udp->source);
	close(udp->source.descriptor);
	udp->source.descriptor = -1;
}

void xs_udp_destructor(void* data)
{
	if (data)
		end(data);
}

static const txHostHooks udpHooks = { xs_udp_destructor, xs_udp_mark, NULL };

static Udp* udpOf(txMachine* the)
{
	Udp* udp = hostData(the, &udpHooks);
	if (!udp)
		mxUnknownError("closed");
	return udp;
}

static void onFree(Source* source)
{
	free(source);
}

static void onReady(Source* source, short events)
{
	Udp* udp = (Udp*)source;
	(void)events;
	if (udp->side.callbacks[kOnReadable])
		loopCallInteger(loopMachine, &udp->side.object, udp->side.callbacks[kOnReadable], 1);
	else
		recv(source->descriptor, &(char){ 0 }, 1, 0);
}

/* Groups */

static void join(Udp* udp, unsigned interface, struct in_addr address, int isJoining)
{
	if (AF_INET6 == udp->family) {
		struct ipv6_mreq request = { .ipv6mr_interface = interface };
		request.ipv6mr_multiaddr = ((struct sockaddr_in6*)&udp->group)->sin6_addr;
		setsockopt(udp->source.descriptor, IPPROTO_IPV6, isJoining ? IPV6_JOIN_GROUP : IPV6_LEAVE_GROUP, &request, sizeof(request));
	}
	else {
		struct ip_mreq request = { .imr_interface = address };
		request.imr_multiaddr = ((struct sockaddr_in*)&udp->group)->sin_addr;
		setsockopt(udp->source.descriptor, IPPROTO_IP, isJoining ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP, &request, sizeof(request));
	}
}

static int isWanted(const Udp* udp, const struct ifaddrs* at, const char* address)
{
	char text[64];
	if (!at->ifa_addr || (at->ifa_addr->sa_family != udp->family) || !(at->ifa_flags & IFF_UP))
		return 0;
	if (!address[0])
		return (at->ifa_flags & IFF_MULTICAST) && !(at->ifa_flags & IFF_LOOPBACK);
	addressText((struct sockaddr_storage*)at->ifa_addr, text, sizeof(text));
	text[strcspn(text, "%")] = 0;
	return !strcmp(text, address);
}

/** Takes the interfaces anew: those that came are joined, those that went are forgotten by the system itself. */
static void findInterfaces(Udp* udp, const char* address)
{
	struct ifaddrs* list;
	udp->interfacesCount = 0;
	if (getifaddrs(&list) < 0)
		return;
	for (struct ifaddrs* at = list; at && (udp->interfacesCount < kMaxInterfaces); at = at->ifa_next) {
		int i = udp->interfacesCount;
		if (!isWanted(udp, at, address))
			continue;
		udp->interfaces[i] = if_nametoindex(at->ifa_name);
		udp->addresses[i] = ((struct sockaddr_in*)at->ifa_addr)->sin_addr;
		if (i && (udp->interfaces[i] == udp->interfaces[i - 1]))
			continue;			/* a second address of the same interface */
		join(udp, udp->interfaces[i], udp->addresses[i], 1);
		udp->interfacesCount++;
	}
	freeifaddrs(list);
}

static void selectInterface(Udp* udp, int i)
{
	if (AF_INET6 == udp->family)
		setsockopt(udp->source.descriptor, IPPROTO_IPV6, IPV6_MULTICAST_IF, &udp->interfaces[i], sizeof(udp->interfaces[i]));
	else
		setsockopt(udp->source.descriptor, IPPROTO_IP, IP_MULTICAST_IF, &udp->addresses[i], sizeof(udp->addresses[i]));
}

static void configureMulticast(Udp* udp, int timeToLive)
{
	int descriptor = udp->source.descriptor;
	unsigned char hops = (unsigned char)timeToLive;
	if (AF_INET6 == udp->family) {
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

/* JavaScript */

static int openSocket(Udp* udp, int port, const char* address, int isShared)
{
	struct sockaddr_storage local;
	socklen_t size = addressParse(&local, isShared ? "" : address, port, udp->family);
	int descriptor;
	if (0 == size) {
		errno = EADDRNOTAVAIL;
		return -1;
	}
	descriptor = socket(local.ss_family, SOCK_DGRAM, 0);
	if (descriptor < 0)
		return -1;
	if (isShared) {
		setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 }, sizeof(int));
#ifdef SO_REUSEPORT
		setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &(int){ 1 }, sizeof(int));
#endif
	}
	if (AF_INET6 == local.ss_family)
		setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &(int){ 1 }, sizeof(int));
	if (bind(descriptor, (struct sockaddr*)&local, size) < 0) {
		int error = errno;
		close(descriptor);
		errno = error;
		return -1;
	}
	makeNonBlocking(descriptor);
	return descriptor;
}

void xs_udp_constructor(txMachine* the)
{
	char address[64] = "", group[64] = "";
	Udp* udp;
	Udp made = { .family = AF_INET };
	txInteger port = optionInteger(the, "port", 0, 65535, 0);
	txInteger timeToLive = optionInteger(the, "timeToLive", 1, 255, 1);
	txSlot* onReadable = optionCallback(the, "onReadable");
	txSlot* onError = optionCallback(the, "onError");
	optionText(the, "address", address, sizeof(address));
	if (optionText(the, "multicast", group, sizeof(group)) && (0 == addressParse(&made.group, group, port, AF_UNSPEC)))
		mxRangeError("invalid multicast address");
	if (strchr(group, ':') || strchr(address, ':'))
		made.family = AF_INET6;
	made.source.descriptor = openSocket(&made, port, address, group[0]);
	if (made.source.descriptor < 0)
		mxUnknownError("%s", strerror(errno));
	udp = calloc(1, sizeof(Udp));
	*udp = made;
	udp->source.events = POLLIN;
	udp->source.onReady = onReady;
	udp->source.onFree = onFree;
	loopAdd(&udp->source);
	if (group[0]) {
		configureMulticast(udp, timeToLive);
		findInterfaces(udp, address);
	}
	optionTarget(the);
	hostBind(the, &udp->side, udp, &udpHooks);
	udp->side.callbacks[kOnReadable] = onReadable;
	udp->side.callbacks[kOnError] = onError;
}

void xs_udp_close(txMachine* the)
{
	Udp* udp = hostData(the, &udpHooks);
	if (!udp)
		return;
	hostRelease(the, &udp->side);
	end(udp);
}

static void setProperty(txMachine* the, txSlot* object, const char* name)
{
	mxPushSlot(object);
	mxSetID(fxID(the, (txString)name));
	mxPop();
}

/** The datagram as an ArrayBuffer with `address` and `port`; undefined when none waits, or it is too long. */
void xs_udp_read(txMachine* the)
{
	uint8_t bytes[kMaxDatagram + 1];
	char text[64];
	struct sockaddr_storage remote;
	socklen_t size = sizeof(remote);
	ssize_t count = recvfrom(udpOf(the)->source.descriptor, bytes, sizeof(bytes), 0, (struct sockaddr*)&remote, &size);
	if ((count < 0) || (count > kMaxDatagram))
		return;
	fxArrayBuffer(the, mxResult, bytes, (txInteger)count, -1);
	addressText(&remote, text, sizeof(text));
	mxPushStringC(text);
	setProperty(the, mxResult, "address");
	mxPushInteger(addressPort(&remote));
	setProperty(the, mxResult, "port");
}

static void sendToGroup(Udp* udp, const uint8_t* bytes, size_t count, const struct sockaddr_storage* to, socklen_t size)
{
	for (int i = 0; i < udp->interfacesCount; i++) {
		selectInterface(udp, i);
		sendto(udp->source.descriptor, bytes, count, 0, (const struct sockaddr*)to, size);
	}
}

static int isGroup(const struct sockaddr_storage* to)
{
	if (AF_INET == to->ss_family)
		return IN_MULTICAST(ntohl(((const struct sockaddr_in*)to)->sin_addr.s_addr));
	return IN6_IS_ADDR_MULTICAST(&((const struct sockaddr_in6*)to)->sin6_addr);
}

/** A datagram that the system does not take is lost, as one on the network may be. */
void xs_udp_write(txMachine* the)
{
	Udp* udp = udpOf(the);
	char address[64];
	struct sockaddr_storage to;
	socklen_t size;
	size_t count;
	uint8_t* bytes;
	txInteger port;
	if (mxArgc < 3)
		mxTypeError("write(buffer, address, port)");
	port = fxToInteger(the, mxArgv(2));
	fxToStringBuffer(the, mxArgv(1), address, sizeof(address));
	size = addressParse(&to, address, port, udp->family);
	if ((0 == size) || (port < 0) || (port > 65535))
		mxRangeError("invalid address or port");
	bytes = bufferArgument(the, 0, &count, 0);
	if (isGroup(&to))
		sendToGroup(udp, bytes, count, &to, size);
	else
		sendto(udp->source.descriptor, bytes, count, 0, (struct sockaddr*)&to, size);
}

/** add(group, address?): joins on that interface, or on all; called again, it finds interfaces that came since. */
void xs_udp_add(txMachine* the)
{
	Udp* udp = udpOf(the);
	char group[64], address[64] = "";
	if (mxArgc < 1)
		mxTypeError("group is missing");
	fxToStringBuffer(the, mxArgv(0), group, sizeof(group));
	if ((mxArgc > 1) && (XS_UNDEFINED_KIND != mxArgv(1)->kind))
		fxToStringBuffer(the, mxArgv(1), address, sizeof(address));
	if (0 == addressParse(&udp->group, group, 0, udp->family))
		mxRangeError("invalid group");
	configureMulticast(udp, 255);
	findInterfaces(udp, address);
}

void xs_udp_remove(txMachine* the)
{
	Udp* udp = udpOf(the);
	for (int i = 0; i < udp->interfacesCount; i++)
		join(udp, udp->interfaces[i], udp->addresses[i], 0);
	udp->interfacesCount = 0;
}
