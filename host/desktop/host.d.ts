/** What the desktop host adds to the SDK's modules. */

declare module "host:process" {
	export interface HeapCounters {
		slotBytes: number;
		slots: number;
		slotsPeak: number;
		chunkBytes: number;
		chunkBytesPeak: number;
		stackSlots: number;
		stackSlotsPeak: number;
		tableBytes: number;
		blockBytes: number;
		blockFree: number;
		/** Descriptors and timers that the loop waits for. */
		sources: number;
		deadlines: number;
	}
	export function argumentText(index: number): string | undefined;
	export function print(text: string): void;
	export function printError(text: string): void;
	export function exit(status: number): never;
	/** Answers whether standard input is a terminal; a pipe gives keys too. */
	export function watchKeys(onKey: (code: number) => void): boolean;
	export function watchSignals(onSignal: (number: number) => void): void;
	/** Before the next two. */
	export function watchNetwork(onChange: () => void, host?: string): void;
	export function networkAddresses(link?: number): string[];
	export function networkLinks(): string[];
	export function now(): number;
	export function collectGarbage(): void;
	export function heapCounters(): HeapCounters;
}

/** libFuzzer in the build for it, elsewhere tests/fuzz/support/plain-fuzzer.ts. */
declare module "host:fuzz" {
	/** Calls back with one input after the other; a throw is a failure. */
	export function runFuzzer(onInput: (bytes: ArrayBuffer) => void): void;
}

declare module "host:crash" {
	export function openReport(folder: string): string | undefined;
	export function log(line: string): void;
}

declare module "host:pins" {
	export function drivePin(pin: number, level: number): void;
	export function pinLevel(pin: number): 0 | 1;
}
