/* A ring of bytes of fixed size, as lwIP's socket buffers are. */

#ifndef __HAP_XS_RING__
#define __HAP_XS_RING__

#include <stddef.h>
#include <stdint.h>

enum { kRingBytes = 8192 };		/* as the ESP32 targets configure lwIP, in both directions */

typedef struct {
	uint8_t bytes[kRingBytes];
	size_t start, count;
} Ring;

size_t ringRoom(const Ring* ring);
/** `count` is no more than the room. */
void ringPut(Ring* ring, const uint8_t* from, size_t count);
/** `count` is no more than there is; `to` NULL: they are dropped. */
void ringTake(Ring* ring, uint8_t* to, size_t count);
/** The bytes that lie together at the start. */
const uint8_t* ringFirst(const Ring* ring, size_t* count);

#endif
