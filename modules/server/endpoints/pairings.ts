/** POST /pairings: add, remove, list, by admins. */

import { handlePairings } from "hap/pairing/pairings-procedure";
import type { Endpoint } from "hap/server/endpoints/endpoint";

export const postPairings: Endpoint = (accessory, connection, request, response) => {
	const answer = handlePairings(request.body, connection.username ?? "", accessory.pairings, {
		onRemoved: (controllerIds) => accessory.onPairingsRemoved(controllerIds, connection),
		onUser: (controllerId) => accessory.onUser(controllerId),
		onFault: (error) => accessory.onFault?.(error),
	});
	response.sendTlv(answer);
};
