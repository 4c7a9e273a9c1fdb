/** POST /pairings: HAP R2 "Add Pairing", "Remove Pairing", "List Pairings". All of them are an admin's to ask. */

import { concat, fromText, MalformedError, sameBytes, toText } from "hap/bytes/bytes";
import { byteOf, bytesOf, errorAnswer, PairingError, PairingMethod, PairingRefusal, PairState } from "hap/pairing/pairing-tlv";
import { LTPK_BYTES, MAX_CONTROLLER_ID, MaxPeersError, type Pairings, Permission } from "hap/pairing/pairings";
import { StorageError } from "hap/storage/records";
import { byte, decode, encode, type Items, TlvType } from "hap/wire/tlv8";

const NOTHING = new Uint8Array(0);

export interface PairingsHooks {
	/** These controllers are paired no more; it is in storage. */
	onRemoved(controllerIds: readonly string[]): void;
	/** This controller is paired as a user; it may have been an admin. */
	onUser(controllerId: string): void;
	/** The store did not take the change, of which the controller hears no more than that it did not happen. */
	onFault?(error: unknown): void;
}

function identifierOf(items: Items): string {
	const id = bytesOf(items, TlvType.Identifier);
	if (id.length === 0 || id.length > MAX_CONTROLLER_ID)
		throw new MalformedError("pairings: identifier");
	return toText(id);
}

function done(): Uint8Array {
	return encode([[TlvType.State, byte(PairState.M2)]]);
}

/**
 * A known controller with its own key gets new permissions; with another key it is somebody else. Making the last admin a user
 * is its removal as an admin, and ends all pairings: nobody would be left who may change any (HAP R2 "Remove Pairing"; Apple's
 * HomeKitADK does so too).
 */
function add(items: Items, pairings: Pairings, hooks: PairingsHooks): Uint8Array {
	const controllerId = identifierOf(items);
	const controllerLTPK = bytesOf(items, TlvType.PublicKey, LTPK_BYTES);
	const permissions = byteOf(items, TlvType.Permissions);
	if (permissions !== Permission.User && permissions !== Permission.Admin)
		throw new MalformedError("pairings: permissions");
	const known = pairings.find(controllerId);
	if (known && !sameBytes(known.controllerLTPK, controllerLTPK))
		throw new PairingRefusal(PairingError.Unknown);
	if (permissions === Permission.User && pairings.isLastAdmin(controllerId))
		return removeFrom(pairings, controllerId, hooks);
	try {
		pairings.set({ controllerId, controllerLTPK, permissions });
	}
	finally {
		if (pairings.find(controllerId)?.permissions === Permission.User)
			hooks.onUser(controllerId); // a store that fails may hold the change all the same
	}
	return done();
}

/** An unknown controller is removed already. */
function removeFrom(pairings: Pairings, controllerId: string, hooks: PairingsHooks): Uint8Array {
	if (!pairings.find(controllerId))
		return done();
	const leaving = pairings.isLastAdmin(controllerId) ? idsOf(pairings) : [controllerId];
	try {
		pairings.remove(controllerId);
	}
	finally {
		const removed = leaving.filter((id) => !pairings.find(id)); // a store that fails may hold the change all the same
		if (removed.length > 0)
			hooks.onRemoved(removed);
	}
	return done();
}

function idsOf(pairings: Pairings): string[] {
	const ids: string[] = [];
	pairings.visit(({ controllerId }) => ids.push(controllerId));
	return ids;
}

/** Each becomes bytes before the next one is read. */
function list(pairings: Pairings): Uint8Array {
	const parts: Uint8Array[] = [encode([[TlvType.State, byte(PairState.M2)]])];
	pairings.visit(({ controllerId, controllerLTPK, permissions }) => {
		if (parts.length > 1)
			parts.push(encode([[TlvType.Separator, NOTHING]]));
		parts.push(encode([
			[TlvType.Identifier, fromText(controllerId)],
			[TlvType.PublicKey, controllerLTPK],
			[TlvType.Permissions, byte(permissions)],
		]));
	});
	return concat(...parts);
}

function perform(items: Items, pairings: Pairings, hooks: PairingsHooks): Uint8Array {
	switch (byteOf(items, TlvType.Method)) {
		case PairingMethod.AddPairing:
			return add(items, pairings, hooks);
		case PairingMethod.RemovePairing:
			return removeFrom(pairings, identifierOf(items), hooks);
		case PairingMethod.ListPairings:
			return list(pairings);
		default:
			throw new MalformedError("pairings: method");
	}
}

/** Asked by the controller of a session. MalformedError when the request is none, or its State is not M1. */
export function handlePairings(body: Uint8Array, requesterId: string, pairings: Pairings, hooks: PairingsHooks): Uint8Array {
	const items = decode(body);
	if (byteOf(items, TlvType.State) !== PairState.M1)
		throw new MalformedError("pairings: state");
	if (!pairings.isAdmin(requesterId))
		return errorAnswer(PairState.M1, PairingError.Authentication);
	try {
		return perform(items, pairings, hooks);
	}
	catch (error) {
		if (error instanceof PairingRefusal)
			return errorAnswer(PairState.M1, error.error);
		if (error instanceof MaxPeersError)
			return errorAnswer(PairState.M1, PairingError.MaxPeers);
		if (!(error instanceof StorageError))
			throw error;
		hooks.onFault?.(error);
		return errorAnswer(PairState.M1, PairingError.Unknown);
	}
}
