/* embedded:io/socket/listener for mcsim on Linux. Without an address it serves IPv6 and IPv4 on one socket. */

#include "sim-tcp.h"

enum { kOnReadable };

typedef struct {
	Watch watch;
	struct sockaddr_storage local;
} Listener;

void xs_sim_listener_destructor(void* data)
{
	Listener* listener = data;
	if (!listener)
		return;
	listener->watch.isBound = 0;		/* the object is gone already */
	watchEnd(&listener->watch);
}

static const xsHostHooks listenerHooks = { xs_sim_listener_destructor, watchMark, NULL };

/** One connection a call: the callback takes it with read(), or it is refused by closing it. */
static void onReady(Watch* watch, int events)
{
	(void)events;
	watchCall(watch, kOnReadable, 1);
}

void xs_sim_listener_constructor(xsMachine* the)
{
	char address[64] = "";
	struct sockaddr_storage local;
	Listener* listener;
	int descriptor;
	int port = optionInteger(the, xsID_port, 0, 65535, 0);
	xsSlot* onReadable = optionCallback(the, xsID_onReadable);
	optionText(the, xsID_address, address, sizeof(address));
	optionTarget(the);
	descriptor = listenAt(address, port, &local);
	if (descriptor < 0)
		xsUnknownError("%s", strerror(errno));
	listener = watchNew(the, sizeof(Listener), descriptor, onReady);
	listener->local = local;
	watchBind(&listener->watch, &xsThis, &listenerHooks);
	listener->watch.callbacks[kOnReadable] = onReadable;
	watchFor(&listener->watch, onReadable ? G_IO_IN : 0);
}

void xs_sim_listener_close(xsMachine* the)
{
	Listener* listener = watchIf(the, &listenerHooks);
	if (listener)
		watchEnd(&listener->watch);
}

/** Answers the connection given as a shell, or undefined when the peer did not wait. */
void xs_sim_listener_read(xsMachine* the)
{
	Listener* listener = watchOf(the, &listenerHooks);
	struct sockaddr_storage remote;
	socklen_t size = sizeof(remote);
	int descriptor;
	if ((xsmcArgc < 1) || !tcpIsShell(the, &xsArg(0)))
		xsTypeError("no shell for a connection");
	descriptor = accept(listener->watch.descriptor, (struct sockaddr*)&remote, &size);
	if (descriptor < 0)
		return;
	tcpAttach(the, &xsArg(0), descriptor, &remote);
	xsResult = xsArg(0);
}

void xs_sim_listener_get_port(xsMachine* the)
{
	Listener* listener = watchIf(the, &listenerHooks);
	if (listener)
		xsmcSetInteger(xsResult, addressPort(&listener->local));
}

void xs_sim_listener_get_address(xsMachine* the)
{
	char text[64];
	Listener* listener = watchIf(the, &listenerHooks);
	if (!listener)
		return;
	addressText(&listener->local, text, sizeof(text));
	xsmcSetString(xsResult, text);
}
