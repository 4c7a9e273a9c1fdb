/* Waiting for descriptors, whatever the system has for it. */

#ifndef __HAP_XS_WAIT__
#define __HAP_XS_WAIT__

#include "loop.h"

/** To be called before the first source is there; more than once is harmless. */
void waitOpen(void);
/**
 * Waits until one of the sources is ready, or for so many milliseconds (-1: for ever), and tells those that are; `goesOn` is asked
 * between two of them. Answers how many were, 0 when the time was over.
 */
int waitForSources(Source* first, int delay, int (*goesOn)(void));
/** Sources that have a descriptor. */
int waitCount(const Source* first);
/** To be called before a source is freed. */
void waitForget(Source* source);

#endif
