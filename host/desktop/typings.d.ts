/** What @moddable/typings 5.6.0 leaves out of what the SDK 8.2 has typings for. */

declare module "embedded:storage/key-value" {
	interface Storage {
		/** Undefined when there is no such key. */
		read(key: string): ArrayBuffer | undefined;
		write(key: string, value: Uint8Array): void;
		delete(key: string): void;
		close(): void;
	}
	const KeyValue: { open(options: { path: string; format: "buffer"; }): Storage; };
	export default KeyValue;
}

declare module "mc/config" {
	const config: Record<string, unknown>;
	export default config;
}
