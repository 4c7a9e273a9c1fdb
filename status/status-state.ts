/** What the status page shows, as JSON. The setup code and its picture are in it only while nobody is paired. */

import qrCode from "qrcode";
import type { AccessoryServer } from "hap/accessory/accessory-server";
import type { Value } from "hap/model/types";

const MAX_QR_VERSION = 4;

/** Rows of modules, 1 is dark. */
function qrRows(text: string): string[] {
	const code = qrCode({ input: text, maxVersion: MAX_QR_VERSION });
	const modules = new Uint8Array(code as ArrayBuffer);
	const rows: string[] = [];
	for (let y = 0; y < code.size; y++)
		rows.push(modules.subarray(y * code.size, (y + 1) * code.size).join(""));
	return rows;
}

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
