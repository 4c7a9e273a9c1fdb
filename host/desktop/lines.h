/*
 * Which line of which file a place in the preloaded byte code comes from. XS tells it by codes among the others; an eighth of all
 * that a request ran were such codes, which do nothing but in XS's debug build. strip.c takes them out of the base, for an image
 * of the SDK has none of them either, and puts here what they said: two or three bytes for a line, looked at when an Error is made.
 */

#ifndef __HAP_XS_LINES__
#define __HAP_XS_LINES__

#include "machine.h"

typedef struct {
	uint32_t line;
	txID file;
} Line;

/** Begins a piece of code of the base, that of a function with those inside it. */
void linesOpen(const uint8_t* piece);
/** From this place of the piece on, counted in bytes from its beginning, the code is of that line. Places do not go back. */
void linesAdd(size_t place, Line line);
void linesClose(void);
/** After the last piece. */
void linesSeal(void);
/** The line in force at `place` in the code of a function. False when none is known. */
int linesFind(const uint8_t* function, const uint8_t* place, Line* line);

/* strip.c */
/** Takes lines and files out of a piece of byte code, and answers how many bytes are left. */
size_t stripLines(uint8_t* piece, size_t bytes);
void stripEnd(void);

#endif
