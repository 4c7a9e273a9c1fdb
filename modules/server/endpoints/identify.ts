/** POST /identify: "here I am", for a stranger, and only while the accessory is not paired. */

import { HapStatus } from "hap/model/types";
import type { Endpoint } from "hap/server/endpoints/endpoint";

export const postIdentify: Endpoint = (accessory, _connection, _request, response) => {
	if (accessory.pairings.isPaired) {
		response.sendStatus(400, HapStatus.InsufficientPrivileges);
		return;
	}
	accessory.identify();
	response.sendEmpty(204);
};
