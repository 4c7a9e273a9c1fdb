/** TLV8 as a controller writes and reads it: HAP R2 "TLV8 Format". */

export const Tlv = Object.freeze({
	Method: 0x00,
	Identifier: 0x01,
	Salt: 0x02,
	PublicKey: 0x03,
	Proof: 0x04,
	EncryptedData: 0x05,
	State: 0x06,
	Error: 0x07,
	Signature: 0x0a,
	Permissions: 0x0b,
	Flags: 0x13,
});

export const PairingError = Object.freeze({ Unknown: 1, Authentication: 2, MaxPeers: 4, MaxTries: 5, Unavailable: 6, Busy: 7 });

/** `items`: [type, bytes or a number of one byte] each. */
export function encodeTlv(items) {
	const parts = [];
	for (const [type, value] of items) {
		const bytes = typeof value === "number" ? Buffer.of(value) : Buffer.from(value);
		for (let at = 0; at === 0 || at < bytes.length; at += 255) {
			const part = bytes.subarray(at, at + 255);
			parts.push(Buffer.of(type, part.length), part);
		}
	}
	return Buffer.concat(parts);
}

/** A Map of the types; fragments of one type are joined. */
export function decodeTlv(bytes) {
	const items = new Map();
	for (let at = 0; at < bytes.length; at += 2 + bytes[at + 1]) {
		const part = bytes.subarray(at + 2, at + 2 + bytes[at + 1]);
		items.set(bytes[at], Buffer.concat([items.get(bytes[at]) ?? Buffer.alloc(0), part]));
	}
	return items;
}

/** { state, error } of a pairing answer, error undefined when there is none. */
export function pairingAnswer({ body }) {
	const items = decodeTlv(body);
	return { state: items.get(Tlv.State)?.[0], error: items.get(Tlv.Error)?.[0] };
}
