/* Has the interpreter ask for what it has found before. */

#include "lookup.h"

#undef mxBehaviorGetProperty
#define mxBehaviorGetProperty(THE, INSTANCE, ID, INDEX, FLAG) \
	((XS_ANY == (FLAG)) ? lookupProperty(THE, INSTANCE, ID, INDEX) : (*mxBehavior(INSTANCE)->getProperty)(THE, INSTANCE, ID, INDEX, FLAG))

#undef mxBehaviorSetProperty
#define mxBehaviorSetProperty(THE, INSTANCE, ID, INDEX, FLAG) \
	((XS_ANY == (FLAG)) ? lookupPropertyToSet(THE, INSTANCE, ID, INDEX) : (*mxBehavior(INSTANCE)->setProperty)(THE, INSTANCE, ID, INDEX, FLAG))
