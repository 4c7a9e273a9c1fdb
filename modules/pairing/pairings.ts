/**
 * The controllers that this accessory is paired with. All of them lie in one record, so that a change is whole or did not
 * happen; memory holds only their number, and the record is read when one is asked for.
 */

import { concat, fromText, toText } from "hap/bytes/bytes";
import type { Records } from "hap/storage/records";

/** HAP R2 "Add Pairing", permissions. */
export const enum Permission {
	User = 0,
	Admin = 1,
}

export interface Pairing {
	/** The pairing identifier, a UUID of 36 characters as iOS writes it. */
	readonly controllerId: string;
	readonly controllerLTPK: Uint8Array;
	readonly permissions: Permission;
}

/** HAP R2: at least 16. */
export const MAX_PAIRINGS = 16;
export const LTPK_BYTES = 32;
/** Bytes of a controller's identifier. */
export const MAX_CONTROLLER_ID = 36;

const KEY = "pairings";
const VERSION = 1;

/** A pairing more than there may be. */
export class MaxPeersError extends Error {}

/** permissions (1) | length of the identifier (1) | identifier | LTPK (32) */
function encodePairing({ controllerId, controllerLTPK, permissions }: Pairing): Uint8Array {
	const id = fromText(controllerId);
	return concat(Uint8Array.of(permissions, id.length), id, controllerLTPK);
}

function decodePairings(record: Uint8Array): Pairing[] {
	const list: Pairing[] = [];
	for (let at = 0; at < record.length;) {
		const idEnd = at + 2 + record[at + 1];
		list.push({
			permissions: record[at],
			controllerId: toText(record.subarray(at + 2, idEnd)),
			controllerLTPK: record.slice(idEnd, idEnd + LTPK_BYTES),
		});
		at = idEnd + LTPK_BYTES;
	}
	return list;
}

/** For an accessory that is somebody else now: its controllers know a key that it has no more, and could not even unpair it. */
export function setPairingsAside(records: Records): void {
	records.setAside(KEY, "belonged to an identity that is lost");
}

export class Pairings {
	private readonly records: Records;
	count: number;

	constructor(records: Records) {
		this.records = records;
		this.count = this.list().length;
	}

	get isPaired(): boolean {
		return this.count > 0;
	}

	list(): Pairing[] {
		const record = this.records.read(KEY, VERSION);
		return record === undefined ? [] : decodePairings(record);
	}

	find(controllerId: string): Pairing | undefined {
		return this.list().find((pairing) => pairing.controllerId === controllerId);
	}

	isAdmin(controllerId: string): boolean {
		return this.find(controllerId)?.permissions === Permission.Admin;
	}

	/** Without it there would be none. */
	isLastAdmin(controllerId: string): boolean {
		const admins = this.list().filter(({ permissions }) => permissions === Permission.Admin);
		return admins.length === 1 && admins[0].controllerId === controllerId;
	}

	/** Adds it, or takes the place of that controller's. It is in storage when this returns. MaxPeersError, StorageError. */
	set(pairing: Pairing): void {
		const list = this.list();
		const at = list.findIndex(({ controllerId }) => controllerId === pairing.controllerId);
		if (at < 0 && list.length >= MAX_PAIRINGS)
			throw new MaxPeersError("no room for a pairing");
		if (at < 0)
			list.push(pairing);
		else
			list[at] = pairing;
		this.write(list);
	}

	/**
	 * Answers the controllers that are paired no more: none when it was unknown, all when the last admin went (HAP R2
	 * "Remove Pairing").
	 */
	remove(controllerId: string): string[] {
		const list = this.list();
		const left = list.filter((pairing) => pairing.controllerId !== controllerId);
		if (left.length === list.length)
			return [];
		if (left.some(({ permissions }) => permissions === Permission.Admin)) {
			this.write(left);
			return [controllerId];
		}
		return this.clear();
	}

	clear(): string[] {
		const list = this.list();
		this.change(() => this.records.delete(KEY));
		return list.map(({ controllerId }) => controllerId);
	}

	private write(list: readonly Pairing[]): void {
		this.change(() => this.records.write(KEY, VERSION, concat(...list.map(encodePairing))));
	}

	/** Whatever the store says of a change, what counts is what it holds then: it may fail when the record is in its place already. */
	private change(change: () => void): void {
		try {
			change();
		}
		finally {
			this.count = this.list().length;
		}
	}
}
