/** What a person chose, and what was chosen for them: the setup code and the port. */

import { fromText, toText } from "hap/bytes/bytes";
import { hasVerifier, writeVerifier } from "hap/pairing/identity";
import { isValidSetupCode, randomSetupCode } from "hap/pairing/setup-code";
import type { Records } from "hap/storage/records";
import { StartError, type Target } from "host/target";

const CODE_KEY = "setup-code";
const PORT_KEY = "port";
const VERSION = 1;

export interface Settings {
	readonly setupCode: string;
	/** 0: there was none. */
	readonly lastPort: number;
	keepPort(port: number): void;
}

/** The code is kept so that it can be shown again: a desktop's state folder is its owner's, like the label on a case. */
function setupCodeOf(records: Records, chosen: string | undefined): string {
	if (chosen !== undefined && !isValidSetupCode(chosen))
		throw new StartError(
			`${chosen} is no setup code: it is written 482-15-936, and HomeKit refuses 123-45-678, 876-54-321 and eight equal digits`,
		);
	const record = records.read(CODE_KEY, VERSION);
	const kept = record && toText(record);
	const code = chosen ?? kept ?? randomSetupCode();
	if (code !== kept || !hasVerifier(records)) {
		writeVerifier(records, code);
		records.write(CODE_KEY, VERSION, fromText(code));
	}
	return code;
}

export function openSettings(records: Records, target: Target): Settings {
	const port = records.read(PORT_KEY, VERSION);
	const lastPort = port ? port[0] | (port[1] << 8) : 0;
	return {
		setupCode: setupCodeOf(records, target.setupCode),
		lastPort,
		keepPort(port: number): void {
			if (port !== lastPort)
				records.write(PORT_KEY, VERSION, Uint8Array.of(port & 255, port >> 8));
		},
	};
}
