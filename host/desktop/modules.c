/*
 * Modules by specifier: the build's list says which file a specifier stands for and what is preloaded. Sources are
 * compiled when they are loaded; `@ "xs_name"` binds the native of that name.
 */

#include <limits.h>
#include "machine.h"

typedef struct Module {
	struct Module* next;
	char* specifier;
	char* file;
	int isPreloaded;
} Module;

static Module* gModules;
static Module** gLast = &gModules;
static txScript* gScript;			/* the script being run, for bindNatives */

static void addModule(const char* specifier, const char* file, int isPreloaded)
{
	Module* module = calloc(1, sizeof(Module));
	if (!module)
		abort();
	module->specifier = strdup(specifier);
	module->file = strdup(file);
	module->isPreloaded = isPreloaded;
	*gLast = module;
	gLast = &module->next;
}

static Module* findModule(const char* specifier)
{
	for (Module* module = gModules; module; module = module->next) {
		if (!strcmp(module->specifier, specifier))
			return module;
	}
	return NULL;
}

int modulesOpen(const char* path)
{
	char line[PATH_MAX + 256];
	FILE* list = fopen(path, "r");
	if (!list)
		return 0;
	while (fgets(line, sizeof(line), list)) {
		char* specifier = line + (line[0] == '+');
		char* tab = strchr(line, '\t');
		if (!tab)
			continue;
		*tab = 0;
		tab[strcspn(tab + 1, "\n") + 1] = 0;
		addModule(specifier, tab + 1, line[0] == '+');
	}
	fclose(list);
	return 1;
}

int modulesAlias(const char* alias, const char* specifier)
{
	Module* module = findModule(alias);
	Module* target = findModule(specifier);
	char* file = module && target ? strdup(target->file) : NULL;
	if (!file)
		return 0;
	free(module->file);
	module->file = file;
	return 1;
}

const char* modulesFile(const char* specifier)
{
	Module* module = findModule(specifier);
	return module ? module->file : NULL;
}

void modulesPreload(txMachine* the)
{
	for (Module* module = gModules; module; module = module->next) {
		if (!module->isPreloaded)
			continue;
		mxPushStringC(module->specifier);
		fxAwaitImport(the, XS_IMPORT_NAMESPACE);
		mxPop();
		machineRunJobs(the);
	}
}

txID fxFindModule(txMachine* the, txSlot* realm, txID moduleID, txSlot* slot)
{
	char specifier[PATH_MAX];
	(void)realm;
	(void)moduleID;
	fxToStringBuffer(the, slot, specifier, sizeof(specifier));
	if (!findModule(specifier))
		return XS_NO_ID;
	return fxNewNameC(the, specifier);
}

/* Natives */

static int compareNatives(const void* name, const void* entry)
{
	return strcmp(name, ((const NativeEntry*)entry)->name);
}

static txCallback findNative(txMachine* the, const char* name)
{
	const NativeEntry* entry = bsearch(name, nativeEntries, (size_t)nativeEntriesCount, sizeof(NativeEntry), compareNatives);
	if (!entry)
		mxReferenceError("no native %s", name);
	return entry->callback;
}

/** Called by XS before the script runs: answers the array of its host functions, in the order of their `@`. */
static void bindNatives(txMachine* the)
{
	const txByte* at = gScript->hostsBuffer;
	txHostFunctionBuilder* builders;
	txID count, id;
	mxDecodeID(at, count);
	builders = calloc(count, sizeof(txHostFunctionBuilder));
	for (txID i = 0; i < count; i++) {
		builders[i].length = *at++;
		mxDecodeID(at, id);
		builders[i].id = XS_NO_ID;
		(void)id;
		builders[i].callback = findNative(the, (const char*)at);
		at += strlen((const char*)at) + 1;
	}
	fxBuildHosts(the, count, builders);
	mxPullSlot(mxResult);
	free(builders);
}

/* Compilation */

static FILE* openSource(txParser* parser, const char* path)
{
	FILE* source = fopen(path, "r");
	if (!source)
		fxReportParserError(parser, 0, "file not found");
	return source;
}

/** Lines of messages are those of the TypeScript source when the compiled file names its map. */
static void mapLines(txParser* parser, const char* path, txString name)
{
	char map[PATH_MAX];
	FILE* source;
	txString slash;
	snprintf(map, sizeof(map), "%s", path);
	slash = strrchr(map, '/');
	if (!slash)
		return;
	snprintf(slash + 1, sizeof(map) - (size_t)(slash + 1 - map), "%s", name);
	source = fopen(map, "r");
	if (!source)
		return;
	fxParserSourceMap(parser, source, (txGetter)fgetc, mxCFlag | mxDebugFlag, &name);
	fclose(source);
	if (name) {
		while (!strncmp(name, "../", 3))
			name += 3;
		parser->path = fxNewParserSymbol(parser, name);
	}
}

static txScript* compile(txMachine* the, const char* path)
{
	txParser parser;
	txParserJump jump;
	txScript* volatile script = NULL;
	txString name = NULL;
	FILE* source;
	fxInitializeParser(&parser, the, the->parserBufferSize, the->parserTableModulo);
	parser.firstJump = &jump;
	if (c_setjmp(jump.jmp_buf) == 0) {
		parser.path = fxNewParserSymbol(&parser, (txString)path);
		source = openSource(&parser, path);
		fxParserTree(&parser, source, (txGetter)fgetc, mxCFlag | mxDebugFlag, &name);
		fclose(source);
		if (name)
			mapLines(&parser, path, name);
		fxParserHoist(&parser);
		fxParserBind(&parser);
		script = fxParserCode(&parser);
	}
	fxTerminateParser(&parser);
	return script;
}

void fxLoadModule(txMachine* the, txSlot* module, txID moduleID)
{
	const char* specifier = fxGetKeyName(the, moduleID);
	const char* file = modulesFile(specifier);
	txScript* script = file ? compile(the, file) : NULL;
	if (!script)
		mxSyntaxError("module %s does not compile", specifier);
	if (script->hostsBuffer)
		script->callback = bindNatives;
	gScript = script;
	fxResolveModule(the, module, moduleID, script, C_NULL, C_NULL);		/* frees the script */
}
