/*
 * A folder, a file a key. A value is written whole or not at all: a temporary file, fsync, rename, fsync of the folder.
 * Files are readable by their owner only.
 */

#ifndef __HAP_XS_FILE_STORE__
#define __HAP_XS_FILE_STORE__

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { kMaxKey = 15, kMaxValue = 65536 };			/* keys as long as NVS has them */

/** The folder's descriptor; the folder is made, those above it are not. -1 and errno when it cannot be used. */
int storeOpen(const char* path);
int storeIsKey(const char* key);
/** Bytes read, at most kMaxValue. -1 and errno, ENOENT when there is no such key. */
ssize_t storeRead(int folder, const char* key, uint8_t* bytes);
/** 0, or -1 and errno: what was there before is there still. */
int storeWrite(int folder, const char* key, const uint8_t* bytes, size_t count);
/** Of a key that is not there: no harm. */
int storeDelete(int folder, const char* key);

#endif
