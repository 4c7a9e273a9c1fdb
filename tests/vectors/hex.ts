/** Bytes of a vector's hexadecimal digits. */
export function hex(digits: string): Uint8Array {
	const bytes = new Uint8Array(digits.length / 2);
	for (let i = 0; i < bytes.length; i++)
		bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
	return bytes;
}
