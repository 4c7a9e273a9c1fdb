/* The socket behind embedded:io/socket/tcp: what the descriptor tells, into the rings and out of them. See tcp.c for who hears of it. */

#include "ring.h"
#include "tcp-socket.h"

/*
 * How a connection ends whose program is done with it. What was written still goes out. Then a peer that has not ended its half
 * is told the end and read on for a moment: closing while it sends makes a reset, which takes the answer away that it has not
 * read yet (RFC 1122 section 4.2.2.13, RFC 9112 section 9.6).
 */
enum {
	kLingerMilliseconds = 10000,		/* for a peer that takes what was written */
	kDrainMilliseconds = 1000,			/* for one that goes on sending, behind that */
	kDrainBytes = 256 * 1024,
	kMaxLingering = 16,					/* descriptors; of more the oldest goes */
};

static Tcp* gLingering;					/* newest first */

static void onFree(Source* source);
static void onReady(Source* source, short events);

void tcpWatch(Tcp* tcp)
{
	short events = 0;
	if (!tcp->isEnded && !tcp->isBroken && (tcp->hasSide ? ringRoom(&tcp->in) > 0 : tcp->isShut))
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
	tcp->source.onPending = tcpCall;
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

static void forgetLingering(Tcp* tcp)
{
	Tcp** at = &gLingering;
	while (*at && (*at != tcp))
		at = &(*at)->nextLingering;
	if (*at)
		*at = tcp->nextLingering;
}

static void dispose(Tcp* tcp)
{
	if (tcp->isLingering)
		forgetLingering(tcp);
	tcp->isLingering = 0;
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

static void linger(Tcp* tcp)
{
	Tcp* last = NULL;
	int count = 0;
	tcp->isLingering = 1;
	tcp->nextLingering = gLingering;
	gLingering = tcp;
	for (Tcp* at = gLingering; at; at = at->nextLingering, count++)
		last = at;
	if (count > kMaxLingering)
		dispose(last);
	tcp->linger.onTime = onLingerTime;
	loopSchedule(&tcp->linger, kLingerMilliseconds);
}

/** All is with the system. */
static void shut(Tcp* tcp)
{
	if (tcp->isEnded || !tcp->hasWritten || (shutdown(tcp->source.descriptor, SHUT_WR) < 0)) {
		dispose(tcp);
		return;
	}
	tcp->isShut = 1;
	loopSchedule(&tcp->linger, kDrainMilliseconds);
}

static void drain(Tcp* tcp)
{
	uint8_t bytes[kRingBytes];
	ssize_t count = recv(tcp->source.descriptor, bytes, sizeof(bytes), 0);
	if (count > 0)
		tcp->drained += (size_t)count;
	if ((0 == count) || (tcp->drained > kDrainBytes) || ((count < 0) && (EAGAIN != errno) && (EINTR != errno)))
		dispose(tcp);
}

void tcpEnd(Tcp* tcp)
{
	tcp->source.isPending = 0;
	tcpSendGathered(tcp);
	if (tcp->isBroken || tcp->isConnecting || ((0 == tcp->out.count) && (tcp->isEnded || !tcp->hasWritten))) {
		dispose(tcp);
		return;
	}
	linger(tcp);
	if (0 == tcp->out.count)
		shut(tcp);
	tcpWatch(tcp);
}

void tcpFail(Tcp* tcp)
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
	uint8_t bytes[kRingBytes];
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
		tcpFail(tcp);
}

ssize_t tcpSendSome(int descriptor, const uint8_t* bytes, size_t count)
{
#ifdef MSG_NOSIGNAL
	return send(descriptor, bytes, count, MSG_NOSIGNAL);
#else
	return send(descriptor, bytes, count, 0);
#endif
}

/** As much of `out` as the system takes; answers whether that was anything. */
static int sendOut(Tcp* tcp)
{
	int isAny = 0;
	while (tcp->out.count) {
		size_t count;
		const uint8_t* bytes = ringFirst(&tcp->out, &count);
		ssize_t sent = tcpSendSome(tcp->source.descriptor, bytes, count);
		if (sent < 0) {
			if ((EAGAIN != errno) && (EINTR != errno))
				tcpFail(tcp);
			break;
		}
		ringTake(&tcp->out, NULL, (size_t)sent);
		isAny = 1;
	}
	return isAny;
}

void tcpSendGathered(Tcp* tcp)
{
	if (!tcp->hasGathered)
		return;
	tcp->hasGathered = 0;
	sendOut(tcp);
	tcpWatch(tcp);
}

static void flush(Tcp* tcp)
{
	int isAny = sendOut(tcp);
	if (isAny && tcp->hasSide) {
		tcp->hasRoom = 1;
		loopDefer(&tcp->source);
	}
	if (!tcp->hasSide && !tcp->isBroken && (0 == tcp->out.count))
		shut(tcp);
}

static void finishConnecting(Tcp* tcp)
{
	int error = 0;
	socklen_t size = sizeof(error);
	getsockopt(tcp->source.descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
	tcp->isConnecting = 0;
	tcp->hasRoom = 1;
	if (error)
		tcpFail(tcp);
	else
		loopDefer(&tcp->source);
}

static void onReady(Source* source, short events)
{
	Tcp* tcp = (Tcp*)source;
	if (tcp->isConnecting) {
		finishConnecting(tcp);
		tcpWatch(tcp);
		return;
	}
	if (tcp->isShut) {
		drain(tcp);
		return;
	}
	if (events & POLLIN)
		receive(tcp);
	if ((events & POLLOUT) && !tcp->isBroken)
		flush(tcp);
	if ((events & (POLLERR | POLLNVAL)) || ((events & POLLHUP) && !(events & POLLIN)))
		tcpFail(tcp);
	if (tcp->isBroken && (tcp->source.descriptor >= 0)) {
		close(tcp->source.descriptor);
		tcp->source.descriptor = -1;
	}
	tcpWatch(tcp);
}
