/*
 * Remembers where the interpreter found a property, for XS walks the whole list of an object's properties, and those of its
 * prototypes, at every look-up. The SDK's linker can lay out objects in flash so that none is walked; here what was found is
 * asked for first. docs/performance.md has what it brings.
 */

#ifndef __HAP_XS_LOOKUP__
#define __HAP_XS_LOOKUP__

#include "xsAll.h"

enum { kLookups = 1024 };

/**
 * What an object has by a name: a property of its own, or one of a prototype in the protected base, or none. True as long as the object
 * lives (lookupSweep), loses no property and keeps its prototype (lookupForget), and gets none (`last`).
 */
typedef struct {
	txSlot* instance;
	txSlot* found;			/* NULL: there is none */
	const txSlot* last;		/* of the object's own, when what was found is not: a new one would be linked to it. Else lookupEnd */
	txID id;
	txID isOwn;				/* and can be written to */
} Lookup;

extern Lookup lookups[kLookups];
extern const txSlot lookupEnd;

/** In place of the behaviours' functions, whose results they have. */
txSlot* lookupGet(txMachine* the, txSlot* instance, txID id, txIndex index);
txSlot* lookupSet(txMachine* the, txSlot* instance, txID id, txIndex index);
/** To be called when an object loses a property, or gets another prototype. */
void lookupForget(void);
/** To be called at the end of a collection: objects are gone, and others will come to be where they were. */
void lookupSweep(void);

static inline Lookup* lookupAt(const txSlot* instance, txID id)
{
	return &lookups[((uint32_t)((uintptr_t)instance / sizeof(txSlot)) + 7 * (uint32_t)id) % kLookups];
}

static inline int lookupIs(const Lookup* lookup, const txSlot* instance, txID id)
{
	return (lookup->instance == instance) && (lookup->id == id) && !lookup->last->next;
}

static inline txSlot* lookupProperty(txMachine* the, txSlot* instance, txID id, txIndex index)
{
	const Lookup* lookup = lookupAt(instance, id);
	return lookupIs(lookup, instance, id) ? lookup->found : lookupGet(the, instance, id, index);
}

static inline txSlot* lookupPropertyToSet(txMachine* the, txSlot* instance, txID id, txIndex index)
{
	const Lookup* lookup = lookupAt(instance, id);
	return lookupIs(lookup, instance, id) && lookup->isOwn ? lookup->found : lookupSet(the, instance, id, index);
}

#endif
