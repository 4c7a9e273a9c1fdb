/*
 * What the fuzzer learns of the JavaScript: the places in the preloaded byte code that are run after a branch, a call or a
 * return, each pair of two such places a counter. xs-run.c calls it at every byte code.
 */

#ifndef __HAP_XS_COVER__
#define __HAP_XS_COVER__

#include <stdint.h>

enum { kCoverCounters = 65536, kCoverCodes = 256 };

extern uint8_t coverCounters[kCoverCounters];
/** By code: what follows it is a place of its own. */
extern uint8_t coverIsJump[kCoverCodes];
extern uintptr_t coverStart, coverBytes;
extern uint32_t coverPlace;
/** Whether the next byte code is such a place. */
extern uint8_t coverIsPlace;
extern uint8_t coverIgnored[kCoverCodes];

static inline void coverNote(const void* code, uint8_t byte)
{
	uintptr_t at = (uintptr_t)code - coverStart;
	if (coverIsPlace && (at < coverBytes)) {
		uint32_t place = (uint32_t)at * 0x9E3779B1u >> 16;
		uint8_t* counter = &coverCounters[(place ^ coverPlace) & (kCoverCounters - 1)];
		*counter += (uint8_t)(*counter != UINT8_MAX);
		coverPlace = place >> 1;
	}
	coverIsPlace = coverIsJump[byte];
}

#endif
