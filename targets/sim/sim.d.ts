/** The natives of this target, io/process.js. */

declare module "sim/process" {
	export function environment(name: string): string | undefined;
	export function print(text: string): void;
	export function networkAddresses(address: string | undefined): string[];
	export function heapCounters(): { slotBytes: number; slots: number; chunkBytes: number; stackBytes: number; };
	export function exit(status: number): never;

	export class SignalWatch<Target> {
		constructor(options: { target: Target; onSignal(this: { readonly target: Target; }, signal: number): void; });
		readonly target: Target;
	}
}

/** What build/simulators/modules/screen of the SDK has of mcsim's window. */
declare module "screen" {
	interface SimulatorScreen {
		/** To the pane; arrives at its onMessage. */
		postMessage(message: string): void;
		/** From the pane. */
		onMessage?: (message: string) => void;
		/** Its onQuit is called before the image is closed. */
		context?: { onQuit(): void; };
	}
	const screen: SimulatorScreen;
	export default screen;
}
