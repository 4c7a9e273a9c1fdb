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
const MAX_PAIRINGS = 16;
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

/* The record is looked through as it lies: all pairings as objects would be some 500 slots at a time */

/** Where the pairing ends that begins at `at`. */
function endOf(record: Uint8Array, at: number): number {
	return at + 2 + record[at + 1] + LTPK_BYTES;
}

function decodePairing(record: Uint8Array, at: number): Pairing {
	const end = endOf(record, at);
	return {
		permissions: record[at],
		controllerId: toText(record.subarray(at + 2, end - LTPK_BYTES)),
		controllerLTPK: record.slice(end - LTPK_BYTES, end),
	};
}

/** Where that controller's begins; -1: nowhere. */
function placeOf(record: Uint8Array, controllerId: string): number {
	for (let at = 0; at < record.length; at = endOf(record, at)) {
		if (toText(record.subarray(at + 2, endOf(record, at) - LTPK_BYTES)) === controllerId)
			return at;
	}
	return -1;
}

/** How many there are with that permission; of any without it. */
function countIn(record: Uint8Array, permissions?: Permission): number {
	let count = 0;
	for (let at = 0; at < record.length; at = endOf(record, at)) {
		if (permissions === undefined || record[at] === permissions)
			count++;
	}
	return count;
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
		this.count = countIn(this.read());
	}

	get isPaired(): boolean {
		return this.count > 0;
	}

	/** One after the other, in the order in which they came. */
	visit(visitor: (pairing: Pairing) => void): void {
		const record = this.read();
		for (let at = 0; at < record.length; at = endOf(record, at))
			visitor(decodePairing(record, at));
	}

	find(controllerId: string): Pairing | undefined {
		const record = this.read();
		const at = placeOf(record, controllerId);
		return at < 0 ? undefined : decodePairing(record, at);
	}

	isAdmin(controllerId: string): boolean {
		return this.find(controllerId)?.permissions === Permission.Admin;
	}

	/** Without it there would be none. */
	isLastAdmin(controllerId: string): boolean {
		return this.isAdmin(controllerId) && countIn(this.read(), Permission.Admin) === 1;
	}

	/** Adds it, or takes the place of that controller's. It is in storage when this returns. MaxPeersError, StorageError. */
	set(pairing: Pairing): void {
		const record = this.read();
		const known = placeOf(record, pairing.controllerId);
		if (known < 0 && countIn(record) >= MAX_PAIRINGS)
			throw new MaxPeersError("no room for a pairing");
		const at = known < 0 ? record.length : known;
		const end = known < 0 ? at : endOf(record, at);
		this.write(concat(record.subarray(0, at), encodePairing(pairing), record.subarray(end)));
	}

	/**
	 * Answers the controllers that are paired no more: none when it was unknown, all when the last admin went (HAP R2
	 * "Remove Pairing").
	 */
	remove(controllerId: string): string[] {
		const record = this.read();
		const at = placeOf(record, controllerId);
		if (at < 0)
			return [];
		const left = concat(record.subarray(0, at), record.subarray(endOf(record, at)));
		if (countIn(left, Permission.Admin) === 0)
			return this.clear();
		this.write(left);
		return [controllerId];
	}

	clear(): string[] {
		const controllerIds: string[] = [];
		this.visit(({ controllerId }) => controllerIds.push(controllerId));
		this.change(() => this.records.delete(KEY));
		return controllerIds;
	}

	private read(): Uint8Array {
		return this.records.read(KEY, VERSION) ?? new Uint8Array(0);
	}

	private write(record: Uint8Array): void {
		this.change(() => this.records.write(KEY, VERSION, record));
	}

	/** Whatever the store says of a change, what counts is what it holds then: it may fail when the record is in its place already. */
	private change(change: () => void): void {
		try {
			change();
		}
		finally {
			this.count = countIn(this.read());
		}
	}
}
