/** Who the accessory is: made once, written before anybody hears of it. HAP R2 "Device ID", "Setup ID". */

import { concat, fromText, toText } from "hap/bytes/bytes";
import { ed25519PublicKey, random } from "hap/crypto/crypto";
import { makeVerifier } from "hap/crypto/srp";
import { setPairingsAside } from "hap/pairing/pairings";
import type { Records } from "hap/storage/records";

export interface Identity {
	/** Six bytes as AA:BB:CC:DD:EE:FF; the accessory's pairing identifier. */
	readonly deviceId: string;
	readonly accessoryLTPK: Uint8Array;
	/** The seed of 32 bytes. */
	readonly accessoryLTSK: Uint8Array;
	/** Four characters of 0-9A-Z. */
	readonly setupId: string;
}

/** What stands for the setup code in pair-setup. */
export interface SetupVerifier {
	readonly salt: Uint8Array;
	readonly verifier: Uint8Array;
}

const KEY = "identity";
const VERSION = 1;
const VERIFIER_KEY = "verifier";
const VERIFIER_VERSION = 1;
const DEVICE_ID_BYTES = 6;
const SEED_BYTES = 32;
const SETUP_ID_CHARACTERS = 4;
const SALT_BYTES = 16;
const VERIFIER_BYTES = 384;
const HEX = "0123456789ABCDEF";
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** The most that is a multiple of the alphabet: above it, characters would not be equally likely. */
const FAIR = 252;

function randomBytes(count: number): Uint8Array {
	const bytes = new Uint8Array(count);
	random(bytes);
	return bytes;
}

function formatDeviceId(bytes: Uint8Array): string {
	let text = "";
	for (const byte of bytes)
		text += `${text && ":"}${HEX[byte >> 4]}${HEX[byte & 15]}`;
	return text;
}

function randomSetupId(): string {
	let text = "";
	while (text.length < SETUP_ID_CHARACTERS) {
		const [byte] = randomBytes(1);
		if (byte < FAIR)
			text += ALPHABET[byte % ALPHABET.length];
	}
	return text;
}

/** Both keys in one buffer; views of it are made when they are asked for. */
class StoredIdentity implements Identity {
	readonly deviceId: string;
	readonly setupId: string;
	private readonly keys: ArrayBuffer;

	/** device id (6) | seed (32) | setup id (4) */
	constructor(record: Uint8Array) {
		const seed = record.slice(DEVICE_ID_BYTES, DEVICE_ID_BYTES + SEED_BYTES);
		this.deviceId = formatDeviceId(record.subarray(0, DEVICE_ID_BYTES));
		this.setupId = toText(record.subarray(DEVICE_ID_BYTES + SEED_BYTES));
		this.keys = concat(seed, ed25519PublicKey(seed)).buffer as ArrayBuffer;
	}

	get accessoryLTSK(): Uint8Array {
		return new Uint8Array(this.keys, 0, SEED_BYTES);
	}

	get accessoryLTPK(): Uint8Array {
		return new Uint8Array(this.keys, SEED_BYTES);
	}
}

/**
 * The one that is kept, else a new one, kept, which starts unpaired. Pairings go before it is written, so that a power cut
 * leaves none beside an identity that they are not of. StorageError when it cannot be kept.
 */
export function loadIdentity(records: Records): Identity {
	let record = records.read(KEY, VERSION);
	if (record === undefined) {
		setPairingsAside(records);
		record = concat(randomBytes(DEVICE_ID_BYTES), randomBytes(SEED_BYTES), fromText(randomSetupId()));
		records.write(KEY, VERSION, record);
	}
	return new StoredIdentity(record);
}

/** Salt and verifier of a setup code, kept in place of the code. */
export function writeVerifier(records: Records, setupCode: string): void {
	const salt = randomBytes(SALT_BYTES);
	records.write(VERIFIER_KEY, VERIFIER_VERSION, concat(salt, makeVerifier(setupCode, salt)));
}

export function hasVerifier(records: Records): boolean {
	return readVerifier(records) !== undefined;
}

/** Read while a pair-setup runs, so that its 400 bytes cost nothing the rest of the time. Views of the one copy: whoever wipes them leaves none. */
export function readVerifier(records: Records): SetupVerifier | undefined {
	const record = records.read(VERIFIER_KEY, VERIFIER_VERSION);
	if (record === undefined || record.length !== SALT_BYTES + VERIFIER_BYTES)
		return undefined;
	return { salt: record.subarray(0, SALT_BYTES), verifier: record.subarray(SALT_BYTES) };
}
