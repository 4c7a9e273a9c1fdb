/* XS's interpreter, its variables in registers. */

#include "kept.h"
#include "xsRun.c"
