/*
 * Random bytes: esp_fill_random on ESP32 (true randomness while Wi-Fi or the bootloader's source runs), getentropy on
 * macOS, getrandom on Linux.
 */

#include "xsmc.h"

#include <stdint.h>
#include <stdlib.h>

#if ESP32
	#include "esp_random.h"
#elif defined(__APPLE__)
	#include <sys/random.h>
#elif defined(__linux__)
	#include <errno.h>
	#include <sys/random.h>
#else
	#error "random.c: name this platform's source of randomness"
#endif

enum { kPortion = 256 };	// getentropy takes no more at a time, and getrandom is never interrupted below it

static int fillPortion(uint8_t *bytes, size_t count)
{
#if ESP32
	esp_fill_random(bytes, count);
	return 1;
#elif defined(__APPLE__)
	return 0 == getentropy(bytes, count);
#else
	ssize_t filled;
	do
		filled = getrandom(bytes, count, 0);
	while ((filled < 0) && (EINTR == errno));
	return (size_t)filled == count;
#endif
}

void xs_hap_random(xsMachine *the)
{
	uint8_t *target;
	xsUnsignedValue count;

	xsmcGetBufferWritable(xsArg(0), (void **)&target, &count);
	while (count) {
		size_t portion = (count < kPortion) ? count : kPortion;
		if (!fillPortion(target, portion))
			abort();
		target += portion;
		count -= portion;
	}
}
