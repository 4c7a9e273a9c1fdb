/* embedded:storage/key-value for the desktop: a folder, a file a key. */

#include <limits.h>
#include "file-store.h"
#include "io.h"
#include "xsmc.h"

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
	folder = storeOpen(path);
	if (folder < 0)
		mxUnknownError("%s: %s", path, strerror(errno));
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
	if (!storeIsKey(key))
		mxRangeError("invalid key");
}

/** The value as an ArrayBuffer, undefined when there is none. */
void xs_storage_read(txMachine* the)
{
	char key[kMaxKey + 1];
	static uint8_t bytes[kMaxValue];
	ssize_t count;
	Storage* storage = storageOf(the);
	keyArgument(the, key);
	count = storeRead(storage->folder, key, bytes);
	if (count >= 0)
		fxArrayBuffer(the, mxResult, bytes, (txInteger)count, -1);
	else if (ENOENT != errno)
		mxUnknownError("%s: %s", key, strerror(errno));
	memset(bytes, 0, sizeof(bytes));
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
	if (storeWrite(storage->folder, key, bytes, count) < 0)
		mxUnknownError("%s: %s", key, strerror(errno));
}

void xs_storage_delete(txMachine* the)
{
	char key[kMaxKey + 1];
	Storage* storage = storageOf(the);
	keyArgument(the, key);
	if (storeDelete(storage->folder, key) < 0)
		mxUnknownError("%s: %s", key, strerror(errno));
}
