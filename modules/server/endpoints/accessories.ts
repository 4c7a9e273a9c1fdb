/** GET /accessories: the whole database, streamed. */

import { accessoriesJson } from "hap/model/accessories-json";
import type { Endpoint } from "hap/server/endpoints/endpoint";

export const getAccessories: Endpoint = (accessory, _connection, _request, response) => {
	response.sendJson(200, accessoriesJson(accessory.database));
};
