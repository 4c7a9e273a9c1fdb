/* XS's behaviour of ordinary objects, which tells when one loses a property or gets another prototype. */

#include "lookup.h"

#define fxOrdinaryDeleteProperty(THE, INSTANCE, ID, INDEX) engineDeleteProperty(THE, INSTANCE, ID, INDEX)
#define fxOrdinarySetPrototype(THE, INSTANCE, PROTOTYPE) engineSetPrototype(THE, INSTANCE, PROTOTYPE)

#include "xsType.c"

#undef fxOrdinaryDeleteProperty
#undef fxOrdinarySetPrototype

txBoolean fxOrdinaryDeleteProperty(txMachine* the, txSlot* instance, txID id, txIndex index)
{
	lookupForget();
	return engineDeleteProperty(the, instance, id, index);
}

txBoolean fxOrdinarySetPrototype(txMachine* the, txSlot* instance, txSlot* prototype)
{
	lookupForget();
	return engineSetPrototype(the, instance, prototype);
}
