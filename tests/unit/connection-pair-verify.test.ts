/** A connection that closes in the middle of pair-verify leaves nothing of the exchange. */

import { MalformedError } from "hap/bytes/bytes";
import { PairVerify } from "hap/pairing/pair-verify";
import { Permission } from "hap/pairing/pairings";
import type { ConnectionHost } from "hap/server/connection-host";
import { HAPConnection } from "hap/server/hap-connection";
import type { Socket } from "hap/server/socket";
import { Controller, VerifyDialogue } from "tests/fakes/pairing-controller";
import { PairingAccessory } from "tests/fakes/pairing-accessory";
import { equal, test, throws } from "tests/harness";

const PHONE = new Controller(1);

/** What a connection asks of its server when it is opened and closed, and no more. */
function openConnection(): HAPConnection {
	const host = { now: () => 0, journal: { next: 0 }, onClosed: () => {} };
	const connection = new HAPConnection(host as unknown as ConnectionHost, 1);
	connection.attach({ close: () => {} } as unknown as Socket<HAPConnection>);
	return connection;
}

test("the exchange is over when the connection closes between M2 and M3", () => {
	const accessory = new PairingAccessory();
	accessory.know(PHONE, Permission.Admin);
	const verify = new PairVerify(accessory.identity, accessory.pairings);
	const dialogue = new VerifyDialogue(PHONE, accessory.identity.accessoryLTPK);
	const M3 = dialogue.M3(verify.handle(dialogue.M1()));
	const connection = openConnection();
	connection.pairVerify = verify;
	connection.close();
	equal(connection.pairVerify, undefined);
	throws(() => verify.handle(M3), MalformedError);
	equal(verify.result, undefined);
});
