/** What the process around mcsim's window has: environment, standard input and output, signals, network interfaces. */

/** Undefined when it is not set. */
export function environment(name) @ "xs_sim_process_environment"
/** One line on standard output. */
export function print(text) @ "xs_sim_process_print"
/** Textual addresses: of the interface of that link, or of all. There are none before a NetworkWatch is made. */
export function networkAddresses(link) @ "xs_sim_process_networkAddresses"
/** One address for each link that can multicast. */
export function networkLinks() @ "xs_sim_process_networkLinks"
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

/** Looks at the network, at the address `host` or at all but loopback; calls onChange when an address came or went. */
export class NetworkWatch @ "xs_sim_network_destructor" {
	constructor(options) @ "xs_sim_network_constructor"
}
