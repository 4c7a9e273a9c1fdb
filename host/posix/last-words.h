/*
 * The last lines of the log, in a piece of memory that somebody reads after the program has ended: a file written in a signal's
 * handler, or a chip's memory that a reset leaves alone. Calls nothing, allocates nothing.
 */

#ifndef __HAP_XS_LAST_WORDS__
#define __HAP_XS_LAST_WORDS__

#include <stddef.h>
#include <stdint.h>

enum { kLastWordsBytes = 512 };		/* some ten lines */

typedef struct {
	uint32_t magic;
	uint32_t count;
	char text[kLastWordsBytes];		/* whole lines, oldest first, each with its end */
	uint32_t check;
} LastWords;

void lastWordsClear(LastWords* words);
/** False after power was gone, when the memory holds anything at all. */
int lastWordsAreWhole(const LastWords* words);
/** The oldest lines make room; what is longer than all the memory is cut. */
void lastWordsAdd(LastWords* words, const char* line);

#endif
