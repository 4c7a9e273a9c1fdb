/** The status page of npm start --status PORT: in the place of target/status. */

import { argumentText, collectGarbage, heapCounters, print } from "host:process";
import type { AccessoryServer } from "hap/accessory/accessory-server";
import { messageOf, StartError } from "hap/accessory/target";
import { StatusPage } from "status/status-page";
import { Argument } from "target/arguments";

function heap(): { used: number; all: number; } {
	collectGarbage();
	const { slots, slotBytes, chunkBytes, blockBytes } = heapCounters();
	return { used: slots * slotBytes + chunkBytes, all: blockBytes };
}

/** Without --host it is for this computer alone: who sees the page of an unpaired accessory can pair with it. */
export function openStatus(server: AccessoryServer, host = "127.0.0.1"): StatusPage {
	try {
		const page = new StatusPage(server, { port: Number(argumentText(Argument.Status)), host, heap });
		print(argumentText(Argument.Look) === "json" ? JSON.stringify({ status: page.port }) : `status page: http://${host}:${page.port}/`);
		return page;
	}
	catch (error) {
		throw new StartError(`the status page cannot listen on ${host} port ${argumentText(Argument.Status)}: ${messageOf(error)}`);
	}
}
