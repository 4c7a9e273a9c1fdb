#include <fcntl.h>
#include <signal.h>
#include "crash.h"
#include "io.h"
#include "last-words.h"
#include "io/output.h"
#include "xsmc.h"

enum { kPathBytes = 1024, kReportBytes = 64 + kLastWordsBytes, kStackBytes = 65536 };

static LastWords gWords;
static char gPath[kPathBytes];
static uint8_t gStack[kStackBytes];		/* a stack that has overflowed holds no handler */

void crashAdd(const char* line)
{
	lastWordsAdd(&gWords, line);
}

static void writeText(int descriptor, const char* text, size_t length)
{
	while (length > 0) {
		ssize_t count = write(descriptor, text, length);
		if (count <= 0)
			return;
		text += count;
		length -= (size_t)count;
	}
}

void crashWrite(const char* reason)
{
	int descriptor;
	if (!gPath[0])
		return;
	descriptor = open(gPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (descriptor < 0)
		return;
	writeText(descriptor, reason, strlen(reason));
	writeText(descriptor, "\n", 1);
	writeText(descriptor, gWords.text, gWords.count);
	close(descriptor);
	gPath[0] = 0;
}

static const char* reasonOf(int number)
{
	switch (number) {
		case SIGSEGV: return "segmentation fault";
		case SIGBUS: return "bus error";
		case SIGABRT: return "aborted";
		case SIGFPE: return "arithmetic error";
		case SIGILL: return "illegal instruction";
		default: return "signal";
	}
}

/** A write that the flash of a device would not take has a name of its own. */
static void onFault(int number, siginfo_t* info, void* context)
{
	static const char message[] = "hap-xs: a preloaded object was written that is read-only on a device\n";
	(void)context;
	outputFlush();
	if (((SIGSEGV == number) || (SIGBUS == number)) && (info->si_code > 0) && memoryIsBase(info->si_addr)) {
		crashWrite("a preloaded object was written");
		writeText(STDERR_FILENO, message, sizeof(message) - 1);
		_exit(70);
	}
	crashWrite(reasonOf(number));
	signal(number, SIG_DFL);
	raise(number);
}

void crashStart(void)
{
	const int numbers[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };
	stack_t stack = { .ss_sp = gStack, .ss_size = sizeof(gStack) };
	struct sigaction action = { .sa_sigaction = onFault, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	lastWordsClear(&gWords);
	sigaltstack(&stack, NULL);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		sigaction(numbers[i], &action, NULL);
}

/* JavaScript */

/** The report of the last run in this folder, which is read once; reports of this run go there. */
void xs_crash_open(txMachine* the)
{
	char report[kReportBytes];
	ssize_t count;
	int descriptor;
	snprintf(gPath, sizeof(gPath), "%s/.last-words", fxToString(the, mxArgv(0)));
	descriptor = open(gPath, O_RDONLY | O_CLOEXEC);
	if (descriptor < 0)
		return;
	count = read(descriptor, report, sizeof(report) - 1);
	close(descriptor);
	unlink(gPath);
	if (count <= 0)
		return;
	report[count] = 0;
	fxString(the, mxResult, report);
}

/** Keeps a line among the last ones. */
void xs_crash_keep(txMachine* the)
{
	crashAdd(fxToString(the, mxArgv(0)));
}
