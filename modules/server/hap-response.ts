/** The answer to one request. It may be given later; until then its connection reads no further request. */

import type { Piece } from "hap/server/outgoing";
import { JSON_TYPE } from "hap/wire/http-writer";

export const PAIRING_TYPE = "application/pairing+tlv8";

/** What an answer goes out through: the connection. */
export interface ResponseSink {
	/** `body` of a known length, or pieces of an unknown one, which go chunked. */
	sendResponse(status: number, contentType: string | undefined, body: Piece | Iterator<Piece> | undefined): void;
}

export class HAPResponse {
	declare private sink: ResponseSink | undefined;

	constructor(sink: ResponseSink) {
		this.sink = sink;
	}

	/** Only the first call counts: a handler that fails after it answered has answered. */
	send(status: number, contentType?: string, body?: Piece | Iterator<Piece>): void {
		const sink = this.sink;
		if (!sink)
			return;
		this.sink = undefined;
		sink.sendResponse(status, contentType, body);
	}

	sendEmpty(status: number): void {
		this.send(status);
	}

	sendJson(status: number, body: string | Iterator<Piece>): void {
		this.send(status, JSON_TYPE, body);
	}

	sendTlv(body: Uint8Array): void {
		this.send(200, PAIRING_TYPE, body);
	}

	/** A HAP status alone, for the whole request. */
	sendStatus(httpStatus: number, status: number): void {
		this.sendJson(httpStatus, `{"status":${status}}`);
	}
}
