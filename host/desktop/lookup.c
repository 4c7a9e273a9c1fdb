#include "machine.h"
#include "lookup.h"

Lookup lookups[kLookups];
const txSlot lookupEnd;

/** One that no behaviour of its own answers for, and that is not a copy on write of one in the base. */
static int isOrdinary(const txSlot* instance)
{
	return !(instance->flag & XS_EXOTIC_FLAG) && !instance->ID;
}

/** The object's own property; `last` is where it would be linked to, when there is none. */
static txSlot* findOwn(txSlot* instance, txID id, txSlot** last)
{
	*last = instance;
	for (txSlot* property = instance->next; property; property = property->next) {
		if ((property->ID == id) && !(property->flag & XS_INTERNAL_FLAG))
			return property;
		*last = property;
	}
	return NULL;
}

/** Of this object and its prototypes, as long as none of them can change; answers whether that is so. */
static int findInBase(txSlot* instance, txID id, txSlot** found)
{
	txSlot* last;
	*found = NULL;
	for (; instance && !*found; instance = instance->value.instance.prototype) {
		if (!memoryIsBase(instance) || !isOrdinary(instance))
			return 0;
		*found = findOwn(instance, id, &last);
	}
	return 1;
}

static void note(txSlot* instance, txID id, txSlot* found, const txSlot* last, int isOwn)
{
	Lookup* lookup = lookupAt(instance, id);
	lookup->instance = instance;
	lookup->id = id;
	lookup->found = found;
	lookup->last = last;
	lookup->isOwn = isOwn;
}

txSlot* lookupGet(txMachine* the, txSlot* instance, txID id, txIndex index)
{
	txSlot* last;
	txSlot* found;
	if (id && the->sharedMachine && isOrdinary(instance)) {
		int isBase = memoryIsBase(instance);
		found = findOwn(instance, id, &last);
		if (found) {
			note(instance, id, found, &lookupEnd, !isBase);
			return found;
		}
		if (findInBase(instance->value.instance.prototype, id, &found)) {
			note(instance, id, found, isBase ? &lookupEnd : last, 0);
			return found;
		}
	}
	return mxBehaviorGetProperty(the, instance, id, index, XS_ANY);
}

txSlot* lookupSet(txMachine* the, txSlot* instance, txID id, txIndex index)
{
	txSlot* last;
	txSlot* found;
	if (id && the->sharedMachine && isOrdinary(instance) && !memoryIsBase(instance)) {
		found = findOwn(instance, id, &last);
		if (found) {
			note(instance, id, found, &lookupEnd, 1);
			return found;
		}
	}
	return mxBehaviorSetProperty(the, instance, id, index, XS_ANY);
}

void lookupForget(void)
{
	memset(lookups, 0, sizeof(lookups));
}

void lookupSweep(void)
{
	for (Lookup* lookup = lookups; lookup < lookups + kLookups; lookup++) {
		if (lookup->instance && (XS_INSTANCE_KIND != lookup->instance->kind))
			lookup->instance = NULL;
	}
}
