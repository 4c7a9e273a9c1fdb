/** GET and PUT /characteristics. */

import { timingOf } from "hap/model/prepare";
import { readCharacteristics } from "hap/model/read-request";
import { parseWriteRequest, writeCharacteristics } from "hap/model/write-request";
import type { Endpoint } from "hap/server/endpoints/endpoint";
import { parseJson } from "hap/wire/json";
import { parseQuery } from "hap/wire/query";

export const getCharacteristics: Endpoint = (accessory, connection, request, response) => {
	const { httpStatus, body } = readCharacteristics(accessory.database, parseQuery(request.query), connection);
	response.sendJson(httpStatus, body ?? "");
};

export const putCharacteristics: Endpoint = (accessory, connection, request, response) => {
	const write = parseWriteRequest(parseJson(request.body));
	const timing = timingOf(write.pid, connection.preparedWrite, accessory.now());
	if (write.pid !== undefined)
		connection.preparedWrite = undefined;
	const { httpStatus, body } = writeCharacteristics(accessory.database, write, connection, timing);
	if (body === undefined)
		response.sendEmpty(httpStatus);
	else
		response.sendJson(httpStatus, body);
};
