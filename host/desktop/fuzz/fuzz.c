/* host:fuzz: libFuzzer in the process of the machine, and its view of the JavaScript. */

#include <signal.h>
#include "cover.h"
#include "../io/output.h"
#include "../io/process.h"
#include "../loop.h"
#include "../trace.h"

extern int LLVMFuzzerRunDriver(int* argc, char*** argv, int (*onInput)(const uint8_t* bytes, size_t count));

__attribute__((section("__libfuzzer_extra_counters"))) uint8_t coverCounters[kCoverCounters];
uint8_t coverIsJump[kCoverCodes];
uintptr_t coverStart, coverBytes;
uint32_t coverPlace;
uint8_t coverIsPlace;
uint8_t coverIgnored[kCoverCodes];

/* a device's machine grows by a few slots at a time, and would collect garbage with each input */
enum { kSlotsAtATime = 65536, kChunkBytesAtATime = 1024 * 1024 };

static txSlot gCallback;

static const uint8_t kJumps[][2] = {
	{ XS_CODE_BRANCH_1, XS_CODE_BRANCH_STATUS_4 },
	{ XS_CODE_CATCH_1, XS_CODE_CATCH_4 },
	{ XS_CODE_END, XS_CODE_END_DERIVED },
	{ XS_CODE_RETURN, XS_CODE_RUN_TAIL_4 },
	{ XS_CODE_START_ASYNC, XS_CODE_START_GENERATOR },
	{ XS_CODE_THROW, XS_CODE_THROW_STATUS },
	{ XS_CODE_YIELD, XS_CODE_YIELD },
};

static void findJumps(void)
{
	for (size_t i = 0; i < sizeof(kJumps) / sizeof(kJumps[0]); i++) {
		for (int code = kJumps[i][0]; code <= kJumps[i][1]; code++)
			coverIsJump[code] = 1;
	}
}

static int onInput(const uint8_t* bytes, size_t count)
{
	txMachine* the = loopMachine;
	coverPlace = 0;
	coverIsPlace = 0;
	mxTry(the) {
		mxPushUndefined();
		mxPushSlot(&gCallback);
		mxCall();
		mxPushUndefined();
		fxArrayBuffer(the, the->stack, (void*)bytes, (txInteger)count, -1);
		mxRunCount(1);
		mxPop();
	}
	mxCatch(the) {
		outputFlush();
		tracePrintException(the, &mxException);
		abort();			/* libFuzzer writes the input to a file */
	}
	outputFlush();
	return 0;
}

/** A signal that is somebody's already libFuzzer leaves to them, and then keeps no input that causes one. */
static void leaveSignals(void)
{
	const int numbers[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		signal(numbers[i], SIG_DFL);
}

void xs_fuzz_run(txMachine* the)
{
	char** argv;
	int argc = processArguments(&argv);		/* the first one, the target's specifier, stands where a program's name does */
	char* program = getenv("HAP_XS_FUZZER");
	if (program)
		argv[0] = program;		/* words of a shell: libFuzzer runs itself again to merge corpora */
	the->minimumHeapCount = kSlotsAtATime;
	the->minimumChunksSize = kChunkBytesAtATime;
	fxNewChunk(the, kChunkBytesAtATime);		/* garbage at once: what is as small as it can be is full after each input */
	gCallback = *mxArgv(0);
	fxRemember(the, &gCallback);
	coverStart = (uintptr_t)memoryBase(&coverBytes);
	findJumps();
	leaveSignals();
	fxInteger(the, mxResult, LLVMFuzzerRunDriver(&argc, &argv, onInput));
	fxForget(the, &gCallback);
}
