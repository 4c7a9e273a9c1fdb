/** The Ethernet of Espressif's emulator, in C: the SDK's own knows other hardware only. */

/** Throws when the driver cannot be installed. May be called again. */
export function openEthernet(this: unknown): void {
	native("xs_hap_openeth_open").call(this);
}

export function startEthernet(this: unknown): void {
	native("xs_hap_openeth_start").call(this);
}

export function stopEthernet(this: unknown): void {
	native("xs_hap_openeth_stop").call(this);
}

/** Whether the emulated cable is plugged in. */
export function isEthernetLinked(this: unknown): boolean {
	return native("xs_hap_openeth_is_linked").call(this);
}

export function ethernetAddress(this: unknown): string | undefined {
	return native("xs_hap_openeth_address").call(this);
}
