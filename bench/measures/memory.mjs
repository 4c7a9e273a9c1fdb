/** Memory of the server's process and of its script engine's heap, from its start to sixteen busy sessions. */

import { Instance } from "../servers.mjs";
import { memory } from "../process-usage.mjs";
import { pair } from "./pairing.mjs";
import { get, getCharacteristics, inspect, load, withSessions } from "./requests.mjs";

const REQUESTS = 400;
const SETTLE_MS = 300;

async function look(instance) {
	await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
	return { rss: memory(instance.pid)?.rss, heap: await instance.heap() };
}

async function withLoad(instance, count) {
	return withSessions(instance, count, async (sessions) => {
		const subject = await inspect(sessions[0]);
		await load(instance.pid, sessions, getCharacteristics(subject, 1), REQUESTS);
		await load(instance.pid, sessions.slice(0, 1), [get("/accessories")], 20);
		return look(instance);
	});
}

/** { idle, paired, eight, sixteen }, each { rss, heap } in bytes, of a process of its own. */
export async function measureMemory(server) {
	const instance = await Instance.start(server);
	try {
		const idle = await look(instance);
		await pair(instance);
		const paired = await look(instance);
		const eight = await withLoad(instance, 8);
		const sixteen = await withLoad(instance, 16);
		return { idle, paired, eight, sixteen };
	}
	finally {
		await instance.stop();
	}
}
