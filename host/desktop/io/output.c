#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>
#include "output.h"

enum { kOutputBytes = 4096, kPatienceMilliseconds = 1000 };

static char gLines[kOutputBytes];
static volatile size_t gCount;

/** Where nobody reads, what is said is lost: a handler of faults, too, must come to its end. */
static void writeAll(const char* text, size_t length)
{
	while (length > 0) {
		ssize_t count = write(STDOUT_FILENO, text, length);
		if (count >= 0) {
			text += count;
			length -= (size_t)count;
		}
		else if (EAGAIN == errno) {
			struct pollfd output = { .fd = STDOUT_FILENO, .events = POLLOUT };
			if (poll(&output, 1, kPatienceMilliseconds) == 0)
				return;
		}
		else if (EINTR != errno)
			return;
	}
}

void outputFlush(void)
{
	size_t count = gCount;
	gCount = 0;
	writeAll(gLines, count);
}

static void add(const char* text, size_t length)
{
	if (length > kOutputBytes - gCount)
		outputFlush();
	if (length > kOutputBytes) {
		writeAll(text, length);
		return;
	}
	memcpy(gLines + gCount, text, length);
	gCount += length;
}

void outputLine(const char* text)
{
	add(text, strlen(text));
	add("\n", 1);
}
