/** The serial console, of release images too: trace() is silent there. In a debug image the line goes to xsbug. */

export function logLine(this: unknown, line: string): void {
	native("xs_hap_log_line").call(this, line);
}

/** The same for what is nobody's business after this run: it is not kept. */
export function printLine(this: unknown, line: string): void {
	native("xs_hap_log_print").call(this, line);
}

/** To be called once, before the first line: says why the chip has started, and the last lines of the run before. */
export function beginLog(this: unknown): void {
	native("xs_hap_log_begin").call(this);
}
