/* What a process that ends by a mistake leaves for the next one: the reason, and the last lines of its log. */

#ifndef __HAP_XS_CRASH__
#define __HAP_XS_CRASH__

/** Signals of mistakes are taken from here on. Their reports go where crashOpen says. */
void crashStart(void);
void crashAdd(const char* line);
/** To be called once, when nothing of the process is left that could mend it. May be called in a signal's handler. */
void crashWrite(const char* reason);

#endif
