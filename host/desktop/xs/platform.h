/*
 * What XS asks of a platform (included by xsPlatform.h through XSPLATFORM): a POSIX process, no debugger,
 * a memory block of fixed size, modules found in the host's own table.
 */

#ifndef __HAP_XS_PLATFORM__
#define __HAP_XS_PLATFORM__

#if defined(__linux__)
	#undef mxLinux
	#define mxLinux 1
#elif defined(__APPLE__)
	#undef mxMacOSX
	#define mxMacOSX 1
#else
	#error unknown platform
#endif

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <arpa/inet.h>

#define mxUseGCCAtomics 1
#define mxUsePOSIXThreads 1
#define mxUseDefaultBuildKeys 1
#define mxUseDefaultParseScript 1
#define mxUseDefaultSharedChunks 1

#define mxMachinePlatform \
	void* host; \
	void* waiterCondition; \
	void* waiterData; \
	void* waiterLink;

#define c_malloc_uint32(size) hostAllocateTable(size)
#define c_free_uint32(table) ((void)(table))
#define c_realloc(block, size) hostReallocate(block, size)
extern void* hostAllocateTable(size_t size);
extern void* hostReallocate(void* block, size_t size);

#endif
