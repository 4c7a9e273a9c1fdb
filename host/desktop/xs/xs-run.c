/* XS's interpreter, its variables in registers, what it has looked up remembered. */

#include "kept.h"
#include "remembered.h"
#include "run.c"
