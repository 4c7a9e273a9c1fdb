/** What only a process has: arguments, terminal, signals, the way out. No module above targets/ imports it. */

export function argumentText(index) @ "xs_process_argument"
export function print(text) @ "xs_process_print"
export function printError(text) @ "xs_process_printError"
export function exit(status) @ "xs_process_exit"
/** Calls back with each key of standard input; answers whether it is a terminal. */
export function watchKeys(onKey) @ "xs_process_watchKeys"
/** Calls back at SIGINT and SIGTERM instead of ending. */
export function watchSignals(onSignal) @ "xs_process_watchSignals"
/** Textual addresses: of the interface that has `address`, or of all that are up and not loopback. */
export function networkAddresses(address) @ "xs_process_networkAddresses"
export function now() @ "xs_process_now"
export function collectGarbage() @ "xs_process_collectGarbage"
/** slotBytes, slots, slotsPeak, chunkBytes, chunkBytesPeak, stackSlots, stackSlotsPeak, tableBytes, blockBytes, blockFree; and what the loop waits for: sources, deadlines */
export function heapCounters() @ "xs_process_heapCounters"
