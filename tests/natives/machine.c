#include <stdlib.h>
#include <string.h>
#include "xsmc.h"

double machineNumber(xsMachine* the, const Value* value)
{
	if ((xsIntegerType != value->type) && (xsNumberType != value->type))
		longjmp(the->thrown, 1);
	return value->number;
}

char* machineText(xsMachine* the, Value* value)
{
	if (xsStringType != value->type)
		longjmp(the->thrown, 1);
	return (char*)value->bytes;
}

void machineBuffer(xsMachine* the, Value* value, void** bytes, xsUnsignedValue* count)
{
	if (xsBufferType != value->type)
		longjmp(the->thrown, 1);
	*bytes = value->bytes;
	*count = (xsUnsignedValue)value->count;
}

void machineMakeText(Value* value, xsIntegerValue count)
{
	free(value->bytes);
	value->type = xsStringType;
	value->count = (size_t)count;
	value->bytes = calloc(1, (size_t)count + 1);
}

/** A copy. */
void machineGet(Value* value, const Value* object, xsIdentifier id)
{
	const Property* property = &object->properties[id];
	if (xsStringType == property->type) {
		machineMakeText(value, (xsIntegerValue)property->count);
		memcpy(value->bytes, property->bytes, property->count);
		return;
	}
	free(value->bytes);
	*value = (Value){ .type = property->type, .number = property->number };
}

/** The property has text of its own. */
void machineSet(Value* object, xsIdentifier id, const Value* value)
{
	Property* property = &object->properties[id];
	free(property->bytes);
	*property = (Property){ .type = value->type, .number = value->number };
	if (xsStringType != value->type)
		return;
	property->bytes = malloc(value->count + 1);
	property->count = value->count;
	memcpy(property->bytes, value->bytes, value->count + 1);
}

static Value* add(xsMachine* the, int type)
{
	Value* value = &the->arguments[the->count++];
	if (the->count > kMostArguments)
		abort();
	*value = (Value){ .type = type };
	return value;
}

uint8_t* machineAddBuffer(xsMachine* the, const uint8_t* bytes, size_t count)
{
	Value* value = add(the, xsBufferType);
	value->count = count;
	value->bytes = malloc(count);
	if (bytes)
		memcpy(value->bytes, bytes, count);
	else
		memset(value->bytes, 0, count);
	return value->bytes;
}

void machineAddPart(xsMachine* the, int of, size_t from, size_t count)
{
	Value* value = add(the, xsBufferType);
	const Value* whole = &the->arguments[of];
	if ((from > whole->count) || (count > whole->count - from))
		abort();
	value->bytes = whole->bytes + from;
	value->count = count;
	value->isPart = 1;
}

void machineAddNumber(xsMachine* the, double number)
{
	Value* value = add(the, xsNumberType);
	value->number = number;
}

void machineAddObject(xsMachine* the)
{
	add(the, xsObjectType);
}

void machineAddText(xsMachine* the, const uint8_t* bytes, size_t count)
{
	Value* value = add(the, xsStringType);
	machineMakeText(value, (xsIntegerValue)count);
	for (size_t i = 0; i < count; i++)
		value->bytes[i] = bytes[i] ? bytes[i] : ' ';
}

int machineCall(xsMachine* the, void (*native)(xsMachine* the))
{
	the->result = (Value){ .type = xsUndefinedType };
	if (setjmp(the->thrown))
		return 0;
	(*native)(the);
	return 1;
}

void machineClear(xsMachine* the)
{
	for (int i = 0; i < the->count; i++) {
		if (!the->arguments[i].isPart)
			free(the->arguments[i].bytes);
		for (int id = 0; id < kMostProperties; id++)
			free(the->arguments[i].properties[id].bytes);
	}
	free(the->result.bytes);
	free(the->variable.bytes);
	the->variable = (Value){ .type = xsUndefinedType };
	memset(the->arguments, 0, sizeof(the->arguments));
	the->count = 0;
	the->result = (Value){ .type = xsUndefinedType };
}
