/* The computer's network: its addresses, and word of their changes. */

#include "interfaces.h"
#include "sim-io.h"

enum { kOnChange };
enum { kSettleMs = 300 };			/* an interface that comes up changes several times */

typedef struct {
	Watch watch;
	char host[64];
} Network;

static void onReady(Watch* watch, int events)
{
	(void)events;
	interfacesDrain(watch->descriptor);
	watchDelay(watch, kSettleMs);
}

static void onSettled(Watch* watch)
{
	if (interfacesRead(((Network*)watch)->host))
		watchCall(watch, kOnChange, 0);
}

void xs_sim_network_destructor(void* data)
{
	Watch* watch = data;
	if (!watch)
		return;
	watch->isBound = 0;			/* the object is gone already */
	watchEnd(watch);
}

static const xsHostHooks networkHooks = { xs_sim_network_destructor, watchMark, NULL };

void xs_sim_network_constructor(xsMachine* the)
{
	xsSlot* callback = optionCallback(the, xsID_onChange);
	char host[64] = "";
	int descriptor = interfacesWatch();
	Network* network;
	optionText(the, xsID_host, host, sizeof(host));
	interfacesRead(host);
	if (descriptor < 0) {
		xsmcSetHostData(xsThis, NULL);
		return;
	}
	optionTarget(the);
	network = watchNew(the, sizeof(Network), descriptor, onReady);
	memcpy(network->host, host, sizeof(host));
	network->watch.onPending = onSettled;
	watchBind(&network->watch, &xsThis, &networkHooks);
	network->watch.callbacks[kOnChange] = callback;
	watchFor(&network->watch, G_IO_IN);
}

static void addText(xsMachine* the, int index, char* text)
{
	xsmcSetString(xsVar(0), text);
	xsmcSetIndex(xsResult, (xsIndex)index, xsVar(0));
}

void xs_sim_process_networkAddresses(xsMachine* the)
{
	char text[64];
	int link = ((xsmcArgc > 0) && (xsUndefinedType != xsmcTypeOf(xsArg(0)))) ? xsmcToInteger(xsArg(0)) : -1;
	xsmcVars(1);
	xsmcSetNewArray(xsResult, 0);
	for (int i = 0; interfacesAddress(link, i, text, sizeof(text)); i++)
		addText(the, i, text);
}

void xs_sim_process_networkLinks(xsMachine* the)
{
	char text[64];
	xsmcVars(1);
	xsmcSetNewArray(xsResult, 0);
	for (int i = 0; interfacesLink(i, text, sizeof(text)); i++)
		addText(the, i, text);
}
