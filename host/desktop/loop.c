#include <fcntl.h>
#include "wait.h"
#include "io/output.h"

txMachine* loopMachine;

static Source* gSources;
static Deadline* gDeadlines;
static int gIsStopped;
static int gIsLeaping;
static int64_t gLeapt;

void loopLeap(void)
{
	gIsLeaping = 1;
}

int64_t loopNow(void)
{
	struct timespec now;
	if (gIsLeaping)
		return gLeapt;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void loopAdd(Source* source)
{
	waitOpen();
	source->next = gSources;
	gSources = source;
}

void loopRemove(Source* source)
{
	source->isClosed = 1;
}

void loopDefer(Source* source)
{
	source->isPending = 1;
}

/** Deadlines are kept in order; those of equal time in the order they were made. */
void loopSchedule(Deadline* deadline, int64_t delay)
{
	Deadline** at = &gDeadlines;
	loopCancel(deadline);
	deadline->when = loopNow() + (delay > 0 ? delay : 0);
	while (*at && ((*at)->when <= deadline->when))
		at = &(*at)->next;
	deadline->next = *at;
	*at = deadline;
}

void loopCancel(Deadline* deadline)
{
	for (Deadline** at = &gDeadlines; *at; at = &(*at)->next) {
		if (*at == deadline) {
			*at = deadline->next;
			deadline->next = NULL;
			return;
		}
	}
}

int loopCountSources(void)
{
	int count = 0;
	for (Source* source = gSources; source; source = source->next)
		count += !source->isClosed;
	return count;
}

int loopCountDeadlines(void)
{
	int count = 0;
	for (Deadline* deadline = gDeadlines; deadline; deadline = deadline->next)
		count++;
	return count;
}

void loopStop(void)
{
	gIsStopped = 1;
}

/* A turn of the loop */

static void freeClosed(void)
{
	Source** at = &gSources;
	while (*at) {
		Source* source = *at;
		if (source->isClosed) {
			*at = source->next;
			waitForget(source);
			(*source->onFree)(source);
		}
		else
			at = &source->next;
	}
}

static void runPending(void)
{
	int again;
	do {
		again = 0;
		for (Source* source = gSources; source && !gIsStopped; source = source->next) {
			if (source->isPending && !source->isClosed) {
				source->isPending = 0;
				again = 1;
				(*source->onPending)(source);
			}
		}
	} while (again && !gIsStopped);
}

/** Only what was due when the turn began: a timer that sets itself again to 0 must not starve the sockets. */
static void runDeadlines(void)
{
	int64_t now = loopNow();
	while (gDeadlines && (gDeadlines->when <= now) && !gIsStopped) {
		Deadline* deadline = gDeadlines;
		gDeadlines = deadline->next;
		deadline->next = NULL;
		if (deadline->when == now)
			now--;
		(*deadline->onTime)(deadline);
	}
}

static int untilNextDeadline(void)
{
	int64_t delay;
	if (!gDeadlines)
		return -1;
	delay = gDeadlines->when - loopNow();
	if (delay < 0)
		return 0;
	return delay > 1000000 ? 1000000 : (int)delay;
}

static int goesOn(void)
{
	return !gIsStopped;
}

static void waitFor(int delay)
{
	if ((delay < 0) && (0 == waitCount(gSources))) {
		gIsStopped = 1;
		return;
	}
	if ((0 == waitForSources(gSources, gIsLeaping ? 0 : delay, goesOn)) && gIsLeaping && (delay > 0))
		gLeapt += delay;
}

void loopRun(txMachine* the)
{
	while (!gIsStopped) {
		machineRunJobs(the);
		runPending();
		machineTune(the);
		freeClosed();
		if (gIsStopped)
			break;
		outputFlush();
		waitFor(untilNextDeadline());
		if (!gIsStopped)
			runDeadlines();
	}
}

/* Calls */

void loopCall(txMachine* the, txSlot* self, txSlot* function, txSlot* argument)
{
	fxBeginHost(the);
	{
		mxTry(the) {
			if (self)
				mxPushSlot(self);
			else
				mxPushUndefined();
			mxPushReference(function);
			mxCall();
			if (argument)
				mxPushSlot(argument);
			mxRunCount(argument ? 1 : 0);
			mxPop();
		}
		mxCatch(the) {
			machineFault(the);
		}
	}
	fxEndHost(the);
	machineRunJobs(the);
}

void loopCallInteger(txMachine* the, txSlot* self, txSlot* function, txInteger value)
{
	txSlot argument = { .kind = XS_INTEGER_KIND };
	argument.value.integer = value;
	loopCall(the, self, function, &argument);
}
