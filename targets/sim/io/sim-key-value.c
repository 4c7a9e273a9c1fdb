/* embedded:storage/key-value for mcsim on Linux: a folder, a file a key. */

#include <limits.h>
#include "file-store.h"
#include "sim-io.h"

/* The folder's descriptor and one, so that no data means closed. */
void xs_sim_storage_destructor(void* data)
{
	if (data)
		close((int)(intptr_t)data - 1);
}

static const xsHostHooks storageHooks = { xs_sim_storage_destructor, NULL, NULL };

static int folderOf(xsMachine* the)
{
	void* data = xsmcGetHostDataValidate(xsThis, (void*)&storageHooks);
	if (!data)
		xsUnknownError("closed");
	return (int)(intptr_t)data - 1;
}

void xs_sim_storage_constructor(xsMachine* the)
{
	char path[PATH_MAX];
	int folder;
	if (!optionText(the, xsID_path, path, sizeof(path)))
		xsTypeError("path is missing");
	folder = storeOpen(path);
	if (folder < 0)
		xsUnknownError("%s: %s", path, strerror(errno));
	xsmcSetHostData(xsThis, (void*)(intptr_t)(folder + 1));
	xsSetHostHooks(xsThis, (xsHostHooks*)&storageHooks);
}

void xs_sim_storage_close(xsMachine* the)
{
	void* data = xsmcGetHostDataValidate(xsThis, (void*)&storageHooks);
	xsmcSetHostData(xsThis, NULL);
	xs_sim_storage_destructor(data);
}

static void keyArgument(xsMachine* the, char* key)
{
	if (xsmcArgc < 1)
		xsTypeError("key is missing");
	xsmcToStringBuffer(xsArg(0), key, kMaxKey + 1);
	if (!storeIsKey(key))
		xsRangeError("invalid key");
}

/** The value as an ArrayBuffer, undefined when there is none. */
void xs_sim_storage_read(xsMachine* the)
{
	char key[kMaxKey + 1];
	static uint8_t bytes[kMaxValue];
	int folder = folderOf(the);
	ssize_t count;
	keyArgument(the, key);
	count = storeRead(folder, key, bytes);
	if (count >= 0)
		xsmcSetArrayBuffer(xsResult, bytes, (xsIntegerValue)count);
	else if (ENOENT != errno)
		xsUnknownError("%s: %s", key, strerror(errno));
	memset(bytes, 0, sizeof(bytes));
}

void xs_sim_storage_write(xsMachine* the)
{
	char key[kMaxKey + 1];
	void* bytes;
	xsUnsignedValue count;
	int folder = folderOf(the);
	keyArgument(the, key);
	xsmcGetBufferReadable(xsArg(1), &bytes, &count);
	if (count > kMaxValue)
		xsRangeError("value too long");
	if (storeWrite(folder, key, bytes, count) < 0)
		xsUnknownError("%s: %s", key, strerror(errno));
}

void xs_sim_storage_delete(xsMachine* the)
{
	char key[kMaxKey + 1];
	int folder = folderOf(the);
	keyArgument(the, key);
	if (storeDelete(folder, key) < 0)
		xsUnknownError("%s: %s", key, strerror(errno));
}
