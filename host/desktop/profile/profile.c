/*
 * A variant of the host that says where its JavaScript spends its time. When the process ends it writes, to the file that the
 * environment's HAP_XS_PROFILE names, a line for each function: ticks of the processor's clock until the next byte code, natives and
 * collections included, byte codes, entries by call or return, and the name.
 */

#include <stdio.h>
#include <stdlib.h>
#include "loop.h"
#include "machine.h"
#include "profile.h"

enum { kFunctions = 16384 };

typedef struct {
	txSlot* function;
	uint64_t ticks, codes, entries;
} Function;

double profileIgnored[256];
static Function gFunctions[kFunctions];
static Function gOthers;			/* made at run time: there is no end to them */
static Function* gCurrent = gFunctions;
static uint64_t gThen;

static uint64_t ticks(void)
{
#if defined(__x86_64__) || defined(__i386__)
	return __builtin_ia32_rdtsc();
#else
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
#endif
}

static Function* find(txSlot* function)
{
	size_t at = ((uintptr_t)function / sizeof(txSlot)) % kFunctions;
	if (!memoryIsBase(function)) {
		gOthers.function = function;
		return &gOthers;
	}
	while (gFunctions[at].function && (gFunctions[at].function != function))
		at = (at + 1) % kFunctions;
	gFunctions[at].function = function;
	return &gFunctions[at];
}

void profileNote(txSlot* frame, const txByte* code)
{
	uint64_t now = ticks();
	txSlot* function = frame ? frame + 3 : NULL;
	(void)code;
	gCurrent->ticks += now - gThen;
	if (function && (XS_REFERENCE_KIND == function->kind) && (function->value.reference != gCurrent->function)) {
		gCurrent = find(function->value.reference);
		gCurrent->entries++;
	}
	gCurrent->codes++;
	gThen = ticks();
}

/** Those of the base alone: what ran before a collection may be something else now. */
static int isFunction(const txSlot* slot)
{
	return memoryIsBase(slot) && (XS_INSTANCE_KIND == slot->kind) && slot->next && (XS_CODE_X_KIND == slot->next->kind);
}

static const char* nameOf(txMachine* the, txSlot* function)
{
	txSlot* name = isFunction(function) ? mxBehaviorGetProperty(the, function, mxID(_name), 0, XS_OWN) : NULL;
	if (!name || ((XS_STRING_KIND != name->kind) && (XS_STRING_X_KIND != name->kind)) || !name->value.string[0])
		return "?";
	return name->value.string;
}

static void writeFunction(FILE* file, const Function* at)
{
	if (at->codes)
		fprintf(file, "%llu\t%llu\t%llu\t%s@%p\n", (unsigned long long)at->ticks, (unsigned long long)at->codes,
			(unsigned long long)at->entries, nameOf(loopMachine, at->function), (void*)at->function);
}

static void writeProfile(void)
{
	const char* path = getenv("HAP_XS_PROFILE");
	FILE* file = path ? fopen(path, "w") : NULL;
	if (!file)
		return;
	for (size_t i = 0; i < kFunctions; i++)
		writeFunction(file, &gFunctions[i]);
	gOthers.function = NULL;
	writeFunction(file, &gOthers);
	fclose(file);
}

__attribute__((constructor)) static void start(void)
{
	atexit(writeProfile);
}
