/*
 * embedded:io/socket/udp for mcsim on Linux. With `multicast` the socket joins that group on the interface whose address is
 * `address`, or on every interface that can multicast.
 */

#include "multicast.h"
#include "sim-io.h"

enum { kOnReadable, kOnError };
enum { kMaxDatagram = 1500 };		/* what one Ethernet frame holds; a longer one is dropped, as the device's memory would have it */

typedef struct {
	Watch watch;
	Datagrams socket;
} Udp;

void xs_sim_udp_destructor(void* data)
{
	Udp* udp = data;
	if (!udp)
		return;
	udp->watch.isBound = 0;		/* the object is gone already */
	watchEnd(&udp->watch);
}

static const xsHostHooks udpHooks = { xs_sim_udp_destructor, watchMark, NULL };

static void onReady(Watch* watch, int events)
{
	(void)events;
	if (!watchCall(watch, kOnReadable, 1))
		recv(watch->descriptor, &(char){ 0 }, 1, 0);
}

void xs_sim_udp_constructor(xsMachine* the)
{
	char address[64] = "", group[64] = "";
	Udp* udp;
	Datagrams socket = { .family = AF_INET };
	int port = optionInteger(the, xsID_port, 0, 65535, 0);
	int timeToLive = optionInteger(the, xsID_timeToLive, 1, 255, 1);
	xsSlot* onReadable = optionCallback(the, xsID_onReadable);
	xsSlot* onError = optionCallback(the, xsID_onError);
	optionText(the, xsID_address, address, sizeof(address));
	optionText(the, xsID_multicast, group, sizeof(group));
	optionTarget(the);
	if (strchr(group, ':') || strchr(address, ':'))
		socket.family = AF_INET6;
	if (group[0] && !datagramsSetGroup(&socket, group, port))
		xsRangeError("invalid multicast address");
	if (datagramsOpen(&socket, address, port, timeToLive) < 0)
		xsUnknownError("%s", strerror(errno));
	udp = watchNew(the, sizeof(Udp), socket.descriptor, onReady);
	udp->socket = socket;
	watchBind(&udp->watch, &xsThis, &udpHooks);
	udp->watch.callbacks[kOnReadable] = onReadable;
	udp->watch.callbacks[kOnError] = onError;
	watchFor(&udp->watch, G_IO_IN);
}

void xs_sim_udp_close(xsMachine* the)
{
	Udp* udp = watchIf(the, &udpHooks);
	if (udp)
		watchEnd(&udp->watch);
}

/** The datagram as an ArrayBuffer with `address` and `port`; undefined when none waits, it is too long, or none of our business. */
void xs_sim_udp_read(xsMachine* the)
{
	uint8_t bytes[kMaxDatagram + 1];
	char text[64];
	Udp* udp = watchOf(the, &udpHooks);
	struct sockaddr_storage remote;
	ssize_t count = datagramsReceive(&udp->socket, bytes, sizeof(bytes), &remote);
	if ((count < 0) || (count > kMaxDatagram))
		return;
	xsmcVars(1);
	xsmcSetArrayBuffer(xsResult, bytes, (xsIntegerValue)count);
	addressText(&remote, text, sizeof(text));
	xsmcSetString(xsVar(0), text);
	xsmcSet(xsResult, xsID_address, xsVar(0));
	xsmcSetInteger(xsVar(0), addressPort(&remote));
	xsmcSet(xsResult, xsID_port, xsVar(0));
}

/** A datagram that the system does not take is lost, as one on the network may be. */
void xs_sim_udp_write(xsMachine* the)
{
	Udp* udp = watchOf(the, &udpHooks);
	char address[64];
	void* bytes;
	xsUnsignedValue count;
	int port;
	if (xsmcArgc < 3)
		xsTypeError("write(buffer, address, port)");
	port = xsmcToInteger(xsArg(2));
	xsmcToStringBuffer(xsArg(1), address, sizeof(address));
	xsmcGetBufferReadable(xsArg(0), &bytes, &count);
	if ((port < 0) || (port > 65535) || !datagramsSend(&udp->socket, bytes, count, address, port))
		xsRangeError("invalid address or port");
}

/** add(group, address?): joins on that interface, or on all; called again, it finds interfaces that came since. */
void xs_sim_udp_add(xsMachine* the)
{
	Udp* udp = watchOf(the, &udpHooks);
	char group[64], address[64] = "";
	if (xsmcArgc < 1)
		xsTypeError("group is missing");
	xsmcToStringBuffer(xsArg(0), group, sizeof(group));
	if ((xsmcArgc > 1) && (xsUndefinedType != xsmcTypeOf(xsArg(1))))
		xsmcToStringBuffer(xsArg(1), address, sizeof(address));
	if (!datagramsSetGroup(&udp->socket, group, 0))
		xsRangeError("invalid group");
	datagramsJoin(&udp->socket, address, kMulticastHops);
}

void xs_sim_udp_remove(xsMachine* the)
{
	Udp* udp = watchOf(the, &udpHooks);
	datagramsLeave(&udp->socket);
}
