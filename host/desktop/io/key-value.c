/*
 * embedded:storage/key-value for the desktop: a folder, a file a key. A value is written whole or not at all: a
 * temporary file, fsync, rename, fsync of the folder. Files are readable by their owner only.
 */

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include "io.h"
#include "xsmc.h"

enum { kMaxKey = 15, kMaxValue = 65536 };			/* keys as long as NVS has them */

typedef struct {
	int folder;
} Storage;

void xs_storage_destructor(void* data)
{
	Storage* storage = data;
	if (!storage)
		return;
	close(storage->folder);
	free(storage);
}

static const txHostHooks storageHooks = { xs_storage_destructor, NULL, NULL };

static Storage* storageOf(txMachine* the)
{
	Storage* storage = hostData(the, &storageHooks);
	if (!storage)
		mxUnknownError("closed");
	return storage;
}

void xs_storage_constructor(txMachine* the)
{
	char path[PATH_MAX];
	Storage* storage;
	int folder;
	if (!optionText(the, "path", path, sizeof(path)))
		mxTypeError("path is missing");
	if ((mkdir(path, 0700) < 0) && (EEXIST != errno))
		mxUnknownError("%s: %s", path, strerror(errno));
	folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		mxUnknownError("%s: %s", path, strerror(errno));
	if (faccessat(folder, ".", R_OK | W_OK | X_OK, 0) < 0) {
		int error = errno;
		close(folder);
		mxUnknownError("%s: %s", path, strerror(error));
	}
	storage = calloc(1, sizeof(Storage));
	storage->folder = folder;
	fxSetHostData(the, mxThis, storage);
	fxSetHostHooks(the, mxThis, &storageHooks);
}

void xs_storage_close(txMachine* the)
{
	Storage* storage = hostData(the, &storageHooks);
	if (!storage)
		return;
	fxSetHostData(the, mxThis, NULL);
	xs_storage_destructor(storage);
}

static void keyArgument(txMachine* the, char* key)
{
	if (mxArgc < 1)
		mxTypeError("key is missing");
	fxToStringBuffer(the, mxArgv(0), key, kMaxKey + 1);
	if (!key[0] || ('.' == key[0]) || strchr(key, '/'))
		mxRangeError("invalid key");
}

/** The value as an ArrayBuffer, undefined when there is none. */
void xs_storage_read(txMachine* the)
{
	char key[kMaxKey + 1];
	static uint8_t bytes[kMaxValue];
	ssize_t count, all = 0;
	int file;
	Storage* storage = storageOf(the);
	keyArgument(the, key);
	file = openat(storage->folder, key, O_RDONLY | O_CLOEXEC);
	if (file < 0) {
		if (ENOENT == errno)
			return;
		mxUnknownError("%s: %s", key, strerror(errno));
	}
	while ((count = read(file, bytes + all, sizeof(bytes) - (size_t)all)) > 0)
		all += count;
	close(file);
	if (count < 0)
		mxUnknownError("%s: %s", key, strerror(errno));
	fxArrayBuffer(the, mxResult, bytes, (txInteger)all, -1);
	memset(bytes, 0, sizeof(bytes));
}

static int writeAll(int file, const uint8_t* bytes, size_t count)
{
	while (count) {
		ssize_t written = write(file, bytes, count);
		if ((written < 0) && (EINTR == errno))
			continue;
		if (written < 0)
			return -1;
		bytes += written;
		count -= (size_t)written;
	}
	return fsync(file);
}

static int replace(int folder, const char* key, const uint8_t* bytes, size_t count)
{
	static const char temporary[] = ".writing";
	int isWritten;
	int file = openat(folder, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (file < 0)
		return -1;
	isWritten = writeAll(file, bytes, count) >= 0;
	if ((close(file) < 0) || !isWritten || (renameat(folder, temporary, folder, key) < 0)) {
		int error = errno;
		unlinkat(folder, temporary, 0);
		errno = error;
		return -1;
	}
	return fsync(folder);
}

void xs_storage_write(txMachine* the)
{
	char key[kMaxKey + 1];
	size_t count;
	uint8_t* bytes;
	Storage* storage = storageOf(the);
	keyArgument(the, key);
	bytes = bufferArgument(the, 1, &count, 0);
	if (count > kMaxValue)
		mxRangeError("value too long");
	if (replace(storage->folder, key, bytes, count) < 0)
		mxUnknownError("%s: %s", key, strerror(errno));
}

/** Of a key that is not there: no harm. */
void xs_storage_delete(txMachine* the)
{
	char key[kMaxKey + 1];
	Storage* storage = storageOf(the);
	keyArgument(the, key);
	if ((unlinkat(storage->folder, key, 0) < 0) && (ENOENT != errno))
		mxUnknownError("%s: %s", key, strerror(errno));
	fsync(storage->folder);
}
