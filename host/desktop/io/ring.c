#include <string.h>
#include "ring.h"

size_t ringRoom(const Ring* ring)
{
	return sizeof(ring->bytes) - ring->count;
}

void ringPut(Ring* ring, const uint8_t* from, size_t count)
{
	size_t at = (ring->start + ring->count) % sizeof(ring->bytes);
	size_t first = sizeof(ring->bytes) - at;
	if (first > count)
		first = count;
	memcpy(ring->bytes + at, from, first);
	memcpy(ring->bytes, from + first, count - first);
	ring->count += count;
}

void ringTake(Ring* ring, uint8_t* to, size_t count)
{
	size_t first = sizeof(ring->bytes) - ring->start;
	if (first > count)
		first = count;
	if (to) {
		memcpy(to, ring->bytes + ring->start, first);
		memcpy(to + first, ring->bytes, count - first);
	}
	ring->start = (ring->start + count) % sizeof(ring->bytes);
	ring->count -= count;
	if (0 == ring->count)
		ring->start = 0;
}

const uint8_t* ringFirst(const Ring* ring, size_t* count)
{
	*count = sizeof(ring->bytes) - ring->start;
	if (*count > ring->count)
		*count = ring->count;
	return ring->bytes + ring->start;
}
