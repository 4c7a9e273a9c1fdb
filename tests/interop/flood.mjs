/** A session that asks for more than its connection takes, and reads none of it. */

import { setTimeout as sleep } from "node:timers/promises";
import { requestBytes } from "./connection.mjs";

/** Requests and answers of some 1.5 KB each: a hundred times what the buffers of a loopback connection take. */
const MAX_FLOOD = 1000000;
const AT_A_TIME = 200;
const STALLED_MS = 500;
const PADDING = Object.fromEntries(["X-One", "X-Two", "X-Three"].map((name) => [name, "x".repeat(480)]));

/** Asks for the whole database, reading none of it, until nobody takes more; answers how often. */
export async function flood(session) {
	session.socket.pause();
	const requests = Buffer.concat(Array.from({ length: AT_A_TIME }, () => requestBytes("GET", "/accessories", undefined, PADDING)));
	for (let asked = AT_A_TIME; asked < MAX_FLOOD; asked += AT_A_TIME) {
		const taken = new Promise((resolve) => session.socket.write(session.seal(requests), () => resolve(true)));
		if (!(await Promise.race([taken, sleep(STALLED_MS, false)])))
			return asked;
	}
	throw new Error("a session that does not read was served without end");
}
