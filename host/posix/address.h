/* Addresses of sockets as text and in binary, for every host that has POSIX's sockets. */

#ifndef __HAP_XS_ADDRESS__
#define __HAP_XS_ADDRESS__

#include <sys/socket.h>
#include <netinet/in.h>
#include <stddef.h>

/** `address` NULL or "" is any of `family`. 0: no address. */
socklen_t addressParse(struct sockaddr_storage* to, const char* address, int port, int family);
/** An IPv4 peer of a dual-stack socket reads as IPv4. */
void addressText(const struct sockaddr_storage* from, char* text, size_t size);
int addressPort(const struct sockaddr_storage* from);

/** Whether this is an address to reach this computer at: of the interface that has `address`, or, "", of any but loopback. */
struct ifaddrs;
int addressIsUsable(const struct ifaddrs* at, const char* address, char* text, size_t size);

void makeNonBlocking(int descriptor);
/** A listening socket that does not block, -1 and errno when there is none. Without an address it serves IPv6 and IPv4. */
int listenAt(const char* address, int port, struct sockaddr_storage* local);

#endif
