/** What this target has beside the SDK's modules: its natives (io/process.js), and mcsim's window. */

declare module "sim/process" {
	export function environment(name: string): string | undefined;
	export function print(text: string): void;
	export function networkAddresses(address: string | undefined): string[];
	export function heapCounters(): { slots: number; chunkBytes: number; };
	export function exit(status: number): never;

	export class SignalWatch<Target> {
		constructor(options: { target: Target; onSignal(this: { readonly target: Target; }, signal: number): void; });
		readonly target: Target;
	}
}

interface SimulatorScreen {
	/** To the pane; arrives at its onMessage. */
	postMessage(message: string): void;
	/** From the pane. */
	onMessage?: (message: string) => void;
	/** onQuit is called before mcsim closes the image. */
	context?: { onQuit(): void; };
}

/** A global of mcsim. */
declare const screen: SimulatorScreen;
