/* embedded:io/socket/tcp for mcsim on Linux. */

#include <netinet/tcp.h>
#include "sim-stream.h"
#include "sim-tcp.h"

void xs_sim_tcp_destructor(void* data)
{
	Stream* stream = data;
	if (!stream)
		return;
	stream->watch.isBound = 0;		/* the object is gone already */
	watchEnd(&stream->watch);
}

static const xsHostHooks tcpHooks = { xs_sim_tcp_destructor, watchMark, NULL };

static Stream* streamOf(xsMachine* the)
{
	Stream* stream = watchOf(the, &tcpHooks);
	if (stream->isClosed)
		xsUnknownError("closed");
	return stream;
}

static Stream* takeFrom(xsMachine* the, xsSlot* from)
{
	Stream* stream = watchIn(the, from, &tcpHooks);
	if (!stream || stream->isClosed)
		xsUnknownError("from is closed");
	watchRelease(&stream->watch);
	return stream;
}

static Stream* connectTo(xsMachine* the)
{
	char address[64];
	struct sockaddr_storage remote;
	socklen_t size;
	int descriptor;
	Stream* stream;
	int port = optionInteger(the, xsID_port, 0, 65535, 0);
	if (!optionText(the, xsID_address, address, sizeof(address)))
		xsTypeError("address is missing");
	size = addressParse(&remote, address, port, AF_UNSPEC);
	if (0 == size)
		xsRangeError("invalid address");
	descriptor = socket(remote.ss_family, SOCK_STREAM, 0);
	if (descriptor < 0)
		xsUnknownError("no socket");
	stream = streamNew(the, descriptor, &remote);
	stream->isConnecting = 1;
	if ((connect(descriptor, (struct sockaddr*)&remote, size) < 0) && (EINPROGRESS != errno)) {
		stream->isConnecting = 0;
		streamFail(stream);
	}
	return stream;
}

void xs_sim_tcp_constructor(xsMachine* the)
{
	xsSlot from, noDelay;
	xsSlot *onReadable, *onWritable, *onError;
	Stream* stream;
	if (xsmcArgc < 1) {			/* a shell that Listener.read fills */
		xsmcSetHostData(xsThis, NULL);
		xsSetHostHooks(xsThis, (xsHostHooks*)&tcpHooks);
		return;
	}
	onReadable = optionCallback(the, xsID_onReadable);
	onWritable = optionCallback(the, xsID_onWritable);
	onError = optionCallback(the, xsID_onError);
	optionTarget(the);
	xsmcGet(noDelay, xsArg(0), xsID_nodelay);
	xsmcGet(from, xsArg(0), xsID_from);
	stream = (xsUndefinedType == xsmcTypeOf(from)) ? connectTo(the) : takeFrom(the, &from);
	watchBind(&stream->watch, &xsThis, &tcpHooks);
	stream->watch.callbacks[kOnReadable] = onReadable;
	stream->watch.callbacks[kOnWritable] = onWritable;
	stream->watch.callbacks[kOnError] = onError;
	if (xsmcToBoolean(noDelay))
		setsockopt(stream->watch.descriptor, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
	streamBegin(stream);
}

int tcpIsShell(xsMachine* the, xsSlot* object)
{
	return !watchIn(the, object, &tcpHooks);
}

void tcpAttach(xsMachine* the, xsSlot* object, int descriptor, const struct sockaddr_storage* remote)
{
	Stream* stream = streamNew(the, descriptor, remote);
	watchBind(&stream->watch, object, &tcpHooks);
}

void xs_sim_tcp_close(xsMachine* the)
{
	Stream* stream = watchIf(the, &tcpHooks);
	if (stream)
		streamClose(stream);
}

static void readInto(xsMachine* the, Stream* stream)
{
	void* to;
	xsUnsignedValue count;
	xsmcGetBufferWritable(xsArg(0), &to, &count);
	if ((0 == count) || (count > stream->in.count))
		xsRangeError("more than there is");
	streamRead(stream, to, count);
	xsmcSetInteger(xsResult, (int)count);
}

/** read() everything, read(count) that many as an ArrayBuffer; read(buffer) fills it and answers its size. */
void xs_sim_tcp_read(xsMachine* the)
{
	Stream* stream = streamOf(the);
	int asked = (int)stream->in.count;
	if (0 == asked)
		return;
	if ((xsmcArgc > 0) && (xsReferenceType == xsmcTypeOf(xsArg(0)))) {
		readInto(the, stream);
		return;
	}
	if ((xsmcArgc > 0) && (xsUndefinedType != xsmcTypeOf(xsArg(0))))
		asked = xsmcToInteger(xsArg(0));
	if ((asked <= 0) || ((size_t)asked > stream->in.count))
		xsRangeError("more than there is");
	streamRead(stream, xsmcSetArrayBuffer(xsResult, NULL, asked), (size_t)asked);
}

/** Answers the room that is left, undefined when the peer is gone. */
void xs_sim_tcp_write(xsMachine* the)
{
	Stream* stream = streamOf(the);
	void* bytes;
	xsUnsignedValue count;
	xsmcGetBufferReadable(xsArg(0), &bytes, &count);
	if (stream->isConnecting)
		xsUnknownError("not connected");
	if (!stream->isBroken && (count > streamRoom(stream)))
		xsUnknownError("would block");
	if (streamWrite(stream, bytes, count))
		xsmcSetInteger(xsResult, (int)streamRoom(stream));
}

static void setAddress(xsMachine* the, const struct sockaddr_storage* address)
{
	char text[64];
	addressText(address, text, sizeof(text));
	xsmcSetString(xsResult, text);
}

void xs_sim_tcp_get_remoteAddress(xsMachine* the)
{
	setAddress(the, &streamOf(the)->remote);
}

void xs_sim_tcp_get_remotePort(xsMachine* the)
{
	xsmcSetInteger(xsResult, addressPort(&streamOf(the)->remote));
}

void xs_sim_tcp_get_localAddress(xsMachine* the)
{
	struct sockaddr_storage local;
	socklen_t size = sizeof(local);
	if (0 == getsockname(streamOf(the)->watch.descriptor, (struct sockaddr*)&local, &size))
		setAddress(the, &local);
}
