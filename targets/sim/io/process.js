/** What the process around mcsim's window has: environment, standard input and output, signals, network interfaces. */

/** Undefined when it is not set. */
export function environment(name) @ "xs_sim_process_environment"
/** One line on standard output. */
export function print(text) @ "xs_sim_process_print"
/** Textual addresses: of the interface that has `address`, or of all that are up and not loopback. */
export function networkAddresses(address) @ "xs_sim_process_networkAddresses"
/** slots, chunkBytes: what is live after a collection. */
export function heapCounters() @ "xs_sim_process_heapCounters"
/** Ends the process, mcsim and all. */
export function exit(status) @ "xs_sim_process_exit"

/** Calls onByte with SIGINT and SIGTERM instead of ending, as long as it lives. There is one at a time. */
export class SignalWatch @ "xs_sim_signals_destructor" {
	constructor(options) @ "xs_sim_signals_constructor"
}

/** Calls onByte with each byte of standard input, unless that is a terminal: who runs in the background may not read one. */
export class InputWatch @ "xs_sim_input_destructor" {
	constructor(options) @ "xs_sim_input_constructor"
}
