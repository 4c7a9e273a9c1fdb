/** What this accessory tells on the network of itself: HAP R2 "Bonjour TXT record". */

import type { ServiceText } from "hap/discovery/service";
import { loadConfigurationNumber } from "hap/model/configuration";
import type { AccessoryDatabase } from "hap/model/database";
import type { Identity } from "hap/pairing/identity";
import { setupHash } from "hap/pairing/setup-payload";
import type { Records } from "hap/storage/records";

export interface Advertised {
	readonly category: number;
	readonly database: AccessoryDatabase;
	readonly identity: Identity;
	readonly isPaired: boolean;
	readonly model: string;
	readonly records: Records;
}

export function describeText({ category, database, identity, isPaired, model, records }: Advertised): ServiceText {
	const { deviceId, setupId } = identity;
	return {
		"c#": loadConfigurationNumber(records, database.definition),
		ff: 0,
		id: deviceId,
		md: model,
		pv: "1.1",
		"s#": 1,
		sf: isPaired ? 0 : 1,
		ci: category,
		sh: setupHash(setupId, deviceId),
	};
}
