/*
 * One line to the serial console, or to xsbug when that listens; and the last lines of the log in memory that a reset leaves alone,
 * for the start after it to say what happened.
 */

#include "xsmc.h"
#include "xsHost.h"
#include "esp_attr.h"
#include "esp_system.h"
#include "last-words.h"

static RTC_NOINIT_ATTR LastWords gWords;

void xs_hap_log_line(xsMachine *the)
{
	char *line = xsmcToString(xsArg(0));
	lastWordsAdd(&gWords, line);
	modLog_transmit(line);
}

void xs_hap_log_print(xsMachine *the)
{
	modLog_transmit(xsmcToString(xsArg(0)));
}

static const char *reasonOf(esp_reset_reason_t reason)
{
	switch (reason) {
		case ESP_RST_POWERON: return "power came";
		case ESP_RST_EXT: return "the reset pin";
		case ESP_RST_SW: return "the program asked for it, or the machine could not go on";
		case ESP_RST_PANIC: return "a fault of the program";
		case ESP_RST_INT_WDT: return "an interrupt hung (watchdog)";
		case ESP_RST_TASK_WDT: return "the program hung (watchdog)";
		case ESP_RST_WDT: return "something hung (watchdog)";
		case ESP_RST_DEEPSLEEP: return "deep sleep";
		case ESP_RST_BROWNOUT: return "the supply voltage was too low";
		default: return "unknown";
	}
}

static void transmit(const char *first, const char *second)
{
	char line[128];
	snprintf(line, sizeof(line), "%s%s", first, second);
	modLog_transmit(line);
}

/** What was kept is written over by this run's lines: it is said now, and not kept again. */
void xs_hap_log_begin(xsMachine *the)
{
	char line[kLastWordsBytes];
	uint32_t count = 0;
	transmit("reset: ", reasonOf(esp_reset_reason()));
	if (lastWordsAreWhole(&gWords)) {
		for (uint32_t i = 0; i < gWords.count; i++) {
			if ('\n' != gWords.text[i]) {
				line[count++] = gWords.text[i];
				continue;
			}
			line[count] = 0;
			transmit("  before that: ", line);
			count = 0;
		}
	}
	lastWordsClear(&gWords);
}
