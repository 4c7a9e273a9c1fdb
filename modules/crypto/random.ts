/** Random bytes from the operating system or the chip's generator. In C whatever the provider: XS's own Math.random serves no key. */

/** Fills `target`. A system without randomness ends the program: nothing may go on with predictable keys. */
export function random(this: unknown, target: Uint8Array): void {
	native("xs_hap_random").call(this, target);
}
