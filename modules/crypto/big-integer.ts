/** BigInts of XS from and to big-endian bytes. Their digits cannot be wiped: secrets are BigInts for as short as can be. */

export function fromBytes(bytes: Uint8Array): bigint {
	if (bytes.length === 0)
		return 0n;
	const isWhole = bytes.byteLength === bytes.buffer.byteLength;
	return BigInt.fromArrayBuffer(isWhole ? bytes.buffer : bytes.slice().buffer) as bigint;
}

/** Padded with zeros on the left. */
export function toBytes(value: bigint, length: number): Uint8Array {
	return padTo(new Uint8Array(ArrayBuffer.fromBigInt(value)), length);
}

export function padTo(bytes: Uint8Array, length: number): Uint8Array {
	if (bytes.length === length)
		return bytes;
	const padded = new Uint8Array(length);
	padded.set(bytes, length - bytes.length);
	return padded;
}

/** Without the zeros on the left. */
export function strip(bytes: Uint8Array): Uint8Array {
	let from = 0;
	while (from < bytes.length && bytes[from] === 0)
		from++;
	return bytes.subarray(from);
}
