/*
 * host/posix/file-store.c over a disk in memory that loses its power at any step: a file made, a byte written, a flush, a name
 * changed. Whatever an unflushed disk keeps, a value is the old or the new one, whole; one whose write has returned is there.
 */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "natives.h"

enum { kFiles = 64, kNames = 8, kFileBytes = 128, kFolder = 100, kFirstFile = 200 };

typedef struct {
	uint8_t bytes[kFileBytes];
	size_t count, flushed;
} DiskFile;

typedef struct {
	char name[32];
	int file;			/* -1: none */
} Name;

static DiskFile gFiles[kFiles];
static int gFilesCount;
static Name gNames[kNames], gFlushedNames[kNames];
static size_t gRead;
static long gStepsLeft;
static int gIsCut;

/** False, and EIO, from the step on at which the power goes. */
static int step(void)
{
	if (gStepsLeft-- > 0)
		return 1;
	gIsCut = 1;
	errno = EIO;
	return 0;
}

static Name* findName(Name* names, const char* name)
{
	for (int i = 0; i < kNames; i++) {
		if ((names[i].file >= 0) && !strcmp(names[i].name, name))
			return &names[i];
	}
	return NULL;
}

static void setName(const char* name, int file)
{
	Name* found = findName(gNames, name);
	for (int i = 0; !found && (i < kNames); i++) {
		if (gNames[i].file < 0)
			found = &gNames[i];
	}
	CHECK(found);
	snprintf(found->name, sizeof(found->name), "%s", name);
	found->file = file;
}

static int diskOpenat(int folder, const char* name, int flags, ...)
{
	Name* found = findName(gNames, name);
	CHECK(kFolder == folder);
	gRead = 0;
	if (!(flags & O_CREAT)) {
		errno = ENOENT;
		return found ? kFirstFile + found->file : -1;
	}
	CHECK((flags & O_TRUNC) && (gFilesCount < kFiles));
	if (!step())
		return -1;
	gFiles[gFilesCount] = (DiskFile){ .count = 0 };
	setName(name, gFilesCount);
	return kFirstFile + gFilesCount++;
}

static ssize_t diskWrite(int descriptor, const void* bytes, size_t count)
{
	DiskFile* file = &gFiles[descriptor - kFirstFile];
	if (!count || !step())
		return -1;
	file->bytes[file->count++] = *(const uint8_t*)bytes;		/* a byte at a time, as a system may */
	return 1;
}

static ssize_t diskRead(int descriptor, void* bytes, size_t count)
{
	DiskFile* file = &gFiles[descriptor - kFirstFile];
	size_t some = file->count - gRead;
	if (some > count)
		some = count;
	memcpy(bytes, file->bytes + gRead, some);
	gRead += some;
	return (ssize_t)some;
}

static int diskFsync(int descriptor)
{
	if (!step())
		return -1;
	if (kFolder == descriptor)
		memcpy(gFlushedNames, gNames, sizeof(gNames));
	else
		gFiles[descriptor - kFirstFile].flushed = gFiles[descriptor - kFirstFile].count;
	return 0;
}

static int diskRenameat(int folder, const char* from, int toFolder, const char* to)
{
	Name* found = findName(gNames, from);
	int file = found ? found->file : -1;
	CHECK(found && (folder == toFolder));
	if (!step())
		return -1;
	found->file = -1;
	setName(to, file);
	return 0;
}

static int diskUnlinkat(int folder, const char* name, int flags)
{
	Name* found = findName(gNames, name);
	(void)folder;
	(void)flags;
	errno = ENOENT;
	if (!found || !step())
		return -1;
	found->file = -1;
	return 0;
}

static int diskClose(int descriptor)
{
	(void)descriptor;
	return 0;
}

#define openat diskOpenat
#define write diskWrite
#define read diskRead
#define fsync diskFsync
#define renameat diskRenameat
#define unlinkat diskUnlinkat
#define close diskClose

#include "../../host/posix/file-store.c"

#undef close

/* What is found */

static const uint8_t kOld[] = "the value before", kNew[] = "another one, which is longer than that", kOther[] = "of another key";

static void emptyDisk(void)
{
	gFilesCount = 0;
	for (int i = 0; i < kNames; i++)
		gNames[i] = (Name){ .file = -1 };
	memcpy(gFlushedNames, gNames, sizeof(gNames));
	gStepsLeft = 1000000;
	gIsCut = 0;
	CHECK(0 == storeWrite(kFolder, "key", kOld, sizeof(kOld)));
	CHECK(0 == storeWrite(kFolder, "other", kOther, sizeof(kOther)));
}

static int holds(const char* key, const uint8_t* bytes, size_t count)
{
	uint8_t found[kMaxValue];
	ssize_t some = storeRead(kFolder, key, found);
	return (some == (ssize_t)count) && !memcmp(found, bytes, count);
}

/** The power is back: names and bytes as they were flushed, or as programs saw them last. */
static void restart(int namesAreFlushed, int bytesAreFlushed)
{
	if (namesAreFlushed)
		memcpy(gNames, gFlushedNames, sizeof(gNames));
	for (int i = 0; bytesAreFlushed && (i < gFilesCount); i++)
		gFiles[i].count = gFiles[i].flushed;
	gStepsLeft = 1000000;
}

/** Answers whether the power stayed. */
static int cutAt(long steps, int isDeleting, int namesAreFlushed, int bytesAreFlushed)
{
	int isDone, isOld, isNew;
	emptyDisk();
	gStepsLeft = steps;
	isDone = 0 == (isDeleting ? storeDelete(kFolder, "key") : storeWrite(kFolder, "key", kNew, sizeof(kNew)));
	CHECK(isDone == !gIsCut);
	restart(namesAreFlushed, bytesAreFlushed);
	isOld = holds("key", kOld, sizeof(kOld));
	isNew = isDeleting ? !findName(gNames, "key") : holds("key", kNew, sizeof(kNew));
	CHECK(isDone ? isNew : (isOld || isNew));
	CHECK(holds("other", kOther, sizeof(kOther)));
	CHECK((0 == storeWrite(kFolder, "key", kNew, sizeof(kNew))) && holds("key", kNew, sizeof(kNew)));
	return !gIsCut;
}

void checkStore(void)
{
	for (int how = 0; how < 8; how++) {
		for (long steps = 0; !cutAt(steps, how & 1, how & 2, how & 4); steps++)
			;
	}
}
