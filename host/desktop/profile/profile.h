/* Which function of JavaScript runs how many byte codes, and how long: xs-run.c calls it at every one of them. */

#ifndef __HAP_XS_PROFILE__
#define __HAP_XS_PROFILE__

#include "xsAll.h"

extern double profileIgnored[256];
void profileNote(txSlot* frame, const txByte* code);

#endif
