/** What connects the accessory: Wi-Fi, Ethernet, or the network that a computer has anyway. */

export interface NetworkListener {
	/** There is a new address, the first or another one. */
	onAddress(): void;
	/** No address any more, or none yet; one sentence says why. It is tried again, for ever. */
	onNoAddress(reason: string): void;
}

export interface Network {
	/** To be called once. A network that is there already tells so before it returns. */
	startNetwork(listener: NetworkListener): void;
	/** Textual addresses that controllers reach this accessory at, as they are now: by that link of Target.interfaces, or by any. */
	addresses(link?: number): readonly string[];
}
