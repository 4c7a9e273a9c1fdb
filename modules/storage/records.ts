/**
 * Records in a key-value store, each with a version and a sum, so that what a power cut or a worn flash left behind is
 * noticed and never taken for data:
 *
 *     version (1) | length (2, little-endian) | payload | first 4 bytes of SHA-512 over all before
 */

import { concat, sameBytes } from "hap/bytes/bytes";
import { sha512, wipe } from "hap/crypto/crypto";

/** What is asked of embedded:storage/key-value in its "buffer" format. A write is whole and durable when it returns, or throws. */
export interface KeyValueStorage {
	read(key: string): ArrayBuffer | undefined;
	write(key: string, value: Uint8Array): void;
	delete(key: string): void;
}

/** The store did not take a record; what was there before is there still. */
export class StorageError extends Error {
	readonly key: string;

	constructor(key: string, reason: unknown) {
		super(`storage: ${key} cannot be written: ${reason instanceof Error ? reason.message : String(reason)}`);
		this.key = key;
	}
}

const HEADER_BYTES = 3;
const SUM_BYTES = 4;
const MAX_PAYLOAD = 65535;
/** Keys of NVS have 15 characters. */
const MAX_KEY = 15;
const SET_ASIDE = ".bad";
const MAX_SET_ASIDE = 9;

function sumOf(bytes: Uint8Array): Uint8Array {
	return sha512(bytes).slice(0, SUM_BYTES);
}

function seal(version: number, payload: Uint8Array): Uint8Array {
	if (payload.length > MAX_PAYLOAD)
		throw new RangeError("payload of a record");
	const head = concat(Uint8Array.of(version, payload.length & 255, payload.length >> 8), payload);
	const record = concat(head, sumOf(head));
	wipe(head);
	return record;
}

/** Undefined: not a whole record of that version. */
function open(version: number, record: Uint8Array): Uint8Array | undefined {
	const end = record.length - SUM_BYTES;
	if (end < HEADER_BYTES || record[0] !== version || (record[1] | (record[2] << 8)) !== end - HEADER_BYTES)
		return undefined;
	return sameBytes(sumOf(record.subarray(0, end)), record.subarray(end)) ? record.subarray(HEADER_BYTES, end) : undefined;
}

/** A record is not used and lies under another key: `reason` ends a sentence that begins with the record. */
export type OnSetAside = (key: string, keptAs: string, reason: string) => void;

export class Records {
	private readonly storage: KeyValueStorage;
	declare private readonly listener: OnSetAside | undefined;

	constructor(storage: KeyValueStorage, listener?: OnSetAside) {
		this.storage = storage;
		if (listener)
			this.listener = listener;
	}

	/** Undefined: there is none. A damaged one is set aside under another key and reported first. The bytes are the caller's, to wipe. */
	read(key: string, version: number): Uint8Array | undefined {
		const buffer = this.storage.read(key);
		if (buffer === undefined)
			return undefined;
		const payload = open(version, new Uint8Array(buffer));
		if (payload === undefined)
			this.setAside(key, "was damaged");
		return payload;
	}

	/** StorageError when the store does not take it. */
	write(key: string, version: number, payload: Uint8Array): void {
		const record = seal(version, payload);
		try {
			this.storage.write(key, record);
		}
		catch (error) {
			throw new StorageError(key, error);
		}
		finally {
			wipe(record);
		}
	}

	delete(key: string): void {
		try {
			this.storage.delete(key);
		}
		catch (error) {
			throw new StorageError(key, error);
		}
	}

	/**
	 * Keeps the record, if there is one, under another key, and reports it. The copy is written before the original goes: a
	 * power cut in between leaves both, and the next start finds the copy made. StorageError when the store does not take it.
	 */
	setAside(key: string, reason: string): void {
		const buffer = this.storage.read(key);
		if (buffer === undefined)
			return;
		const bytes = new Uint8Array(buffer);
		const keptAs = this.keyToKeep(key, bytes);
		try {
			this.storage.write(keptAs, bytes);
			this.storage.delete(key);
		}
		catch (error) {
			throw new StorageError(keptAs, error);
		}
		this.onSetAside(key, keptAs, reason);
	}

	/** `key.bad`, or, with other bytes in its place, `key.ba2` and so on: what was set aside before stays, but for the ninth. */
	private keyToKeep(key: string, bytes: Uint8Array): string {
		const stem = key.slice(0, MAX_KEY - SET_ASIDE.length);
		for (let number = 1;; number++) {
			const keptAs = stem + (number === 1 ? SET_ASIDE : `.ba${number}`);
			const before = this.storage.read(keptAs);
			if (number === MAX_SET_ASIDE || before === undefined || sameBytes(new Uint8Array(before), bytes))
				return keptAs;
		}
	}

	/** Reports it; a class of one's own says how without a function that stays in memory. */
	protected onSetAside(key: string, keptAs: string, reason: string): void {
		this.listener?.(key, keptAs, reason);
	}
}
