/** POST /pairings: add, remove, list, by admins. */

import { Permission } from "hap/pairing/pairings";
import { handlePairings } from "hap/pairing/pairings-procedure";
import type { Endpoint } from "hap/server/endpoints/endpoint";

export const postPairings: Endpoint = (accessory, connection, request, response) => {
	const controllerId = connection.username ?? "";
	const isAdmin = accessory.pairings.find(controllerId)?.permissions === Permission.Admin;
	const removed: string[] = [];
	const answer = handlePairings(request.body, { controllerId, isAdmin }, accessory.pairings, {
		onRemoved: (id) => removed.push(id),
	});
	if (removed.length > 0)
		accessory.onPairingsRemoved(removed, connection);
	response.sendTlv(answer);
};
