/** POST /pair-setup. One connection at a time holds the exchange. */

import type { Endpoint } from "hap/server/endpoints/endpoint";

export const postPairSetup: Endpoint = (accessory, connection, request, response) => {
	response.sendTlv(accessory.pairSetup.handle(request.body, connection, accessory.now()));
};
