/** How often a wrong setup code was tried: HAP R2 "M2: Accessory -> iOS Device 'SRP Start Response'" allows 100, over restarts too. */

import type { Records } from "hap/storage/records";

const KEY = "tries";
const VERSION = 1;
const MAX_TRIES = 100;

export class Tries {
	private readonly records: Records;

	constructor(records: Records) {
		this.records = records;
	}

	get count(): number {
		return this.records.read(KEY, VERSION)?.[0] ?? 0;
	}

	get isExhausted(): boolean {
		return this.count >= MAX_TRIES;
	}

	/** Counted in storage before the answer goes out, so that cutting the power does not give another try. */
	countOne(): void {
		this.records.write(KEY, VERSION, Uint8Array.of(Math.min(this.count + 1, MAX_TRIES)));
	}

	reset(): void {
		if (this.count > 0)
			this.records.delete(KEY);
	}
}
