/** What the status page shows, as JSON. The setup code and its picture are in it only while nobody is paired. */

import type { AccessoryServer } from "hap/accessory/accessory-server";
import type { Value } from "hap/model/types";
import { qrRows } from "target/qr-rows";

interface Shown {
	/** aid.iid */
	readonly id: string;
	readonly type: string;
	readonly unit: string | undefined;
	readonly value: Value;
}

/** What can change, as it was last known. */
export function valuesOf({ database }: AccessoryServer): Shown[] {
	const shown: Shown[] = [];
	for (const { aid: first, count, services } of database.definition.accessories)
		for (let aid = first; aid < first + count; aid++)
			for (const characteristic of services.flatMap(({ characteristics }) => characteristics)) {
				const { eventIndex, iid, info: { type, unit } } = characteristic;
				if (eventIndex >= 0)
					shown.push({ id: `${aid}.${iid}`, type, unit, value: database.lastValue(aid, characteristic) });
			}
	return shown;
}

function labelOf(server: AccessoryServer): object {
	const { setupCode, setupPayload } = server;
	return { setupCode, setupPayload, qr: qrRows(setupPayload) };
}

export interface Inside {
	/** Bytes in use, and bytes that there are; undefined where the target does not count them. */
	readonly heap: { readonly used: number; readonly all: number; } | undefined;
	/** The last lines of the log, the newest last. */
	readonly log: readonly string[];
	/** The last changes, the newest last. */
	readonly events: readonly string[];
}

export function stateOf(server: AccessoryServer, { heap, log, events }: Inside): string {
	const { name, model, deviceId, port, isPaired, pairings } = server;
	return JSON.stringify({
		name,
		model,
		deviceId,
		port,
		pairings: pairings.count,
		label: isPaired ? undefined : labelOf(server),
		values: valuesOf(server),
		sessions: server.describeSessions(),
		heap,
		log,
		events,
	});
}
