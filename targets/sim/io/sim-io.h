/*
 * What the natives of embedded:io/… share in mcsim on Linux: a source of GLib's main loop for each object, and its
 * JavaScript side. mcsim unloads the image when it closes it, so that nothing may stay in the loop without its object.
 */

#ifndef __HAP_XS_SIM_IO__
#define __HAP_XS_SIM_IO__

#include <errno.h>
#include <glib.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include "xsmc.h"
#include "mc.xs.h"

enum { kMaxCallbacks = 3 };

/** Embed it first in the structure that owns the descriptor. GLib frees the structure when no callback of its is running. */
typedef struct Watch Watch;
struct Watch {
	GSource source;
	xsMachine* the;
	gpointer tag;
	int descriptor;
	uint8_t isBound;
	xsSlot object;
	xsSlot* callbacks[kMaxCallbacks];
	void (*onReady)(Watch* watch, int events);
	void (*onPending)(Watch* watch);				/* needed by who defers or delays */
};

/** Zeroed but for what it is given. Owns the descriptor, which is made non-blocking. */
void* watchNew(xsMachine* the, size_t size, int descriptor, void (*onReady)(Watch* watch, int events));
/** G_IO_…; errors and hang-ups are always told. */
void watchFor(Watch* watch, int events);
/** Runs `onPending` when the stack is empty, once. */
void watchDefer(Watch* watch);
/** Runs `onPending` at that time, unless it is deferred before. */
void watchDelay(Watch* watch, int milliseconds);
/** Closes the descriptor, but stays in the loop: what is pending is still run. */
void watchShut(Watch* watch);
/** Out of the loop, descriptor closed, object let go. */
void watchEnd(Watch* watch);

/** Binds to `object`: it stays alive until watchRelease or watchEnd. */
void watchBind(Watch* watch, xsSlot* object, const xsHostHooks* hooks);
/** The object is closed. */
void watchRelease(Watch* watch);
void watchMark(xsMachine* the, void* watch, xsMarkRoot markRoot);
/** Watch of xsThis. Error when it was closed, or is of another kind. */
void* watchOf(xsMachine* the, const xsHostHooks* hooks);
/** The same, NULL when it was closed. */
void* watchIf(xsMachine* the, const xsHostHooks* hooks);
/** Of any object; TypeError when it is of another kind. */
void* watchIn(xsMachine* the, xsSlot* object, const xsHostHooks* hooks);
/** False: there is no such callback. */
int watchCall(Watch* watch, int which, int argument);

/** Options are the first argument; what is undefined is absent. */
int optionInteger(xsMachine* the, xsIdentifier id, int low, int high, int absent);
int optionText(xsMachine* the, xsIdentifier id, char* text, size_t size);
xsSlot* optionCallback(xsMachine* the, xsIdentifier id);
/** Copies options.target to this.target. */
void optionTarget(xsMachine* the);

#endif
