/* What comes to a process from outside, a byte at a time: signals, standard input. */

#include <signal.h>
#include "address.h"
#include "sim-io.h"

enum { kOnByte };

static void onReady(Watch* watch, int events)
{
	uint8_t byte;
	ssize_t count = read(watch->descriptor, &byte, 1);
	(void)events;
	if (1 == count)
		watchCall(watch, kOnByte, byte);
	else if ((0 == count) || (EAGAIN != errno))
		watchShut(watch);			/* its end */
}

static void open_(xsMachine* the, int descriptor, const xsHostHooks* hooks)
{
	xsSlot* callback = optionCallback(the, xsID_onByte);
	Watch* watch;
	optionTarget(the);
	watch = watchNew(the, sizeof(Watch), descriptor, onReady);
	watchBind(watch, &xsThis, hooks);
	watch->callbacks[kOnByte] = callback;
	watchFor(watch, G_IO_IN);
}

static void end(Watch* watch)
{
	watch->isBound = 0;			/* the object is gone already */
	watchEnd(watch);
}

/* Signals */

static int gSignalPipe = -1;			/* where the handler writes */

static void onSignal(int number)
{
	uint8_t byte = (uint8_t)number;
	if (write(gSignalPipe, &byte, 1) < 0)
		_exit(128 + number);
}

static void setHandlers(void (*handler)(int number))
{
	struct sigaction action = { .sa_handler = handler };
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

void xs_sim_signals_destructor(void* data)
{
	if (!data)
		return;
	setHandlers(SIG_DFL);
	close(gSignalPipe);
	gSignalPipe = -1;
	end(data);
}

static const xsHostHooks signalHooks = { xs_sim_signals_destructor, watchMark, NULL };

void xs_sim_signals_constructor(xsMachine* the)
{
	int ends[2];
	if ((gSignalPipe >= 0) || (pipe(ends) < 0))
		xsUnknownError("signals are watched already, or there is no pipe");
	gSignalPipe = ends[1];
	makeNonBlocking(gSignalPipe);
	open_(the, ends[0], &signalHooks);
	setHandlers(onSignal);
}

/* Standard input */

void xs_sim_input_destructor(void* data)
{
	if (data)
		end(data);
}

static const xsHostHooks inputHooks = { xs_sim_input_destructor, watchMark, NULL };

void xs_sim_input_constructor(xsMachine* the)
{
	int descriptor = isatty(STDIN_FILENO) ? -1 : dup(STDIN_FILENO);
	if (descriptor >= 0)
		open_(the, descriptor, &inputHooks);
	else
		xsmcSetHostData(xsThis, NULL);
}
