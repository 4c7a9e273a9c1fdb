/** The serial console, of release images too: trace() is silent there. In a debug image the line goes to xsbug. */

export function logLine(this: unknown, line: string): void {
	native("xs_hap_log_line").call(this, line);
}
