/** Faults of messages: each is { name, of(bytes) }, which answers other bytes. */

function flip(at, bit) {
	const of = (bytes) => {
		const variant = Buffer.from(bytes);
		variant[at] ^= 1 << bit;
		return variant;
	};
	return { name: `bit ${bit} of byte ${at} flipped`, of };
}

/** Every bit of the first `count` of `length` bytes, and one bit of each byte behind them. */
export function* aFlipOfEachByte(length, count) {
	for (let at = 0; at < count; at++)
		for (let bit = 0; bit < 8; bit++)
			yield flip(at, bit);
	for (let at = count; at < length; at++)
		yield flip(at, at % 8);
}

/** Every bit of every byte. */
export function everyFlip(length) {
	return aFlipOfEachByte(length, length);
}

/** Every length that is too short. */
export function* everyCut(length) {
	for (let end = 0; end < length; end++)
		yield { name: `${end} of ${length} bytes`, of: (bytes) => bytes.subarray(0, end) };
}
