/** Constants as their sources print them; for the portable provider, so that no other image has it. */

import { MalformedError } from "hap/bytes/bytes";

/** White space is skipped, so that vectors may be written as their sources print them. */
export function fromHex(text: string): Uint8Array {
	let digits = "";
	for (const character of text)
		if (character > " ")
			digits += character;
	if (digits.length % 2 !== 0)
		throw new MalformedError("an odd number of hexadecimal digits");
	const bytes = new Uint8Array(digits.length / 2);
	for (let i = 0; i < bytes.length; i++) {
		const value = Number(`0x${digits.slice(2 * i, 2 * i + 2)}`);
		if (Number.isNaN(value))
			throw new MalformedError("not hexadecimal");
		bytes[i] = value;
	}
	return bytes;
}
