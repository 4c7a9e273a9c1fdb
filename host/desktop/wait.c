#include "wait.h"

enum { kMostAtATime = 64 };

static int isWaitedFor(const Source* source)
{
	return !source->isClosed && (source->descriptor >= 0);
}

int waitCount(const Source* first)
{
	int count = 0;
	for (; first; first = first->next)
		count += isWaitedFor(first);
	return count;
}

#if defined(__linux__) && !defined(hostPolls)

#include <sys/epoll.h>

/*
 * What is waited for stands in the system's own list, which takes no time for those that are quiet. The bits of its events are poll's.
 * Files are not taken: they are ready always.
 */
enum { kWatched = 1 << 16, kFile = 1 << 17 };

static int gList = -1;

void waitOpen(void)
{
	if (gList < 0)
		gList = epoll_create1(EPOLL_CLOEXEC);
	if (gList < 0) {
		perror("hap-xs: nothing can be waited for");
		exit(1);
	}
}

static int change(int operation, Source* source)
{
	struct epoll_event event = { .events = (uint32_t)source->events, .data.ptr = source };
	return epoll_ctl(gList, operation, source->descriptor, &event);
}

static void watch(Source* source)
{
	int watched = kWatched | source->events;
	if ((source->watched == watched) || (source->watched & kFile))
		return;
	if (change(source->watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, source) == 0)
		source->watched = watched;
	else if (EPERM == errno)
		source->watched = kFile;
}

static int isReadyFile(const Source* source)
{
	return (source->watched & kFile) && source->events;
}

void waitForget(Source* source)
{
	if ((source->watched & kWatched) && (source->descriptor >= 0))
		change(EPOLL_CTL_DEL, source);
	source->watched = 0;
}

static int tellFiles(Source* first, int (*goesOn)(void))
{
	int count = 0;
	for (Source* source = first; source && (*goesOn)(); source = source->next) {
		if (isWaitedFor(source) && isReadyFile(source)) {
			(*source->onReady)(source, source->events);
			count++;
		}
	}
	return count;
}

int waitForSources(Source* first, int delay, int (*goesOn)(void))
{
	struct epoll_event ready[kMostAtATime];
	int areFilesReady = 0;
	int count;
	for (Source* source = first; source; source = source->next) {
		if (isWaitedFor(source)) {
			watch(source);
			areFilesReady |= isReadyFile(source);
		}
	}
	count = epoll_wait(gList, ready, kMostAtATime, areFilesReady ? 0 : delay);
	for (int i = 0; (i < count) && (*goesOn)(); i++) {
		Source* source = ready[i].data.ptr;
		if (!source->isClosed)
			(*source->onReady)(source, (short)ready[i].events);
	}
	return (count > 0 ? count : 0) + (areFilesReady ? tellFiles(first, goesOn) : 0);
}

#else

void waitOpen(void)
{
}

void waitForget(Source* source)
{
	(void)source;
}

int waitForSources(Source* first, int delay, int (*goesOn)(void))
{
	static struct pollfd* polls;
	static Source** polled;
	static int room;
	int count = 0;
	int ready;
	if (room < waitCount(first)) {
		room = waitCount(first) + kMostAtATime;
		polls = realloc(polls, (size_t)room * sizeof(struct pollfd));
		polled = realloc(polled, (size_t)room * sizeof(Source*));
		if (!polls || !polled)
			abort();
	}
	for (Source* source = first; source; source = source->next) {
		if (!isWaitedFor(source))
			continue;
		polls[count].fd = source->descriptor;
		polls[count].events = source->events;
		polls[count].revents = 0;
		polled[count++] = source;
	}
	ready = poll(polls, (nfds_t)count, delay);
	for (int i = 0; (ready > 0) && (i < count) && (*goesOn)(); i++) {
		if (polls[i].revents && !polled[i]->isClosed)
			(*polled[i]->onReady)(polled[i], polls[i].revents);
	}
	return ready > 0 ? ready : 0;
}

#endif
