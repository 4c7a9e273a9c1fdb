/* A TCP connection with its buffers, below the JavaScript of sim-tcp.c. */

#ifndef __HAP_XS_SIM_STREAM__
#define __HAP_XS_SIM_STREAM__

#include "address.h"
#include "sim-io.h"

enum { kBufferBytes = 8192 };		/* as the ESP32 targets configure lwIP */
enum { kOnReadable, kOnWritable, kOnError };

typedef struct {
	uint8_t bytes[kBufferBytes];
	size_t count;
} Buffer;

typedef struct {
	Watch watch;
	Buffer in, out;
	struct sockaddr_storage remote;
	uint8_t isConnecting, isEnded, isBroken, isClosed, hasArrived, hasRoom, isErrorTold;
} Stream;

Stream* streamNew(xsMachine* the, int descriptor, const struct sockaddr_storage* remote);
/** What was written before still goes out, for a while: the object is held so long, and closed to JavaScript. */
void streamClose(Stream* stream);
/** Callbacks were set: tells what there is to read and to write. */
void streamBegin(Stream* stream);

size_t streamRoom(const Stream* stream);
/** There must be that many. */
void streamRead(Stream* stream, uint8_t* to, size_t count);
/** There must be room. False: the peer is gone. */
int streamWrite(Stream* stream, const uint8_t* bytes, size_t count);
void streamFail(Stream* stream);

#endif
