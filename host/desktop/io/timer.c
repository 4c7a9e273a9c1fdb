/* The SDK's `timer` module: set, repeat, schedule, clear. A timer object lives until it fired for good or is cleared. */

#include "io.h"
#include "xsmc.h"

typedef struct {
	Deadline deadline;
	HostSide side;
	txInteger interval;			/* milliseconds between repeats, 0: once */
	uint8_t isScheduled, isParked, isCalling, isCleared;
} TimerRecord;

static void xs_timer_mark(txMachine* the, void* data, txMarkRoot markRoot)
{
	if (data)
		hostMark(the, &((TimerRecord*)data)->side, markRoot);
}

void xs_timer_destructor(void* data)
{
	TimerRecord* timer = data;
	if (!timer)
		return;
	loopCancel(&timer->deadline);
	free(timer);
}

static const txHostHooks timerHooks = { xs_timer_destructor, xs_timer_mark, NULL };

static void schedule(TimerRecord* timer, txInteger delay)
{
	timer->isScheduled = 1;
	timer->isParked = 0;
	loopSchedule(&timer->deadline, delay);
}

static void end(txMachine* the, TimerRecord* timer)
{
	loopCancel(&timer->deadline);
	hostRelease(the, &timer->side);
	if (timer->isCalling)
		timer->isCleared = 1;
	else
		free(timer);
}

static void onTime(Deadline* deadline)
{
	TimerRecord* timer = (TimerRecord*)deadline;
	txSlot object = timer->side.object;
	txSlot* function = timer->side.callbacks[0];
	timer->isScheduled = 0;
	if (timer->interval)
		schedule(timer, timer->interval);
	timer->isCalling = 1;
	loopCall(loopMachine, &object, function, &object);
	timer->isCalling = 0;
	if (timer->isCleared)
		free(timer);
	else if (!timer->isScheduled && !timer->isParked)
		end(loopMachine, timer);
}

static txInteger intervalArgument(txMachine* the, txInteger index, txInteger absent)
{
	if ((mxArgc <= index) || (XS_UNDEFINED_KIND == mxArgv(index)->kind))
		return absent;
	return fxToInteger(the, mxArgv(index));
}

void xs_timer_set(txMachine* the)
{
	TimerRecord* timer;
	txSlot* function;
	txInteger interval = intervalArgument(the, 1, 0);
	txInteger repeat = intervalArgument(the, 2, 0);
	if ((mxArgc < 1) || (XS_REFERENCE_KIND != mxArgv(0)->kind) || !mxIsFunction(mxArgv(0)->value.reference))
		mxTypeError("callback is no function");
	function = mxArgv(0)->value.reference;
	timer = calloc(1, sizeof(TimerRecord));
	timer->deadline.onTime = onTime;
	timer->interval = repeat;
	fxNewHostObject(the, NULL);
	mxPullSlot(mxThis);
	hostBind(the, &timer->side, timer, &timerHooks);
	timer->side.callbacks[0] = function;
	*mxResult = *mxThis;
	schedule(timer, interval);
}

static TimerRecord* timerArgument(txMachine* the)
{
	if ((mxArgc < 1) || (XS_REFERENCE_KIND != mxArgv(0)->kind))
		return NULL;
	return hostDataOf(the, mxArgv(0), &timerHooks);
}

/** With neither interval nor repeat the timer waits until it is scheduled again. */
void xs_timer_schedule(txMachine* the)
{
	TimerRecord* timer = timerArgument(the);
	if (!timer)
		mxTypeError("no timer");
	if (mxArgc < 2) {
		loopCancel(&timer->deadline);
		timer->isScheduled = 0;
		timer->isParked = 1;
		return;
	}
	timer->interval = intervalArgument(the, 2, 0);
	schedule(timer, intervalArgument(the, 1, 0));
}

/** Of nothing, or of a timer that has fired: no harm. */
void xs_timer_clear(txMachine* the)
{
	TimerRecord* timer = timerArgument(the);
	if (timer)
		end(the, timer);
}
