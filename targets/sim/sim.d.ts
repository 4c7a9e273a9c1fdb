/** What this target has beside the SDK's modules: its natives (io/process.js), and mcsim's window. */

declare module "sim/process" {
	export function environment(name: string): string | undefined;
	export function print(text: string): void;
	export function networkAddresses(link?: number): string[];
	export function networkLinks(): string[];
	export function heapCounters(): { slots: number; chunkBytes: number; };
	export function exit(status: number): never;

	interface ByteOptions<Target> {
		target: Target;
		onByte(this: { readonly target: Target; }, byte: number): void;
	}

	export class SignalWatch<Target> {
		constructor(options: ByteOptions<Target>);
	}

	export class NetworkWatch<Target> {
		constructor(options: { target: Target; host: string | undefined; onChange(this: { readonly target: Target; }): void; });
	}

	export class InputWatch<Target> {
		constructor(options: ByteOptions<Target>);
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
