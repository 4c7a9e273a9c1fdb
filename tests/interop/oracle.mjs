/**
 * What the protocol has an accessory answer to any bytes, said once more and apart from its code: for a request its status,
 * for a pairing message its state and error too.
 */

import { pairingAnswer, PairingError, Tlv } from "./tlv.mjs";

const MAX_ID = 36;
const LTPK_BYTES = 32;
const PROOF_BYTES = 64;
const FRAGMENT = 255;

/** The only answer to what is no message, or comes out of order. */
export const MALFORMED = Object.freeze({ status: 400 });

const answer = (state, error) => ({ status: 200, state, error });

/** What a message came to, to be compared with what was expected of it. */
export function resultOf(message) {
	return message.status === 200 ? { status: 200, ...pairingAnswer(message) } : { status: message.status };
}

/** A Map of the types, undefined when the bytes are no TLV8: a value cut short, or a type that comes again and is no fragment. */
export function strictTlv(bytes) {
	const items = new Map();
	let open = -1;
	for (let at = 0; at < bytes.length;) {
		const [type, length] = [bytes[at], bytes[at + 1]];
		const end = at + 2 + length;
		if (length === undefined || end > bytes.length || (items.has(type) && type !== open))
			return undefined;
		items.set(type, Buffer.concat([items.get(type) ?? Buffer.alloc(0), bytes.subarray(at + 2, end)]));
		open = length === FRAGMENT ? type : -1;
		at = end;
	}
	return items;
}

function byteOf(items, type) {
	const value = items?.get(type);
	return value?.length === 1 ? value[0] : undefined;
}

const same = (items, other, ...types) => types.every((type) => items.get(type).equals(other.get(type)));

/** To M1 of an accessory that is not paired and that nobody else is pairing with. */
function toSetupM1(items) {
	const method = byteOf(items, Tlv.Method);
	const flags = items.get(Tlv.Flags) ?? Buffer.alloc(0);
	if ((method !== 0 && method !== 1) || flags.length > 4)
		return MALFORMED;
	const isSplitAlone = method === 0 && (flags[3] & 1) === 1 && (flags[0] & 0x10) === 0;
	return answer(2, isSplitAlone ? PairingError.Authentication : undefined);
}

/** `body` comes when M`expected` is next; `good` is the M3 or M5 that a controller that knows the code says then. */
export function toPairSetup(body, expected, good) {
	const items = strictTlv(body);
	const state = byteOf(items, Tlv.State);
	if (state === 1)
		return toSetupM1(items);
	if (state === undefined || state !== expected)
		return MALFORMED;
	const types = state === 3 ? [Tlv.PublicKey, Tlv.Proof] : [Tlv.EncryptedData];
	if (types.some((type) => !items.has(type)) || (state === 3 && items.get(Tlv.Proof).length !== PROOF_BYTES))
		return MALFORMED;
	return answer(state + 1, same(items, strictTlv(good), ...types) ? undefined : PairingError.Authentication);
}

/** `good` is the M3 that fits the M1 before it, undefined when there was none. */
export function toPairVerify(body, good) {
	const items = strictTlv(body);
	const state = byteOf(items, Tlv.State);
	if (state === 1)
		return items.get(Tlv.PublicKey)?.length === LTPK_BYTES ? answer(2) : MALFORMED;
	if (state !== 3 || !good || !items.has(Tlv.EncryptedData))
		return MALFORMED;
	return answer(4, same(items, strictTlv(good), Tlv.EncryptedData) ? undefined : PairingError.Authentication);
}

function idOf(items) {
	const id = items.get(Tlv.Identifier);
	const isText = id && Buffer.from(id.toString()).equals(id) && !id.includes(0);
	return isText && id.length > 0 && id.length <= MAX_ID ? id.toString() : undefined;
}

/** Answers and keeps the pairings as the accessory should: `known` maps identifiers to { ltpk, permissions }. The asker is an admin. */
export function toPairings(body, known) {
	const items = strictTlv(body);
	if (byteOf(items, Tlv.State) !== 1)
		return MALFORMED;
	const method = byteOf(items, Tlv.Method);
	if (method === 5)
		return answer(2);
	const id = idOf(items);
	if ((method !== 3 && method !== 4) || id === undefined)
		return MALFORMED;
	if (method === 4) {
		known.delete(id);
		return answer(2);
	}
	return toAdd(id, items, known);
}

function toAdd(id, items, known) {
	const [ltpk, permissions] = [items.get(Tlv.PublicKey), byteOf(items, Tlv.Permissions)];
	if (ltpk?.length !== LTPK_BYTES || (permissions !== 0 && permissions !== 1))
		return MALFORMED;
	if (known.has(id) && !known.get(id).ltpk.equals(ltpk))
		return answer(2, PairingError.Unknown);
	if (!known.has(id) && known.size === 16)
		return answer(2, PairingError.MaxPeers);
	known.set(id, { ltpk, permissions });
	return answer(2);
}
