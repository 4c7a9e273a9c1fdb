/* What only a process has: arguments, terminal, signals, network interfaces, the way out. */

#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include "interfaces.h"
#include "io.h"
#include "output.h"
#include "process.h"
#include "xsmc.h"

static int gArgc;
static char** gArgv;
static struct termios gTerminal;
static int gIsTerminalChanged;
static int gSignalPipe[2] = { -1, -1 };

typedef struct {
	Source source;
	txSlot callback;			/* a root: it lives as long as the process */
} Watch;

static Watch gKeys, gSignals;

/** Descriptors 0 to 2 are taken, whoever started this: else a socket or a record would become standard output. */
static void openStandard(void)
{
	int descriptor;
	do
		descriptor = open("/dev/null", O_RDWR);
	while ((0 <= descriptor) && (descriptor <= STDERR_FILENO));
	if (descriptor >= 0)
		close(descriptor);
}

void processStart(int argc, char** argv)
{
	openStandard();
	atexit(outputFlush);
	gArgc = argc;
	gArgv = argv;
	signal(SIGPIPE, SIG_IGN);
}

int processArguments(char*** argv)
{
	*argv = gArgv;
	return gArgc;
}

static void restoreTerminal(void)
{
	if (gIsTerminalChanged)
		tcsetattr(STDIN_FILENO, TCSANOW, &gTerminal);
	gIsTerminalChanged = 0;
}

void xs_process_argument(txMachine* the)
{
	txInteger index = fxToInteger(the, mxArgv(0));
	if ((0 <= index) && (index < gArgc))
		fxStringX(the, mxResult, gArgv[index]);
}

void xs_process_print(txMachine* the)
{
	outputLine(fxToString(the, mxArgv(0)));
}

void xs_process_printError(txMachine* the)
{
	outputFlush();
	fputs(fxToString(the, mxArgv(0)), stderr);
	fputc('\n', stderr);
}

void xs_process_exit(txMachine* the)
{
	int status = (mxArgc > 0) ? fxToInteger(the, mxArgv(0)) : 0;
	exit(status);
}

static void rememberCallback(txMachine* the, Watch* watch)
{
	if ((mxArgc < 1) || (XS_REFERENCE_KIND != mxArgv(0)->kind) || !mxIsFunction(mxArgv(0)->value.reference))
		mxTypeError("callback is no function");
	watch->callback = *mxArgv(0);
	fxRemember(the, &watch->callback);
}

/* Keys */

static void onKeyReady(Source* source, short events)
{
	char bytes[16];
	ssize_t count = read(source->descriptor, bytes, sizeof(bytes));
	(void)events;
	if (count <= 0) {
		source->isClosed = 1;
		return;
	}
	for (ssize_t i = 0; i < count; i++) {
		txSlot key = { .kind = XS_INTEGER_KIND };
		key.value.integer = (unsigned char)bytes[i];
		loopCall(loopMachine, NULL, gKeys.callback.value.reference, &key);
	}
}

static void onFree(Source* source)
{
	(void)source;
}

static void openTerminal(void)
{
	struct termios terminal = gTerminal;
	terminal.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	signal(SIGTTIN, SIG_IGN);			/* in the background: no keys, and no stop either */
	signal(SIGTTOU, SIG_IGN);
	tcsetattr(STDIN_FILENO, TCSANOW, &terminal);
	gIsTerminalChanged = 1;
	atexit(restoreTerminal);
}

/** Keys come from a terminal one by one, else from whatever standard input is, until its end. */
void xs_process_watchKeys(txMachine* the)
{
	int isTerminal = isatty(STDIN_FILENO) && (tcgetattr(STDIN_FILENO, &gTerminal) == 0);
	rememberCallback(the, &gKeys);
	if (isTerminal)
		openTerminal();
	gKeys.source.descriptor = STDIN_FILENO;
	gKeys.source.events = POLLIN;
	gKeys.source.onReady = onKeyReady;
	gKeys.source.onFree = onFree;
	loopAdd(&gKeys.source);
	fxBoolean(the, mxResult, (txBoolean)isTerminal);
}

/* Signals */

static void onSignal(int number)
{
	int error = errno;
	char byte = (char)number;
	if (write(gSignalPipe[1], &byte, 1) < 0)
		_exit(128 + number);
	errno = error;
}

static void onSignalReady(Source* source, short events)
{
	char byte;
	(void)events;
	if (read(source->descriptor, &byte, 1) == 1)
		loopCallInteger(loopMachine, NULL, gSignals.callback.value.reference, byte);
}

void xs_process_watchSignals(txMachine* the)
{
	struct sigaction action = { .sa_handler = onSignal };
	rememberCallback(the, &gSignals);
	if (pipe(gSignalPipe) < 0)
		mxUnknownError("no pipe: %s", strerror(errno));
	makeNonBlocking(gSignalPipe[0]);
	makeNonBlocking(gSignalPipe[1]);
	gSignals.source.descriptor = gSignalPipe[0];
	gSignals.source.events = POLLIN;
	gSignals.source.onReady = onSignalReady;
	gSignals.source.onFree = onFree;
	loopAdd(&gSignals.source);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

/* Network */

enum { kSettleMs = 300 };			/* an interface that comes up changes several times */

static struct {
	Watch watch;
	Deadline settled;
	char host[64];
} gNetwork;

static void onNetworkSettled(Deadline* deadline)
{
	(void)deadline;
	if (interfacesRead(gNetwork.host))
		loopCall(loopMachine, NULL, gNetwork.watch.callback.value.reference, NULL);
}

static void onNetworkReady(Source* source, short events)
{
	(void)events;
	interfacesDrain(source->descriptor);
	loopSchedule(&gNetwork.settled, kSettleMs);
}

void xs_process_watchNetwork(txMachine* the)
{
	if ((mxArgc > 1) && (XS_UNDEFINED_KIND != mxArgv(1)->kind))
		fxToStringBuffer(the, mxArgv(1), gNetwork.host, sizeof(gNetwork.host));
	rememberCallback(the, &gNetwork.watch);
	gNetwork.settled.onTime = onNetworkSettled;
	gNetwork.watch.source.descriptor = interfacesWatch();
	gNetwork.watch.source.events = POLLIN;
	gNetwork.watch.source.onReady = onNetworkReady;
	gNetwork.watch.source.onFree = onFree;
	if (gNetwork.watch.source.descriptor >= 0)
		loopAdd(&gNetwork.watch.source);
	interfacesRead(gNetwork.host);
}

static void addText(txMachine* the, txInteger index, char* text)
{
	mxPushStringC(text);
	_xsSetIndex(the, mxResult, (txIndex)index, the->stack);
	mxPop();
}

void xs_process_networkAddresses(txMachine* the)
{
	char text[64];
	int link = ((mxArgc > 0) && (XS_UNDEFINED_KIND != mxArgv(0)->kind)) ? fxToInteger(the, mxArgv(0)) : -1;
	_xsNewArray(the, mxResult, 0);
	for (int i = 0; interfacesAddress(link, i, text, sizeof(text)); i++)
		addText(the, i, text);
}

void xs_process_networkLinks(txMachine* the)
{
	char text[64];
	_xsNewArray(the, mxResult, 0);
	for (int i = 0; interfacesLink(i, text, sizeof(text)); i++)
		addText(the, i, text);
}

/* Clock and heap */

void xs_process_now(txMachine* the)
{
	fxNumber(the, mxResult, (txNumber)loopNow());
}

void xs_process_collectGarbage(txMachine* the)
{
	fxCollectGarbage(the);
}

static void setCounter(txMachine* the, const char* name, uint32_t value)
{
	mxPushNumber(value);
	_xsSet(the, mxResult, fxID(the, (txString)name), the->stack);
	mxPop();
}

void xs_process_heapCounters(txMachine* the)
{
	HeapCounters heap;
	machineCountHeap(the, &heap);
	_xsNewObject(the, mxResult);
	setCounter(the, "slotBytes", heap.slotBytes);
	setCounter(the, "slots", heap.slots);
	setCounter(the, "slotsPeak", heap.slotsPeak);
	setCounter(the, "chunkBytes", heap.chunkBytes);
	setCounter(the, "chunkBytesPeak", heap.chunkBytesPeak);
	setCounter(the, "stackSlots", heap.stackSlots);
	setCounter(the, "stackSlotsPeak", heap.stackSlotsPeak);
	setCounter(the, "tableBytes", heap.tableBytes);
	setCounter(the, "blockBytes", heap.blockBytes);
	setCounter(the, "blockFree", heap.blockFree);
	setCounter(the, "sources", (uint32_t)loopCountSources());
	setCounter(the, "deadlines", (uint32_t)loopCountDeadlines());
}
