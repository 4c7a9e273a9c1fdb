/** What a person chose, and what was chosen for them: the setup code and the port. */

import { fromText, toText } from "hap/bytes/bytes";
import { hasVerifier, writeVerifier } from "hap/pairing/identity";
import { isValidSetupCode, randomSetupCode } from "hap/pairing/setup-code";
import type { Records } from "hap/storage/records";
import { StartError } from "hap/accessory/target";

const CODE_KEY = "setup-code";
const PORT_KEY = "port";
const VERSION = 1;

/** The code that a person is to type; undefined before openSetupCode(). */
export function keptCode(records: Records): string | undefined {
	const record = records.read(CODE_KEY, VERSION);
	return record && toText(record);
}

/**
 * Sees to it that there is one: the code that was chosen, else the one that is kept, else a new one. It is kept so that it can be
 * shown again: a desktop's state folder is its owner's, like the label on a case.
 */
export function openSetupCode(records: Records, chosen: string | undefined): void {
	if (chosen !== undefined && !isValidSetupCode(chosen))
		throw new StartError(
			`${chosen} is no setup code: it is written 482-15-936, and HomeKit refuses 123-45-678, 876-54-321 and eight equal digits`,
		);
	const kept = keptCode(records);
	const code = chosen ?? kept ?? randomSetupCode();
	if (code !== kept || !hasVerifier(records)) {
		records.delete(CODE_KEY); // a power cut from here on leaves no code that the verifier does not belong to
		writeVerifier(records, code);
		records.write(CODE_KEY, VERSION, fromText(code));
	}
}

/** 0: there was none. */
export function lastPort(records: Records): number {
	const port = records.read(PORT_KEY, VERSION);
	return port ? port[0] | (port[1] << 8) : 0;
}

export function keepPort(records: Records, port: number): void {
	if (port !== lastPort(records))
		records.write(PORT_KEY, VERSION, Uint8Array.of(port & 255, port >> 8));
}
