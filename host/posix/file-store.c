#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "file-store.h"

int storeOpen(const char* path)
{
	int folder;
	if ((mkdir(path, 0700) < 0) && (EEXIST != errno))
		return -1;
	folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return -1;
	if (faccessat(folder, ".", R_OK | W_OK | X_OK, 0) < 0) {
		int error = errno;
		close(folder);
		errno = error;
		return -1;
	}
	return folder;
}

int storeIsKey(const char* key)
{
	return key[0] && ('.' != key[0]) && (strlen(key) <= kMaxKey) && !strchr(key, '/');
}

ssize_t storeRead(int folder, const char* key, uint8_t* bytes)
{
	ssize_t count, all = 0;
	int file = openat(folder, key, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return -1;
	while ((count = read(file, bytes + all, kMaxValue - (size_t)all)) > 0)
		all += count;
	int error = errno;
	close(file);
	errno = error;
	return count < 0 ? -1 : all;
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

int storeWrite(int folder, const char* key, const uint8_t* bytes, size_t count)
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

int storeDelete(int folder, const char* key)
{
	if ((unlinkat(folder, key, 0) < 0) && (ENOENT != errno))
		return -1;
	return fsync(folder);
}
