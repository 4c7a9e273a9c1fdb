/** libFuzzer, for targets of tests/fuzz. */

/** Calls back with one input after the other, as ArrayBuffers; arguments from the second on are libFuzzer's. A throw is a failure. */
export function runFuzzer(onInput) @ "xs_fuzz_run"
