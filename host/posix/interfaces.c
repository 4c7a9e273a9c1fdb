#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
	#include <linux/netlink.h>
	#include <linux/rtnetlink.h>
#else
	#include <net/route.h>
#endif
#include "interfaces.h"

enum { kMaxAddresses = 64, kMaxLinks = 8, kMaxAddressBytes = 16 };

typedef struct {
	unsigned interface;					/* its index */
	int family;
	int isLink;
	uint8_t bytes[kMaxAddressBytes];
	uint8_t mask[kMaxAddressBytes];
} Address;

typedef struct {
	int count;
	int links;
	Address addresses[kMaxAddresses];
} Table;

static Table gTable;

static const uint8_t* bytesOf(const struct sockaddr* address)
{
	if (AF_INET == address->sa_family)
		return (const uint8_t*)&((const struct sockaddr_in*)address)->sin_addr;
	return (const uint8_t*)&((const struct sockaddr_in6*)address)->sin6_addr;
}

static size_t bytesOfFamily(int family)
{
	return AF_INET == family ? 4 : 16;
}

static int isLinkLocal(const Address* address)
{
	return (AF_INET6 == address->family) && IN6_IS_ADDR_LINKLOCAL((const struct in6_addr*)address->bytes);
}

/** An IPv6 address cannot be bound while the system still asks whether it is another's (RFC 4862 section 5.4). */
static int isAssigned(const struct sockaddr* address)
{
	int descriptor, status;
	if (AF_INET6 != address->sa_family)
		return 1;
	descriptor = socket(AF_INET6, SOCK_DGRAM, 0);
	status = bind(descriptor, address, sizeof(struct sockaddr_in6));
	close(descriptor);
	return 0 == status;
}

static int canMulticast(const struct ifaddrs* at, const char* host)
{
	if (host[0])
		return 1;				/* loopback too, where it is asked for */
	return (at->ifa_flags & IFF_MULTICAST) && (at->ifa_flags & IFF_RUNNING) && !(at->ifa_flags & IFF_POINTOPOINT);
}

static void add(Table* table, const struct ifaddrs* at, const char* host)
{
	Address* address = &table->addresses[table->count++];
	size_t size = bytesOfFamily(at->ifa_addr->sa_family);
	address->interface = if_nametoindex(at->ifa_name);
	address->family = at->ifa_addr->sa_family;
	address->isLink = canMulticast(at, host);
	memcpy(address->bytes, bytesOf(at->ifa_addr), size);
	if (at->ifa_netmask)
		memcpy(address->mask, bytesOf(at->ifa_netmask), size);
}

/** Of each interface and family one address: of IPv6 the link-local one, which every interface has. */
static void chooseLinks(Table* table)
{
	for (int i = 0; i < table->count; i++) {
		Address* a = &table->addresses[i];
		for (int j = 0; a->isLink && (j < table->count); j++) {
			const Address* b = &table->addresses[j];
			int isSame = (a->interface == b->interface) && (a->family == b->family);
			if (isSame && b->isLink && ((isLinkLocal(b) && !isLinkLocal(a)) || ((j < i) && (isLinkLocal(b) == isLinkLocal(a)))))
				a->isLink = 0;
		}
		if (a->isLink && (++table->links > kMaxLinks))
			a->isLink = 0;
	}
}

int interfacesRead(const char* host)
{
	static Table table;
	char text[64];
	struct ifaddrs* list;
	int isChanged;
	memset(&table, 0, sizeof(table));
	if (getifaddrs(&list) < 0)
		return 0;
	for (struct ifaddrs* at = list; at && (table.count < kMaxAddresses); at = at->ifa_next) {
		if (addressIsUsable(at, host, text, sizeof(text)) && isAssigned(at->ifa_addr))
			add(&table, at, host);
	}
	freeifaddrs(list);
	chooseLinks(&table);
	isChanged = 0 != memcmp(&table, &gTable, sizeof(table));
	gTable = table;
	return isChanged;
}

/** NULL: there is none. */
static const Address* linkAt(int i)
{
	for (int at = 0; at < gTable.count; at++) {
		if (gTable.addresses[at].isLink && (0 == i--))
			return &gTable.addresses[at];
	}
	return NULL;
}

int interfacesAddress(int link, int i, char* text, size_t size)
{
	const Address* of = linkAt(link);
	for (int at = 0; at < gTable.count; at++) {
		const Address* address = &gTable.addresses[at];
		if (((link >= 0) && (!of || (address->interface != of->interface))) || (0 != i--))
			continue;
		return NULL != inet_ntop(address->family, address->bytes, text, (socklen_t)size);
	}
	return 0;
}

int interfacesLink(int i, char* text, size_t size)
{
	const Address* link = linkAt(i);
	size_t length;
	if (!link || !inet_ntop(link->family, link->bytes, text, (socklen_t)size))
		return 0;
	length = strlen(text);
	if (isLinkLocal(link))
		snprintf(text + length, size - length, "%%%u", link->interface);
	return 1;
}

int interfacesIsNear(unsigned interface, const struct sockaddr_storage* peer)
{
	const uint8_t* bytes = bytesOf((const struct sockaddr*)peer);
	int isKnown = 0;
	if ((AF_INET6 == peer->ss_family) && IN6_IS_ADDR_LINKLOCAL((const struct in6_addr*)bytes))
		return 1;
	for (int at = 0; at < gTable.count; at++) {
		const Address* address = &gTable.addresses[at];
		size_t size = bytesOfFamily(address->family), i = 0;
		if ((address->interface != interface) || (address->family != peer->ss_family))
			continue;
		isKnown = 1;
		while ((i < size) && (((address->bytes[i] ^ bytes[i]) & address->mask[i]) == 0))
			i++;
		if (i == size)
			return 1;
	}
	return !isKnown;
}

/* Word of changes */

int interfacesWatch(void)
{
#ifdef __linux__
	struct sockaddr_nl local = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR };
	int descriptor = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if ((descriptor >= 0) && (bind(descriptor, (struct sockaddr*)&local, sizeof(local)) < 0)) {
		close(descriptor);
		descriptor = -1;
	}
#else
	int descriptor = socket(PF_ROUTE, SOCK_RAW, AF_UNSPEC);
#endif
	if (descriptor >= 0)
		makeNonBlocking(descriptor);
	return descriptor;
}

void interfacesDrain(int descriptor)
{
	char bytes[4096];
	while (recv(descriptor, bytes, sizeof(bytes), 0) > 0)
		;
}
