/* The event loop: descriptors, deadlines, and what was put off until the stack is empty. */

#ifndef __HAP_XS_LOOP__
#define __HAP_XS_LOOP__

#include <poll.h>
#include <stdint.h>
#include "machine.h"

typedef struct Source Source;
typedef struct Deadline Deadline;

/** A descriptor the loop waits for. Embed it first in the structure that owns the descriptor. */
struct Source {
	Source* next;
	int descriptor;
	short events;						/* of poll(2); 0: only errors and hang-ups */
	int watched;						/* wait.c's: what the system knows of it */
	uint8_t isPending;					/* run `onPending` before waiting again */
	uint8_t isClosed;					/* removed, to be freed by the loop */
	void (*onReady)(Source* source, short events);
	void (*onPending)(Source* source);
	void (*onFree)(Source* source);
};

struct Deadline {
	Deadline* next;
	int64_t when;						/* milliseconds of loopNow() */
	void (*onTime)(Deadline* deadline);
};

extern txMachine* loopMachine;

int64_t loopNow(void);
/** From here on time stands still while there is work, and leaps to the next deadline when there is none: for tests. */
void loopLeap(void);
void loopAdd(Source* source);
/** The source is out of the loop at once and freed when no callback of its is running. */
void loopRemove(Source* source);
void loopDefer(Source* source);
void loopSchedule(Deadline* deadline, int64_t delay);
void loopCancel(Deadline* deadline);
/** What the loop waits for: a leak would show here. */
int loopCountSources(void);
int loopCountDeadlines(void);
/** Runs until loopStop, or until nothing could ever happen. */
void loopRun(txMachine* the);
void loopStop(void);

/** Calls a function of JavaScript; an exception is printed and ends the process. `argument` may be NULL. */
void loopCall(txMachine* the, txSlot* self, txSlot* function, txSlot* argument);
void loopCallInteger(txMachine* the, txSlot* self, txSlot* function, txInteger argument);

#endif
