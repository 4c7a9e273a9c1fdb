/** PUT /prepare: announces a timed write. */

import { parsePrepare } from "hap/model/prepare";
import { HapStatus } from "hap/model/types";
import type { Endpoint } from "hap/server/endpoints/endpoint";
import { parseJson } from "hap/wire/json";

export const putPrepare: Endpoint = (accessory, connection, request, response) => {
	connection.preparedWrite = parsePrepare(parseJson(request.body, accessory.jsonLimits), accessory.now());
	response.sendStatus(200, HapStatus.Success);
};
