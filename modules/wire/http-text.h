/* What the natives that look through a request's bytes have in common. */

#ifndef __HAP_XS_HTTP_TEXT__
#define __HAP_XS_HTTP_TEXT__

#include "xsmc.h"

#include <stdint.h>

/* all that a double does not count exactly, as one number */
#define kHttpBeyond 9007199254740992LL

enum { kVisible, kAscii, kAny };

typedef struct {
	const uint8_t *from, *to, *start;
} HttpRange;

/** Arguments (bytes, from, to). It holds until memory is allocated. */
HttpRange httpRange(xsMachine *the);
/** No controls, and no others but those characters. */
int httpIsPlain(const uint8_t *from, const uint8_t *to, int characters);
/** -1: no digit, or something else; above kHttpBeyond numbers are not told apart. */
int64_t httpDecimal(const uint8_t *from, const uint8_t *to);

#endif
