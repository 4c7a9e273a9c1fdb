/*
 * embedded:io/socket/tcp for the desktop. Bytes wait in a receive buffer of fixed size as they do in lwIP's, so that
 * `onReadable` comes once for each arrival and a reader that does not read stops its peer. What is written goes out at
 * once; what the system does not take waits in a send buffer whose room `write` answers.
 */

#include <netinet/tcp.h>
#include <sys/uio.h>
#include "tcp.h"
#include "xsmc.h"

enum {
	kReceiveBytes = 8192,		/* both as the ESP32 targets configure lwIP */
	kSendBytes = 8192,
	kLingerMilliseconds = 10000,
};

enum { kOnReadable, kOnWritable, kOnError };

typedef struct {
	uint8_t bytes[kReceiveBytes];
	size_t start, count;
} Ring;

struct Tcp {
	Source source;
	HostSide side;
	Deadline linger;
	Ring in, out;
	struct sockaddr_storage remote;
	uint8_t hasSide, isConnecting, isEnded, isBroken, hasArrived, hasRoom, isErrorTold;
};

static void onFree(Source* source);
static void onReady(Source* source, short events);
static void onPending(Source* source);

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

/* Rings */

static size_t ringRoom(const Ring* ring)
{
	return sizeof(ring->bytes) - ring->count;
}

static void ringPut(Ring* ring, const uint8_t* from, size_t count)
{
	size_t at = (ring->start + ring->count) % sizeof(ring->bytes);
	size_t first = sizeof(ring->bytes) - at;
	if (first > count)
		first = count;
	memcpy(ring->bytes + at, from, first);
	memcpy(ring->bytes, from + first, count - first);
	ring->count += count;
}

static void ringTake(Ring* ring, uint8_t* to, size_t count)
{
	size_t first = sizeof(ring->bytes) - ring->start;
	if (first > count)
		first = count;
	if (to) {
		memcpy(to, ring->bytes + ring->start, first);
		memcpy(to + first, ring->bytes, count - first);
	}
	ring->start = (ring->start + count) % sizeof(ring->bytes);
	ring->count -= count;
	if (0 == ring->count)
		ring->start = 0;
}

/* The descriptor */

static void watch(Tcp* tcp)
{
	short events = 0;
	if (!tcp->isEnded && !tcp->isBroken && tcp->hasSide && ringRoom(&tcp->in))
		events |= POLLIN;
	if (tcp->isConnecting || tcp->out.count)
		events |= POLLOUT;
	tcp->source.events = events;
}

Tcp* tcpNew(int descriptor, const struct sockaddr_storage* remote)
{
	Tcp* tcp = calloc(1, sizeof(Tcp));
	if (!tcp)
		return NULL;
	makeNonBlocking(descriptor);
#ifdef SO_NOSIGPIPE
	setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &(int){ 1 }, sizeof(int));
#endif
	tcp->source.descriptor = descriptor;
	tcp->source.onReady = onReady;
	tcp->source.onPending = onPending;
	tcp->source.onFree = onFree;
	if (remote)
		tcp->remote = *remote;
	loopAdd(&tcp->source);
	return tcp;
}

static void onFree(Source* source)
{
	Tcp* tcp = (Tcp*)source;
	if (tcp->source.descriptor >= 0)
		close(tcp->source.descriptor);
	free(tcp);
}

static void dispose(Tcp* tcp)
{
	loopCancel(&tcp->linger);
	loopRemove(&tcp->source);
	if (tcp->source.descriptor >= 0) {
		close(tcp->source.descriptor);
		tcp->source.descriptor = -1;
	}
}

static void onLingerTime(Deadline* deadline)
{
	dispose((Tcp*)((uint8_t*)deadline - offsetof(Tcp, linger)));
}

/** What was written before the end still goes out, for a while, with no one waiting for it. */
void tcpEnd(Tcp* tcp)
{
	tcp->source.isPending = 0;
	if (tcp->isBroken || tcp->isConnecting || (0 == tcp->out.count)) {
		dispose(tcp);
		return;
	}
	tcp->linger.onTime = onLingerTime;
	loopSchedule(&tcp->linger, kLingerMilliseconds);
	watch(tcp);
}

static void fail(Tcp* tcp)
{
	tcp->isBroken = 1;
	tcp->out.count = 0;
	if (tcp->hasSide)
		loopDefer(&tcp->source);
	else
		dispose(tcp);
}

static void receive(Tcp* tcp)
{
	uint8_t bytes[kReceiveBytes];
	size_t room = ringRoom(&tcp->in);
	ssize_t count;
	if ((0 == room) || tcp->isEnded)
		return;
	count = recv(tcp->source.descriptor, bytes, room, 0);
	if (count > 0) {
		ringPut(&tcp->in, bytes, (size_t)count);
		tcp->hasArrived = 1;
		loopDefer(&tcp->source);
	}
	else if (0 == count) {
		tcp->isEnded = 1;
		loopDefer(&tcp->source);
	}
	else if ((EAGAIN != errno) && (EINTR != errno))
		fail(tcp);
}

static ssize_t sendSome(int descriptor, const uint8_t* bytes, size_t count)
{
#ifdef MSG_NOSIGNAL
	return send(descriptor, bytes, count, MSG_NOSIGNAL);
#else
	return send(descriptor, bytes, count, 0);
#endif
}

static void flush(Tcp* tcp)
{
	while (tcp->out.count) {
		size_t count = sizeof(tcp->out.bytes) - tcp->out.start;
		ssize_t sent;
		if (count > tcp->out.count)
			count = tcp->out.count;
		sent = sendSome(tcp->source.descriptor, tcp->out.bytes + tcp->out.start, count);
		if (sent < 0) {
			if ((EAGAIN != errno) && (EINTR != errno))
				fail(tcp);
			return;
		}
		ringTake(&tcp->out, NULL, (size_t)sent);
		if (tcp->hasSide) {
			tcp->hasRoom = 1;
			loopDefer(&tcp->source);
		}
	}
	if (!tcp->hasSide)
		dispose(tcp);
}

static void finishConnecting(Tcp* tcp)
{
	int error = 0;
	socklen_t size = sizeof(error);
	getsockopt(tcp->source.descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
	tcp->isConnecting = 0;
	tcp->hasRoom = 1;
	if (error)
		fail(tcp);
	else
		loopDefer(&tcp->source);
}

static void onReady(Source* source, short events)
{
	Tcp* tcp = (Tcp*)source;
	if (tcp->isConnecting) {
		finishConnecting(tcp);
		watch(tcp);
		return;
	}
	if (events & POLLIN)
		receive(tcp);
	if ((events & POLLOUT) && !tcp->isBroken)
		flush(tcp);
	if ((events & (POLLERR | POLLNVAL)) || ((events & POLLHUP) && !(events & POLLIN)))
		fail(tcp);
	if (tcp->isBroken && (tcp->source.descriptor >= 0)) {
		close(tcp->source.descriptor);
		tcp->source.descriptor = -1;
	}
	watch(tcp);
}

/* Callbacks */

static int call(Tcp* tcp, int which, size_t count)
{
	txSlot* function = tcp->side.callbacks[which];
	if (function)
		loopCallInteger(loopMachine, &tcp->side.object, function, (txInteger)count);
	return tcp->hasSide;
}

/**
 * Bytes first, then room, then the end. That of a peer which only writes no more is told when everything before it has
 * been read; a broken connection at once, for its reader may be waiting for room that never comes.
 */
static void onPending(Source* source)
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
	if ((tcp->isBroken || (tcp->isEnded && (0 == tcp->in.count))) && !tcp->isErrorTold) {
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
	txSlot *onReadable, *onWritable, *onError;
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
	isNoDelay = optionBoolean(the, "nodelay", 0);
	tcp = optionGet(the, "from") ? takeFrom(the) : connectTo(the);
	optionTarget(the);
	hostBind(the, &tcp->side, tcp, &tcpHooks);
	tcp->hasSide = 1;
	tcp->side.callbacks[kOnReadable] = onReadable;
	tcp->side.callbacks[kOnWritable] = onWritable;
	tcp->side.callbacks[kOnError] = onError;
	if (isNoDelay)
		setsockopt(tcp->source.descriptor, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
	tcp->hasArrived = tcp->in.count > 0;
	tcp->hasRoom = !tcp->isConnecting;
	tcp->isErrorTold = 0;
	loopDefer(&tcp->source);
	watch(tcp);
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
	watch(tcp);
	if (tcp->isEnded && (0 == tcp->in.count))
		loopDefer(&tcp->source);
}

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
	if (0 == tcp->out.count)
		sent = sendSome(tcp->source.descriptor, bytes, count);
	if (sent < 0) {
		if ((EAGAIN != errno) && (EINTR != errno)) {
			fail(tcp);
			return;
		}
		sent = 0;
	}
	ringPut(&tcp->out, bytes + sent, count - (size_t)sent);
	watch(tcp);
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
