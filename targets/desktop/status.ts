/** No status page. With npm start --status PORT another module stands here, status/desktop.ts. */

import type { AccessoryServer } from "hap/accessory/accessory-server";

export interface LogReader {
	/** A line of the log. */
	note(line: string): void;
}

export function openStatus(_server: AccessoryServer, _host: string | undefined): LogReader | undefined {
	return undefined;
}
