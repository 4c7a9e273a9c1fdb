/** GET and PUT /characteristics. */

import { timingOf } from "hap/model/prepare";
import { readCharacteristics } from "hap/model/read-request";
import { parseWriteRequest, Timing, writeCharacteristics } from "hap/model/write-request";
import type { Endpoint } from "hap/server/endpoints/endpoint";
import type { HAPResponse } from "hap/server/hap-response";
import { parseJson } from "hap/wire/json";
import { parseQuery } from "hap/wire/query";

/** A body that is over soon has a length; one that may be long goes in chunks, so that it never lies in memory whole. */
const SHORT = 256;

function sendAnswer(response: HAPResponse, status: number, body: Iterator<string> | undefined): void {
	let text = "";
	if (!body) {
		response.sendEmpty(status);
		return;
	}
	while (text.length < SHORT) {
		const { value, done } = body.next();
		if (done) {
			response.sendJson(status, text);
			return;
		}
		text += value;
	}
	response.sendJson(status, prepend(text, body));
}

function* prepend(text: string, body: Iterator<string>): Generator<string> {
	yield text;
	for (let next = body.next(); !next.done; next = body.next())
		yield next.value;
}

export const getCharacteristics: Endpoint = (accessory, connection, request, response) => {
	const { httpStatus, body } = readCharacteristics(accessory.database, parseQuery(request.query), connection);
	sendAnswer(response, httpStatus, body);
};

export const putCharacteristics: Endpoint = (accessory, connection, request, response) => {
	const write = parseWriteRequest(parseJson(request.body, accessory.jsonLimits));
	const timing = timingOf(write.pid, connection.preparedWrite, accessory.now());
	if (timing === Timing.Prepared)
		connection.preparedWrite = undefined; // once; a write with another pid does not spend it
	const { httpStatus, body } = writeCharacteristics(accessory.database, write, connection, timing);
	sendAnswer(response, httpStatus, body);
};

// Else the linker leaves the prototype of a generator's instances writable, and in memory.
Object.freeze(prepend.prototype);
