/* One line to the serial console, or to xsbug when that listens. */

#include "xsmc.h"
#include "xsHost.h"

void xs_hap_log_line(xsMachine *the)
{
	modLog_transmit(xsmcToString(xsArg(0)));
}
