/*
 * embedded:io/socket/tcp for the desktop. Bytes wait in a receive buffer of fixed size as they do in lwIP's, so that
 * `onReadable` comes once for each arrival and a reader that does not read stops its peer. What is written goes out at
 * once; what the system does not take waits in a send buffer whose room `write` answers.
 */

#include <netinet/tcp.h>
#include "tcp-socket.h"
#include "xsmc.h"

enum { kOnReadable, kOnWritable, kOnError, kOnEnd };

static void xs_tcp_mark(txMachine* the, void* data, txMarkRoot markRoot)
{
	Tcp* tcp = data;
	if (tcp)
		hostMark(the, &tcp->side, markRoot);
}

void xs_tcp_destructor(void* data)
{
	Tcp* tcp = data;
	if (!tcp)
		return;
	tcp->hasSide = 0;
	tcpEnd(tcp);
}

const txHostHooks tcpHooks = { xs_tcp_destructor, xs_tcp_mark, NULL };

/* Callbacks */

static Tcp* gCalled;			/* one of its callbacks runs */

static int call(Tcp* tcp, int which, size_t count)
{
	txSlot* function = tcp->side.callbacks[which];
	if (function) {
		gCalled = tcp;
		loopCallInteger(loopMachine, &tcp->side.object, function, (txInteger)count);
		gCalled = NULL;
		tcpSendGathered(tcp);
	}
	return tcp->hasSide;
}

static void tellEnd(Tcp* tcp)
{
	if (tcp->side.callbacks[kOnEnd]) {
		if (tcp->isEnded && !tcp->isEndTold) {
			tcp->isEndTold = 1;
			call(tcp, kOnEnd, 0);
		}
	}
	else if (tcp->isEnded && (0 == tcp->in.count) && (0 == tcp->out.count) && !tcp->isErrorTold) {
		tcp->isErrorTold = 1;
		call(tcp, kOnError, 0);
	}
}

/**
 * Bytes first, then room, then the end. `onEnd` is this host's own: the peer writes no more, all that it wrote has been told, and
 * whoever hears of it may write on. Without it the end goes to onError, when everything has been read and an answer that is under
 * way has gone out. A broken connection is told at once, for its reader may be waiting for room that never comes.
 */
void tcpCall(Source* source)
{
	Tcp* tcp = (Tcp*)source;
	if (tcp->hasArrived) {
		tcp->hasArrived = 0;
		if (tcp->in.count && !call(tcp, kOnReadable, tcp->in.count))
			return;
	}
	if (tcp->hasRoom && !tcp->isBroken) {
		tcp->hasRoom = 0;
		if (!call(tcp, kOnWritable, ringRoom(&tcp->out)))
			return;
	}
	if (!tcp->isBroken)
		tellEnd(tcp);
	else if (!tcp->isErrorTold) {
		tcp->isErrorTold = 1;
		call(tcp, kOnError, 0);
	}
}

/* JavaScript */

static Tcp* tcpOf(txMachine* the)
{
	Tcp* tcp = hostData(the, &tcpHooks);
	if (!tcp)
		mxUnknownError("closed");
	return tcp;
}

static Tcp* takeFrom(txMachine* the)
{
	Tcp* tcp = hostDataOf(the, the->stack, &tcpHooks);
	if (!tcp)
		mxUnknownError("from is closed");
	hostRelease(the, &tcp->side);
	mxPop();
	return tcp;
}

static Tcp* connectTo(txMachine* the)
{
	char address[64];
	struct sockaddr_storage remote;
	socklen_t size;
	int descriptor;
	Tcp* tcp;
	txInteger port = optionInteger(the, "port", 0, 65535, 0);
	if (!optionText(the, "address", address, sizeof(address)))
		mxTypeError("address is missing");
	size = addressParse(&remote, address, port, AF_UNSPEC);
	if (0 == size)
		mxRangeError("invalid address");
	descriptor = socket(remote.ss_family, SOCK_STREAM, 0);
	if (descriptor < 0)
		mxUnknownError("no socket: %s", strerror(errno));
	tcp = tcpNew(descriptor, &remote);
	tcp->isConnecting = 1;
	if ((connect(descriptor, (struct sockaddr*)&remote, size) < 0) && (EINPROGRESS != errno)) {
		tcp->isConnecting = 0;
		tcp->isBroken = 1;
	}
	return tcp;
}

void xs_tcp_constructor(txMachine* the)
{
	txSlot *onReadable, *onWritable, *onError, *onEnd;
	txBoolean isNoDelay;
	Tcp* tcp;
	if (mxArgc < 1) {			/* a shell that Listener.read fills */
		fxSetHostData(the, mxThis, NULL);
		fxSetHostHooks(the, mxThis, &tcpHooks);
		return;
	}
	onReadable = optionCallback(the, "onReadable");
	onWritable = optionCallback(the, "onWritable");
	onError = optionCallback(the, "onError");
	onEnd = optionCallback(the, "onEnd");
	isNoDelay = optionBoolean(the, "nodelay", 0);
	tcp = optionGet(the, "from") ? takeFrom(the) : connectTo(the);
	optionTarget(the);
	hostBind(the, &tcp->side, tcp, &tcpHooks);
	tcp->hasSide = 1;
	tcp->side.callbacks[kOnReadable] = onReadable;
	tcp->side.callbacks[kOnWritable] = onWritable;
	tcp->side.callbacks[kOnError] = onError;
	tcp->side.callbacks[kOnEnd] = onEnd;
	if (isNoDelay)
		setsockopt(tcp->source.descriptor, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
	tcp->hasArrived = tcp->in.count > 0;
	tcp->hasRoom = !tcp->isConnecting;
	tcp->isErrorTold = 0;
	tcp->isEndTold = 0;
	loopDefer(&tcp->source);
	tcpWatch(tcp);
}

void tcpAttach(txMachine* the, txSlot* object, Tcp* tcp)
{
	fxSetHostData(the, object, tcp);
	tcp->side.object = *object;
	tcp->hasSide = 1;
	fxRemember(the, &tcp->side.object);
}

void xs_tcp_close(txMachine* the)
{
	Tcp* tcp = hostData(the, &tcpHooks);
	if (!tcp)
		return;
	hostRelease(the, &tcp->side);
	tcp->hasSide = 0;
	tcpEnd(tcp);
}

/** read() everything, read(count) that many as an ArrayBuffer; read(buffer) fills it and answers its size. */
void xs_tcp_read(txMachine* the)
{
	Tcp* tcp = tcpOf(the);
	size_t count = tcp->in.count;
	if (0 == count)
		return;
	if ((mxArgc > 0) && (XS_REFERENCE_KIND == mxArgv(0)->kind)) {
		uint8_t* to = bufferArgument(the, 0, &count, 1);
		if ((0 == count) || (count > tcp->in.count))
			mxRangeError("more than there is");
		ringTake(&tcp->in, to, count);
		fxInteger(the, mxResult, (txInteger)count);
	}
	else {
		if ((mxArgc > 0) && (XS_UNDEFINED_KIND != mxArgv(0)->kind)) {
			txInteger asked = fxToInteger(the, mxArgv(0));
			if ((asked <= 0) || ((size_t)asked > count))
				mxRangeError("more than there is");
			count = (size_t)asked;
		}
		ringTake(&tcp->in, fxArrayBuffer(the, mxResult, NULL, (txInteger)count, -1), count);
	}
	tcpWatch(tcp);
	if (tcp->isEnded && (0 == tcp->in.count))
		loopDefer(&tcp->source);
}

enum { kMostGathered = 2048 };

/** Answers the room that is left, undefined when the peer is gone. */
void xs_tcp_write(txMachine* the)
{
	Tcp* tcp = tcpOf(the);
	size_t count;
	uint8_t* bytes = bufferArgument(the, 0, &count, 0);
	ssize_t sent = 0;
	if (tcp->isConnecting)
		mxUnknownError("not connected");
	if (tcp->isBroken)
		return;
	if (count > ringRoom(&tcp->out))
		mxUnknownError("would block");
	if (gCalled && (gCalled != tcp))
		tcpSendGathered(gCalled);		/* an answer goes out before the events that follow from it */
	if ((gCalled == tcp) && (tcp->hasGathered || (0 == tcp->out.count)) && (tcp->out.count + count <= kMostGathered)) {
		tcp->hasGathered = 1;
		tcp->hasWritten = 1;
		ringPut(&tcp->out, bytes, count);
		fxInteger(the, mxResult, (txInteger)ringRoom(&tcp->out));
		return;
	}
	tcpSendGathered(tcp);
	if (tcp->isBroken)
		return;
	if (0 == tcp->out.count)
		sent = tcpSendSome(tcp->source.descriptor, bytes, count);
	if (sent < 0) {
		if ((EAGAIN != errno) && (EINTR != errno)) {
			tcpFail(tcp);
			return;
		}
		sent = 0;
	}
	tcp->hasWritten = 1;
	ringPut(&tcp->out, bytes + sent, count - (size_t)sent);
	tcpWatch(tcp);
	fxInteger(the, mxResult, (txInteger)ringRoom(&tcp->out));
}

void xs_tcp_get_remoteAddress(txMachine* the)
{
	char text[64];
	addressText(&tcpOf(the)->remote, text, sizeof(text));
	fxString(the, mxResult, text);
}

void xs_tcp_get_remotePort(txMachine* the)
{
	fxInteger(the, mxResult, addressPort(&tcpOf(the)->remote));
}

void xs_tcp_get_localAddress(txMachine* the)
{
	char text[64];
	struct sockaddr_storage local;
	socklen_t size = sizeof(local);
	if (getsockname(tcpOf(the)->source.descriptor, (struct sockaddr*)&local, &size) < 0)
		return;
	addressText(&local, text, sizeof(text));
	fxString(the, mxResult, text);
}
