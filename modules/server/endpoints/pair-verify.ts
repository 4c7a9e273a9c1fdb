/** POST /pair-verify. Its last answer is the last one in the clear; on a secured session it may start over. */

import { PairVerify } from "hap/pairing/pair-verify";
import { wipe } from "hap/crypto/crypto";
import type { Endpoint } from "hap/server/endpoints/endpoint";
import { Session } from "hap/wire/frame";

export const postPairVerify: Endpoint = (accessory, connection, request, response) => {
	connection.pairVerify ??= new PairVerify(accessory.identity, accessory.pairings);
	const answer = connection.pairVerify.handle(request.body);
	const { result } = connection.pairVerify;
	if (result) {
		connection.pairVerify = undefined;
		connection.secure(new Session(result.sharedSecret));
		wipe(result.sharedSecret);
		connection.connectionAuthenticated(result.controllerId);
	}
	response.sendTlv(answer);
};
