/*
 * The desktop host: hap-xs-host MODULES [--heap BYTES] [--stack SLOTS] [--alias NAME=SPECIFIER] [--run SPECIFIER] [-- ARGUMENTS]
 *
 * Preloads what the module list marks, then calls the default export of SPECIFIER in the serving machine.
 */

#include "crash.h"
#include "io/process.h"
#include "loop.h"

enum {
	kDefaultBlockBytes = sizeof(void*) == 4 ? 32 * 1024 : 64 * 1024,
	kDefaultStackSlots = 512,
	kMostSize = 1 << 30,
};

typedef struct {
	MachineOptions machine;
	const char* run;
	int argc;
	char** argv;
} Options;

static void fail(const char* message, const char* detail)
{
	fprintf(stderr, "hap-xs: %s%s\n", message, detail);
	exit(1);
}

static size_t sizeOption(const char* text, size_t low)
{
	char* end;
	long long value = strtoll(text, &end, 10);
	if (*end || !*text || (value < (long long)low) || (value > kMostSize))
		fail("not a size: ", text);
	return (size_t)value;
}

static void aliasOption(char* text)
{
	char* equals = strchr(text, '=');
	if (!equals)
		fail("not an alias: ", text);
	*equals = 0;
	if (!modulesAlias(text, equals + 1))
		fail("no such modules: ", text);
}

static void readOptions(Options* options, int argc, char** argv)
{
	int i = 2;
	if (argc < 2)
		fail("usage: hap-xs-host MODULES [options] [-- ARGUMENTS]", "");
	if (!modulesOpen(argv[1]))
		fail("no module list: ", argv[1]);
	for (; (i + 1 < argc) && strcmp(argv[i], "--"); i += 2) {
		if (!strcmp(argv[i], "--heap"))
			options->machine.blockBytes = sizeOption(argv[i + 1], 4096);
		else if (!strcmp(argv[i], "--stack"))
			options->machine.stackSlots = sizeOption(argv[i + 1], 64);
		else if (!strcmp(argv[i], "--alias"))
			aliasOption(argv[i + 1]);
		else if (!strcmp(argv[i], "--clock") && !strcmp(argv[i + 1], "leaping"))
			loopLeap();
		else if (!strcmp(argv[i], "--run"))
			options->run = argv[i + 1];
		else
			fail("unknown option: ", argv[i]);
	}
	if ((i < argc) && strcmp(argv[i], "--"))
		fail("no value for ", argv[i]);
	options->argc = (i < argc) ? argc - i - 1 : 0;
	options->argv = argv + i + 1;
}

static void runMain(txMachine* the, const char* specifier)
{
	fxBeginHost(the);
	{
		mxTry(the) {
			mxPushUndefined();
			mxPushStringC((txString)specifier);
			fxAwaitImport(the, XS_IMPORT_DEFAULT);
			if ((XS_REFERENCE_KIND != the->stack->kind) || !mxIsFunction(the->stack->value.reference))
				mxTypeError("%s has no default function", specifier);
			mxCall();
			mxRunCount(0);
			mxPop();
		}
		mxCatch(the) {
			machineFault(the);
		}
	}
	fxEndHost(the);
}

int main(int argc, char** argv)
{
	Options options = { .machine = { kDefaultBlockBytes, kDefaultStackSlots }, .run = "host/main" };
	txMachine* base;
	txMachine* the;
	readOptions(&options, argc, argv);
	processStart(options.argc, options.argv);
	base = machineCreateBase();
	crashStart();
	the = base ? machineClone(base, &options.machine) : NULL;
	if (!the)
		fail("the machine cannot start", "");
	loopMachine = the;
	runMain(the, options.run);
	loopRun(the);
	return 0;
}
