#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "address.h"

enum { kBacklog = 1024 };		/* a flood that fills it keeps others out: their first packet is dropped, and sent again after seconds */

socklen_t addressParse(struct sockaddr_storage* to, const char* address, int port, int family)
{
	struct sockaddr_in* v4 = (struct sockaddr_in*)to;
	struct sockaddr_in6* v6 = (struct sockaddr_in6*)to;
	char text[64];
	char* zone;
	memset(to, 0, sizeof(*to));
	snprintf(text, sizeof(text), "%s", address ? address : "");
	zone = strchr(text, '%');
	if (zone)
		*zone++ = 0;
	if (text[0] ? (1 == inet_pton(AF_INET, text, &v4->sin_addr)) : (AF_INET == family)) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		return sizeof(*v4);
	}
	if (text[0] && (1 != inet_pton(AF_INET6, text, &v6->sin6_addr)))
		return 0;
	if (!text[0])
		v6->sin6_addr = in6addr_any;
	v6->sin6_family = AF_INET6;
	v6->sin6_port = htons((uint16_t)port);
	if (zone)
		v6->sin6_scope_id = (uint32_t)strtoul(zone, NULL, 10);
	return sizeof(*v6);
}

void addressText(const struct sockaddr_storage* from, char* text, size_t size)
{
	const struct sockaddr_in6* v6 = (const struct sockaddr_in6*)from;
	text[0] = 0;
	if (AF_INET == from->ss_family)
		inet_ntop(AF_INET, &((const struct sockaddr_in*)from)->sin_addr, text, (socklen_t)size);
	else if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
		inet_ntop(AF_INET, v6->sin6_addr.s6_addr + 12, text, (socklen_t)size);
	else {
		inet_ntop(AF_INET6, &v6->sin6_addr, text, (socklen_t)size);
		if (v6->sin6_scope_id) {
			size_t length = strlen(text);
			snprintf(text + length, size - length, "%%%u", (unsigned)v6->sin6_scope_id);
		}
	}
}

int addressPort(const struct sockaddr_storage* from)
{
	if (AF_INET == from->ss_family)
		return ntohs(((const struct sockaddr_in*)from)->sin_port);
	return ntohs(((const struct sockaddr_in6*)from)->sin6_port);
}

int addressIsUsable(const struct ifaddrs* at, const char* address, char* text, size_t size)
{
	if (!at->ifa_addr || !(at->ifa_flags & IFF_UP))
		return 0;
	if ((AF_INET != at->ifa_addr->sa_family) && (AF_INET6 != at->ifa_addr->sa_family))
		return 0;
	addressText((struct sockaddr_storage*)at->ifa_addr, text, size);
	text[strcspn(text, "%")] = 0;
	if (address[0])
		return !strcmp(text, address);
	return !(at->ifa_flags & IFF_LOOPBACK);
}

void makeNonBlocking(int descriptor)
{
	fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
	fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

static int listenOf(int family, const char* address, int port, struct sockaddr_storage* local)
{
	socklen_t size = addressParse(local, address, port, family);
	int descriptor;
	if (0 == size) {
		errno = EADDRNOTAVAIL;
		return -1;
	}
	descriptor = socket(local->ss_family, SOCK_STREAM, 0);
	if (descriptor < 0)
		return -1;
	setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 }, sizeof(int));
	if (AF_INET6 == local->ss_family)
		setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &(int){ 0 }, sizeof(int));
	if ((bind(descriptor, (struct sockaddr*)local, size) < 0) || (listen(descriptor, kBacklog) < 0)) {
		int error = errno;
		close(descriptor);
		errno = error;
		return -1;
	}
	size = sizeof(*local);
	getsockname(descriptor, (struct sockaddr*)local, &size);
	makeNonBlocking(descriptor);
	return descriptor;
}

int listenAt(const char* address, int port, struct sockaddr_storage* local)
{
	int descriptor = listenOf(AF_INET6, address, port, local);
	if ((descriptor < 0) && !address[0] && (EAFNOSUPPORT == errno || EADDRNOTAVAIL == errno))
		descriptor = listenOf(AF_INET, address, port, local);		/* a system without IPv6 */
	return descriptor;
}
