/*
 * Standard output. Lines are gathered and go out together at the end of each turn of the loop, behind the answers of that turn: a line
 * of the log is a system call that a controller would wait for.
 */

#ifndef __HAP_XS_OUTPUT__
#define __HAP_XS_OUTPUT__

/** Adds a line. */
void outputLine(const char* text);
/** Writes what is there; a handler of a signal may call it, too. To be called before standard error is written, and at the end. */
void outputFlush(void);

#endif
