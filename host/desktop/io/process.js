/** What only a process has: arguments, terminal, signals, the way out. No module above targets/ imports it. */

export function argumentText(index) @ "xs_process_argument"
export function print(text) @ "xs_process_print"
export function printError(text) @ "xs_process_printError"
export function exit(status) @ "xs_process_exit"
/** Calls back with each key of standard input; answers whether it is a terminal. */
export function watchKeys(onKey) @ "xs_process_watchKeys"
/** Calls back at SIGINT and SIGTERM instead of ending. */
export function watchSignals(onSignal) @ "xs_process_watchSignals"
/** Looks at the network: at the address `host`, or at all but loopback; calls back when an address came or went. */
export function watchNetwork(onChange, host) @ "xs_process_watchNetwork"
/** Textual addresses: of the interface of that link, or of all. */
export function networkAddresses(link) @ "xs_process_networkAddresses"
/** One address for each link that can multicast. */
export function networkLinks() @ "xs_process_networkLinks"
export function now() @ "xs_process_now"
export function collectGarbage() @ "xs_process_collectGarbage"
/** slotBytes, slots, slotsPeak, chunkBytes, chunkBytesPeak, stackSlots, stackSlotsPeak, tableBytes, blockBytes, blockFree; and what the loop waits for: sources, deadlines */
export function heapCounters() @ "xs_process_heapCounters"
