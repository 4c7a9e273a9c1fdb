/* embedded:io/socket/listener for the desktop. Without an address it serves IPv6 and IPv4 on one socket. */

#include "tcp.h"
#include "xsmc.h"

enum { kOnReadable, kOnError };
enum { kPauseMilliseconds = 100 };

typedef struct {
	Source source;
	HostSide side;
	Deadline pause;
	struct sockaddr_storage local;
} Listener;

static void xs_listener_mark(txMachine* the, void* data, txMarkRoot markRoot)
{
	if (data)
		hostMark(the, &((Listener*)data)->side, markRoot);
}

static void end(Listener* listener)
{
	loopCancel(&listener->pause);
	loopRemove(&listener->source);
	close(listener->source.descriptor);
	listener->source.descriptor = -1;
}

void xs_listener_destructor(void* data)
{
	if (data)
		end(data);
}

static const txHostHooks listenerHooks = { xs_listener_destructor, xs_listener_mark, NULL };

static void onFree(Source* source)
{
	free(source);
}

/** One connection a call: the callback takes it with read(), or it is refused by closing it. */
static void onReady(Source* source, short events)
{
	Listener* listener = (Listener*)source;
	(void)events;
	if (listener->side.callbacks[kOnReadable])
		loopCallInteger(loopMachine, &listener->side.object, listener->side.callbacks[kOnReadable], 1);
}

void xs_listener_constructor(txMachine* the)
{
	char address[64] = "";
	struct sockaddr_storage local;
	Listener* listener;
	int descriptor;
	txInteger port = optionInteger(the, "port", 0, 65535, 0);
	txSlot* onReadable = optionCallback(the, "onReadable");
	txSlot* onError = optionCallback(the, "onError");
	optionText(the, "address", address, sizeof(address));
	descriptor = listenAt(address, port, &local);
	if (descriptor < 0)
		mxUnknownError("%s", strerror(errno));
	listener = calloc(1, sizeof(Listener));
	listener->source.descriptor = descriptor;
	listener->source.events = onReadable ? POLLIN : 0;
	listener->source.onReady = onReady;
	listener->source.onFree = onFree;
	listener->local = local;
	loopAdd(&listener->source);
	optionTarget(the);
	hostBind(the, &listener->side, listener, &listenerHooks);
	listener->side.callbacks[kOnReadable] = onReadable;
	listener->side.callbacks[kOnError] = onError;
}

void xs_listener_close(txMachine* the)
{
	Listener* listener = hostData(the, &listenerHooks);
	if (!listener)
		return;
	hostRelease(the, &listener->side);
	end(listener);
}

static void onPauseEnd(Deadline* deadline)
{
	Listener* listener = (Listener*)((uint8_t*)deadline - offsetof(Listener, pause));
	listener->source.events = POLLIN;
}

/** Without descriptors nothing can be accepted, and poll(2) would tell of the same connection again and again: it waits in the backlog. */
static void pauseAccepting(Listener* listener)
{
	listener->source.events = 0;
	listener->pause.onTime = onPauseEnd;
	loopSchedule(&listener->pause, kPauseMilliseconds);
}

/** Answers the connection given as a shell, or undefined when the peer did not wait. */
void xs_listener_read(txMachine* the)
{
	Listener* listener = hostData(the, &listenerHooks);
	struct sockaddr_storage remote;
	socklen_t size = sizeof(remote);
	Tcp* tcp;
	int descriptor;
	if (!listener)
		mxUnknownError("closed");
	if ((mxArgc < 1) || hostDataOf(the, mxArgv(0), &tcpHooks))
		mxTypeError("no shell for a connection");
	descriptor = accept(listener->source.descriptor, (struct sockaddr*)&remote, &size);
	if (descriptor < 0) {
		if ((EMFILE == errno) || (ENFILE == errno) || (ENOBUFS == errno) || (ENOMEM == errno))
			pauseAccepting(listener);
		return;
	}
	tcp = tcpNew(descriptor, &remote);
	if (!tcp) {
		close(descriptor);
		return;
	}
	tcpAttach(the, mxArgv(0), tcp);
	*mxResult = *mxArgv(0);
}

void xs_listener_get_port(txMachine* the)
{
	Listener* listener = hostData(the, &listenerHooks);
	if (listener)
		fxInteger(the, mxResult, addressPort(&listener->local));
}

void xs_listener_get_address(txMachine* the)
{
	char text[64];
	Listener* listener = hostData(the, &listenerHooks);
	if (!listener)
		return;
	addressText(&listener->local, text, sizeof(text));
	fxString(the, mxResult, text);
}
