/** The configuration number: HAP R2 "Configuration Number", `c#`. It goes up when the database is another one, values aside. */

import { concat, fromText, sameBytes } from "hap/bytes/bytes";
import { random, sha512 } from "hap/crypto/crypto";
import type { DatabaseDefinition } from "hap/model/types";
import type { Records } from "hap/storage/records";

const KEY = "config";
const VERSION = 1;
const HASH_BYTES = 8;
const NUMBER_BYTES = 2;
const MAX_NUMBER = 65535;
const FAR_NUMBER = 32768;

/** A chain of hashes, so that a database of any size takes no more memory than one characteristic's text. */
export function configurationHash({ accessories }: DatabaseDefinition): Uint8Array {
	let hash: Uint8Array = new Uint8Array(HASH_BYTES);
	const add = (text: string) => {
		hash = sha512(hash, fromText(text)).slice(0, HASH_BYTES);
	};
	for (const { aid, count, services } of accessories) {
		add(count === 1 ? `aid ${aid}` : `aid ${aid} to ${aid + count - 1}`);
		for (const { iid, type, isPrimary, isHidden, linked, characteristics } of services) {
			add(`${iid} ${type} ${isPrimary ?? false} ${isHidden ?? false} ${linked?.join(" ") ?? ""}`);
			for (const { json } of characteristics)
				add(`${json}}`);
		}
	}
	return hash;
}

/** 1 follows 65535. */
export function nextConfigurationNumber(number: number): number {
	return number >= MAX_NUMBER ? 1 : number + 1;
}

/** Further than an accessory gets by counting, and hardly the number of last time when that was such a one too. */
function farNumber(): number {
	const bytes = new Uint8Array(2);
	random(bytes);
	return FAR_NUMBER + ((bytes[0] << 7) | (bytes[1] >> 1));
}

/**
 * number (2, little-endian) | hash (8); kept anew when the hash is another one. Controllers of an accessory that `isPaired` know a
 * number: one that was lost does not begin at 1 again, which may be the one they know. StorageError when it cannot be kept.
 */
export function loadConfigurationNumber(records: Records, definition: DatabaseDefinition, isPaired: boolean): number {
	const hash = configurationHash(definition);
	const record = records.read(KEY, VERSION);
	const last = record ? record[0] | (record[1] << 8) : 0;
	if (record && sameBytes(record.subarray(NUMBER_BYTES), hash))
		return last;
	const number = !record && isPaired ? farNumber() : nextConfigurationNumber(last);
	records.write(KEY, VERSION, concat(Uint8Array.of(number & 255, number >> 8), hash));
	return number;
}
