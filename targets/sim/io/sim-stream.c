/*
 * Bytes wait in a receive buffer of fixed size as they do in lwIP's, so that `onReadable` comes once for each arrival and a
 * reader that does not read stops its peer. What is written goes out at once; what the system does not take waits in a
 * send buffer.
 */

#include "sim-stream.h"

enum { kLingerMilliseconds = 10000 };

/* Buffers */

static size_t roomOf(const Buffer* buffer)
{
	return sizeof(buffer->bytes) - buffer->count;
}

static void putBytes(Buffer* buffer, const uint8_t* from, size_t count)
{
	memcpy(buffer->bytes + buffer->count, from, count);
	buffer->count += count;
}

static void dropBytes(Buffer* buffer, size_t count)
{
	buffer->count -= count;
	memmove(buffer->bytes, buffer->bytes + count, buffer->count);
}

/* The descriptor */

static void watchWanted(Stream* stream)
{
	int events = 0;
	if (!stream->isEnded && !stream->isClosed && roomOf(&stream->in))
		events |= G_IO_IN;
	if (stream->isConnecting || stream->out.count)
		events |= G_IO_OUT;
	watchFor(&stream->watch, events);
}

void streamFail(Stream* stream)
{
	stream->isBroken = 1;
	stream->out.count = 0;
	watchShut(&stream->watch);
	watchDefer(&stream->watch);
}

static int isTransient(void)
{
	return (EAGAIN == errno) || (EINTR == errno);
}

static void receive(Stream* stream)
{
	ssize_t count;
	if (stream->isEnded || stream->isClosed || (0 == roomOf(&stream->in)))
		return;
	count = recv(stream->watch.descriptor, stream->in.bytes + stream->in.count, roomOf(&stream->in), 0);
	if (count > 0) {
		stream->in.count += (size_t)count;
		stream->hasArrived = 1;
		watchDefer(&stream->watch);
	}
	else if (0 == count) {
		stream->isEnded = 1;
		watchDefer(&stream->watch);
	}
	else if (!isTransient())
		streamFail(stream);
}

static void flush(Stream* stream)
{
	ssize_t sent = send(stream->watch.descriptor, stream->out.bytes, stream->out.count, MSG_NOSIGNAL);
	if (sent >= 0) {
		dropBytes(&stream->out, (size_t)sent);
		stream->hasRoom = 1;
		watchDefer(&stream->watch);
	}
	else if (!isTransient())
		streamFail(stream);
}

static void finishConnecting(Stream* stream)
{
	int error = 0;
	socklen_t size = sizeof(error);
	getsockopt(stream->watch.descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
	stream->isConnecting = 0;
	stream->hasRoom = 1;
	if (error)
		streamFail(stream);
	else
		watchDefer(&stream->watch);
}

static void onReady(Watch* watch, int events)
{
	Stream* stream = (Stream*)watch;
	if (stream->isConnecting)
		finishConnecting(stream);
	else {
		if (events & G_IO_IN)
			receive(stream);
		if ((events & G_IO_OUT) && !stream->isBroken && stream->out.count)
			flush(stream);
		if (!stream->isBroken && ((events & (G_IO_ERR | G_IO_NVAL)) || ((events & G_IO_HUP) && !(events & G_IO_IN))))
			streamFail(stream);
	}
	watchWanted(stream);
}

/* Callbacks */

static int isOpenAfter(Stream* stream, int which, size_t argument)
{
	watchCall(&stream->watch, which, (int)argument);
	return !stream->isClosed;
}

/**
 * Bytes first, then room, then the end. That of a peer which only writes no more is told when everything before it has
 * been read; a broken connection at once, for its reader may be waiting for room that never comes.
 */
static void onPending(Watch* watch)
{
	Stream* stream = (Stream*)watch;
	if (stream->hasArrived) {
		stream->hasArrived = 0;
		if (stream->in.count && !isOpenAfter(stream, kOnReadable, stream->in.count))
			return;
	}
	if (stream->hasRoom && !stream->isBroken) {
		stream->hasRoom = 0;
		if (!isOpenAfter(stream, kOnWritable, roomOf(&stream->out)))
			return;
	}
	if ((stream->isBroken || (stream->isEnded && (0 == stream->in.count))) && !stream->isErrorTold) {
		stream->isErrorTold = 1;
		watchCall(&stream->watch, kOnError, 0);
	}
}

/** Some went out, or nothing more will: `hasRoom` tells. */
static void onLinger(Watch* watch)
{
	Stream* stream = (Stream*)watch;
	if (!stream->hasRoom || stream->isBroken || (0 == stream->out.count)) {
		watchEnd(watch);
		return;
	}
	stream->hasRoom = 0;
	watchDelay(watch, kLingerMilliseconds);
}

void streamClose(Stream* stream)
{
	if (stream->isClosed)
		return;
	stream->isClosed = 1;
	if (stream->isBroken || stream->isConnecting || (0 == stream->out.count)) {
		watchEnd(&stream->watch);
		return;
	}
	memset(stream->watch.callbacks, 0, sizeof(stream->watch.callbacks));
	stream->hasRoom = 0;
	stream->watch.onPending = onLinger;
	watchDelay(&stream->watch, kLingerMilliseconds);
	watchWanted(stream);
}

Stream* streamNew(xsMachine* the, int descriptor, const struct sockaddr_storage* remote)
{
	Stream* stream = watchNew(the, sizeof(Stream), descriptor, onReady);
	stream->watch.onPending = onPending;
	stream->remote = *remote;
	return stream;
}

void streamBegin(Stream* stream)
{
	stream->hasArrived = stream->in.count > 0;
	stream->hasRoom = !stream->isConnecting;
	stream->isErrorTold = 0;
	watchDefer(&stream->watch);
	watchWanted(stream);
}

size_t streamRoom(const Stream* stream)
{
	return roomOf(&stream->out);
}

void streamRead(Stream* stream, uint8_t* to, size_t count)
{
	memcpy(to, stream->in.bytes, count);
	dropBytes(&stream->in, count);
	watchWanted(stream);
	if (stream->isEnded && (0 == stream->in.count))
		watchDefer(&stream->watch);
}

int streamWrite(Stream* stream, const uint8_t* bytes, size_t count)
{
	ssize_t sent = 0;
	if (stream->isBroken)
		return 0;
	if (0 == stream->out.count)
		sent = send(stream->watch.descriptor, bytes, count, MSG_NOSIGNAL);
	if ((sent < 0) && !isTransient()) {
		streamFail(stream);
		return 0;
	}
	if (sent < 0)
		sent = 0;
	putBytes(&stream->out, bytes + sent, count - (size_t)sent);
	watchWanted(stream);
	return 1;
}
