/** What this accessory tells on the network of itself: HAP R2 "Bonjour TXT record". */

import type { ServiceDescription } from "hap/discovery/service";
import { loadConfigurationNumber } from "hap/model/configuration";
import type { Identity } from "hap/pairing/identity";
import { setupHash } from "hap/pairing/setup-payload";
import type { Records } from "hap/storage/records";
import { CATEGORY, DEFINITION, MODEL } from "host/this-accessory";

export interface Advertised {
	readonly identity: Identity;
	readonly isPaired: boolean;
	readonly name: string;
	readonly port: number;
}

export function describeService({ identity, isPaired, name, port }: Advertised, records: Records): ServiceDescription {
	const { deviceId, setupId } = identity;
	const text = {
		"c#": loadConfigurationNumber(records, DEFINITION),
		ff: 0,
		id: deviceId,
		md: MODEL,
		pv: "1.1",
		"s#": 1,
		sf: isPaired ? 0 : 1,
		ci: CATEGORY,
		sh: setupHash(setupId, deviceId),
	};
	return { instance: name, hostName: `hap-xs-${deviceId.split(":").join("")}`, port, text };
}
