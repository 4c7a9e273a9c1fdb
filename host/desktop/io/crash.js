/** What a process that ends by a mistake leaves for the next one. */

/** Answers the report of the last run in this folder, once: the reason, and the last lines of its log. Reports of this run go there. */
export function openReport(folder) @ "xs_crash_open"
/** Keeps a line among the last ones. Nothing secret may be in it. */
export function keepLine(line) @ "xs_crash_keep"
