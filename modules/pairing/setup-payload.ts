/** The label's payload and the advertised setup hash: HAP R2 "Setup Payload". */

import Base64 from "base64";
import { fromText } from "hap/bytes/bytes";
import { sha512 } from "hap/crypto/crypto";
import { setupCodeNumber } from "hap/pairing/setup-code";

const PAYLOAD_CHARACTERS = 9;
const CATEGORY_FACTOR = 2 ** 31;
const SUPPORTS_IP = 2 ** 28;
const HASH_BYTES = 4;

/** `X-HM://`, nine characters of base 36 (category, flags, code), the setup id. Sums, because they pass 32 bits. */
export function setupPayload(category: number, setupCode: string, setupId: string): string {
	const value = category * CATEGORY_FACTOR + SUPPORTS_IP + setupCodeNumber(setupCode);
	return `X-HM://${value.toString(36).toUpperCase().padStart(PAYLOAD_CHARACTERS, "0")}${setupId}`;
}

/** `sh` of the TXT record: base64 of the first four bytes of SHA-512 over setup id and device id. */
export function setupHash(setupId: string, deviceId: string): string {
	return Base64.encode(sha512(fromText(setupId + deviceId)).slice(0, HASH_BYTES).buffer as ArrayBuffer);
}
