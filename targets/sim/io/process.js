/** What the process around mcsim's window has: environment, standard output, signals, network interfaces. */

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

/** Calls onSignal at SIGINT and SIGTERM instead of ending, as long as it lives. */
export class SignalWatch @ "xs_sim_signal_destructor" {
	constructor(options) @ "xs_sim_signal_constructor"
}
