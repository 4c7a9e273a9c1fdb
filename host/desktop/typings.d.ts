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

declare module "embedded:network/interface/wifi" {
	class WiFi {
		constructor(options: { onChanged?: (property: "connection" | "address") => void; });
		connect(options: { SSID: string; password?: string; }): void;
		disconnect(): void;
		close(): void;
		readonly connection: number;
		readonly address: string | undefined;
	}
	export default WiFi;
}

declare module "embedded:network/interface/ethernet" {
	class Ethernet {
		constructor(options: { onChanged?: (property: "connection" | "address") => void; });
		connect(): void;
		disconnect(): void;
		close(): void;
		readonly connection: number;
		readonly address: string | undefined;
	}
	export default Ethernet;
}
