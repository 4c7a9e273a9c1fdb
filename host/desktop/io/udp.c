/*
 * embedded:io/socket/udp for the desktop. With `multicast` the socket joins that group on the interface whose address
 * is `address`, or on every interface that can multicast.
 */

#include "io.h"
#include "multicast.h"
#include "xsmc.h"

enum { kOnReadable, kOnError };
enum { kMaxDatagram = 1500 };		/* what one Ethernet frame holds; a longer one is dropped: it would take a third of the block */

typedef struct {
	Source source;
	HostSide side;
	Datagrams socket;
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

void xs_udp_constructor(txMachine* the)
{
	char address[64] = "", group[64] = "";
	Udp* udp;
	Datagrams socket = { .family = AF_INET };
	txInteger port = optionInteger(the, "port", 0, 65535, 0);
	txInteger timeToLive = optionInteger(the, "timeToLive", 1, 255, 1);
	txSlot* onReadable = optionCallback(the, "onReadable");
	txSlot* onError = optionCallback(the, "onError");
	optionText(the, "address", address, sizeof(address));
	optionText(the, "multicast", group, sizeof(group));
	if (strchr(group, ':') || strchr(address, ':'))
		socket.family = AF_INET6;
	if (group[0] && !datagramsSetGroup(&socket, group, port))
		mxRangeError("invalid multicast address");
	if (datagramsOpen(&socket, address, port, timeToLive) < 0)
		mxUnknownError("%s", strerror(errno));
	udp = calloc(1, sizeof(Udp));
	udp->socket = socket;
	udp->source.descriptor = socket.descriptor;
	udp->source.events = POLLIN;
	udp->source.onReady = onReady;
	udp->source.onFree = onFree;
	loopAdd(&udp->source);
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

/** The datagram as an ArrayBuffer with `address` and `port`; undefined when none waits, it is too long, or none of our business. */
void xs_udp_read(txMachine* the)
{
	uint8_t bytes[kMaxDatagram + 1];
	char text[64];
	struct sockaddr_storage remote;
	ssize_t count = datagramsReceive(&udpOf(the)->socket, bytes, sizeof(bytes), &remote);
	if ((count < 0) || (count > kMaxDatagram))
		return;
	fxArrayBuffer(the, mxResult, bytes, (txInteger)count, -1);
	addressText(&remote, text, sizeof(text));
	mxPushStringC(text);
	setProperty(the, mxResult, "address");
	mxPushInteger(addressPort(&remote));
	setProperty(the, mxResult, "port");
}

/** A datagram that the system does not take is lost, as one on the network may be. */
void xs_udp_write(txMachine* the)
{
	Udp* udp = udpOf(the);
	char address[64];
	size_t count;
	uint8_t* bytes;
	txInteger port;
	if (mxArgc < 3)
		mxTypeError("write(buffer, address, port)");
	port = fxToInteger(the, mxArgv(2));
	fxToStringBuffer(the, mxArgv(1), address, sizeof(address));
	bytes = bufferArgument(the, 0, &count, 0);
	if ((port < 0) || (port > 65535) || !datagramsSend(&udp->socket, bytes, count, address, port))
		mxRangeError("invalid address or port");
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
	if (!datagramsSetGroup(&udp->socket, group, 0))
		mxRangeError("invalid group");
	datagramsJoin(&udp->socket, address, kMulticastHops);
}

void xs_udp_remove(txMachine* the)
{
	datagramsLeave(&udpOf(the)->socket);
}
