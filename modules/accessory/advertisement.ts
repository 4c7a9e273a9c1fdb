/** What this accessory tells on the network of itself: HAP R2 "Bonjour TXT record". */

import type { ServiceDescription } from "hap/discovery/service";
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
	readonly name: string;
	readonly port: number;
	readonly records: Records;
}

export function describeService({ category, database, identity, isPaired, model, name, port, records }: Advertised): ServiceDescription {
	const { deviceId, setupId } = identity;
	const text = {
		"c#": loadConfigurationNumber(records, database.definition, isPaired),
		ff: 0,
		id: deviceId,
		md: model,
		pv: "1.1",
		"s#": 1,
		sf: isPaired ? 0 : 1,
		ci: category,
		sh: setupHash(setupId, deviceId),
	};
	return { instance: name, hostName: `hap-xs-${deviceId.split(":").join("")}`, port, text };
}
