/*
 * XS's interpreter, which tells of every byte code it runs. Its own hook for that counts how often each code runs and leaves;
 * the two names below are the fields of the machine that it counts in.
 */

#include "kept.h"
#include "cover.h"

#define mxFrequency 1
#define frequencies host, coverNote(code, byte), coverIgnored
#define exits host, coverIgnored

#include "run.c"
