/*
 * The addresses of this computer as they were when they were last read, and word of their changes. A link is one address family of
 * one interface that can multicast; it is known by its number here, until the next reading that finds a difference.
 */

#ifndef __HAP_XS_INTERFACES__
#define __HAP_XS_INTERFACES__

#include "address.h"

/**
 * Takes what is up and usable: of the interface that has the address `host`, that address; with "" all but loopback's. Answers
 * whether anything differs from the last time.
 */
int interfacesRead(const char* host);
/** The i-th address of a link's interface, or of all with link -1, as text without zone. 0: there are no more. */
int interfacesAddress(int link, int i, char* text, size_t size);
/** An address of the i-th link, with its zone where it needs one. 0: there are no more. */
int interfacesLink(int i, char* text, size_t size);
/** Whether a peer is in a network of the interface that has this index; yes where nothing is known of that interface. */
int interfacesIsNear(unsigned interface, const struct sockaddr_storage* peer);

/** A descriptor that can be read when something may have changed; -1 where the system tells of nothing. */
int interfacesWatch(void);
/** Reads all that it has to say. */
void interfacesDrain(int descriptor);

#endif
