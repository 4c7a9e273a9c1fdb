/* The length in front of a frame. Reading and writing an item of a typed array takes an interpreter longer than all of this. */

#include "xsmc.h"

#include <stdint.h>

enum { kLengthBytes = 2 };

static uint8_t *lengthOf(xsMachine *the)
{
	void *frame;
	xsUnsignedValue count;

	xsmcGetBufferWritable(xsArg(0), &frame, &count);
	if (count < kLengthBytes)
		xsRangeError("no length");
	return frame;
}

/** readLength(frame) */
void xs_hap_read_length(xsMachine *the)
{
	const uint8_t *length = lengthOf(the);

	xsmcSetInteger(xsResult, (xsIntegerValue)(length[0] | (length[1] << 8)));
}

/** putLength(frame, length) */
void xs_hap_put_length(xsMachine *the)
{
	xsIntegerValue value = xsmcToInteger(xsArg(1));
	uint8_t *length = lengthOf(the);

	length[0] = (uint8_t)value;
	length[1] = (uint8_t)(value >> 8);
}
