/*
 * XS's interpreter, which tells of every byte code it runs. Its own hook for that counts how often each code runs and leaves;
 * the two names below are the fields of the machine that it counts in.
 */

#include "kept.h"
#include "profile.h"

#define mxFrequency 1
#define frequencies host, profileNote(frame, code), profileIgnored
#define exits host, profileIgnored

#include "run.c"
