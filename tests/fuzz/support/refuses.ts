/** A target that something is wrong with, for the test of what becomes of inputs that fail. */

export default function refuses(input: Uint8Array): void {
	if (input.includes(0x21))
		throw new Error("an exclamation mark");
}
