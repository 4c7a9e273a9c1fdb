/*
 * XS as natives see it, without XS: arguments in memory of their own size, so that a sanitizer sees every byte beside them.
 * In a machine they lie in one block, where it sees none.
 */

#ifndef __TESTS_NATIVES_XSMC__
#define __TESTS_NATIVES_XSMC__

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

enum { kMostArguments = 8, kMostProperties = 8 };
enum { xsUndefinedType, xsBooleanType, xsIntegerType, xsNumberType, xsStringType, xsStringXType, xsBufferType, xsObjectType };

typedef int xsIdentifier;
typedef int32_t xsIntegerValue;
typedef uint32_t xsUnsignedValue;
typedef double xsNumberValue;

typedef struct {
	int type;
	double number;
	uint8_t* bytes;			/* of text too, which ends in a zero */
	size_t count;
} Property;

typedef struct {
	int type;
	double number;
	uint8_t* bytes;
	size_t count;
	int isPart;				/* of another argument's memory */
	Property properties[kMostProperties];
} Value;

typedef struct {
	Value arguments[kMostArguments];
	int count;
	Value result, variable;
	jmp_buf thrown;
} xsMachine;

#define xsmcArgc (the->count)
#define xsArg(INDEX) (the->arguments[INDEX])
#define xsResult (the->result)
#define xsmcVars(COUNT) ((void)0)
#define xsVar(INDEX) (the->variable)
#define xsmcSet(OBJECT, ID, VALUE) machineSet(&(OBJECT), ID, &(VALUE))
#define xsmcGet(VALUE, OBJECT, ID) machineGet(&(VALUE), &(OBJECT), ID)
#define xsmcTypeOf(VALUE) ((VALUE).type)
#define xsmcToInteger(VALUE) ((xsIntegerValue)machineNumber(the, &(VALUE)))
#define xsmcToNumber(VALUE) machineNumber(the, &(VALUE))
#define xsmcToString(VALUE) machineText(the, &(VALUE))
#define xsmcGetBufferReadable(VALUE, BYTES, COUNT) machineBuffer(the, &(VALUE), BYTES, COUNT)
#define xsmcGetBufferWritable(VALUE, BYTES, COUNT) machineBuffer(the, &(VALUE), BYTES, COUNT)
#define xsmcSetInteger(VALUE, NUMBER) ((VALUE).type = xsIntegerType, (VALUE).number = (NUMBER))
#define xsmcSetNumber(VALUE, NUMBER) ((VALUE).type = xsNumberType, (VALUE).number = (NUMBER))
#define xsmcSetBoolean(VALUE, NUMBER) ((VALUE).type = xsBooleanType, (VALUE).number = (NUMBER))
#define xsmcSetStringBuffer(VALUE, TEXT, COUNT) machineMakeText(&(VALUE), COUNT)
#define xsRangeError(TEXT) longjmp(the->thrown, 1)
#define xsTypeError(TEXT) longjmp(the->thrown, 1)
#define xsUnknownError(TEXT) longjmp(the->thrown, 1)

double machineNumber(xsMachine* the, const Value* value);
char* machineText(xsMachine* the, Value* value);
void machineBuffer(xsMachine* the, Value* value, void** bytes, xsUnsignedValue* count);
void machineMakeText(Value* value, xsIntegerValue count);
void machineGet(Value* value, const Value* object, xsIdentifier id);
void machineSet(Value* object, xsIdentifier id, const Value* value);

/* for tests */

/** Adds an argument: memory of its own with these bytes, or zeros where `bytes` is NULL. Answers it. */
uint8_t* machineAddBuffer(xsMachine* the, const uint8_t* bytes, size_t count);
/** Adds one that is part of an argument before. */
void machineAddPart(xsMachine* the, int of, size_t from, size_t count);
void machineAddNumber(xsMachine* the, double number);
void machineAddObject(xsMachine* the);
void machineAddText(xsMachine* the, const uint8_t* bytes, size_t count);
/** False: it threw. */
int machineCall(xsMachine* the, void (*native)(xsMachine* the));
/** Frees arguments and result; the machine is as new. */
void machineClear(xsMachine* the);

#endif
