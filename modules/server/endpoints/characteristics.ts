/** GET and PUT /characteristics. */

import type { ModelAnswer } from "hap/model/answer";
import { isWaiting, type WaitingRequest } from "hap/model/later";
import { timingOf } from "hap/model/prepare";
import { readCharacteristics } from "hap/model/read-request";
import { DONE, parseWriteRequest, Timing, writeCharacteristics } from "hap/model/write-request";
import type { Accessory, Endpoint } from "hap/server/endpoints/endpoint";
import type { HAPConnection } from "hap/server/hap-connection";
import type { HAPResponse } from "hap/server/hap-response";
import { LateAnswer } from "hap/server/late-answer";
import { JSON_TYPE } from "hap/wire/http-writer";
import { parseJson } from "hap/wire/json";
import { parseQuery } from "hap/wire/query";

/** A body that is over soon has a length; one that may be long goes in chunks, so that it never lies in memory whole. */
const SHORT = 256;

function sendAnswer(response: HAPResponse, { httpStatus, body }: ModelAnswer): void {
	if (!body) {
		response.sendEmpty(httpStatus);
		return;
	}
	if (typeof body === "string") {
		response.sendJson(httpStatus, body);
		return;
	}
	let text: string | undefined;
	while (text === undefined || text.length < SHORT) {
		const next = body.next();
		if (next.done) {
			response.sendJson(httpStatus, text ?? "");
			return;
		}
		text = text === undefined ? next.value : text + next.value;
	}
	response.sendJson(httpStatus, new Prepended(text, body));
}

/** A text, and then the pieces of a body. */
class Prepended implements Iterator<string> {
	private readonly body: Iterator<string>;
	value: string;
	done = false;
	private isFirst = true;

	constructor(text: string, body: Iterator<string>) {
		this.value = text;
		this.body = body;
	}

	next(): IteratorResult<string> {
		if (!this.isFirst)
			return this.body.next();
		this.isFirst = false;
		return this;
	}
}

function answer(accessory: Accessory, connection: HAPConnection, response: HAPResponse, result: ModelAnswer | WaitingRequest): void {
	if (isWaiting(result))
		wait(accessory, connection, response, result);
	else
		sendAnswer(response, result);
}

/** A function of its own: what its closure holds takes memory each time. */
function wait(accessory: Accessory, connection: HAPConnection, response: HAPResponse, request: WaitingRequest): void {
	new LateAnswer(connection, request, (complete) => sendAnswer(response, complete), accessory.answerWithinMS);
}

export const getCharacteristics: Endpoint = (accessory, connection, request, response) => {
	const result = readCharacteristics(accessory.database, parseQuery(request.query), connection);
	if (typeof result === "string")
		response.send(200, JSON_TYPE, result);
	else
		answer(accessory, connection, response, result);
};

export const putCharacteristics: Endpoint = (accessory, connection, request, response) => {
	const write = parseWriteRequest(parseJson(request.body, accessory.jsonLimits));
	let timing = Timing.Untimed;
	if (write.pid !== undefined) {
		timing = timingOf(write.pid, connection.preparedWrite, accessory.now());
		if (timing === Timing.Prepared)
			connection.preparedWrite = undefined; // once; a write with another pid does not spend it
	}
	const result = writeCharacteristics(accessory.database, write.characteristics, connection, timing);
	if (result === DONE)
		response.sendEmpty(DONE.httpStatus);
	else
		answer(accessory, connection, response, result);
};
