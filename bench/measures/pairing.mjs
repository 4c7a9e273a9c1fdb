/** Pair-setup and pair-verify: how long a controller waits for the accessory's answers, and its processor's time. */

import { LoadSession } from "../controller/load-session.mjs";
import { pairSetup, pairVerify, unpair } from "../controller/pairing.mjs";
import { cpuTime } from "../process-usage.mjs";

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const between = (before, after) => (before === undefined ? undefined : (after - before) / 1e6);

export async function pair(instance) {
	const session = await LoadSession.connect(instance.port);
	const { pairing, waitedMS } = await pairSetup(session, instance.code);
	session.close();
	instance.pairing = pairing;
	return waitedMS;
}

/** Of an accessory that is not paired, and is not afterwards. */
export async function measurePairSetup(instance) {
	await pause(50); // an accessory may prepare itself while it is idle
	const cpu = cpuTime(instance.pid);
	const waitedMS = await pair(instance);
	const cpuMS = between(cpu, cpuTime(instance.pid));
	const session = await LoadSession.open(instance.port, instance.pairing);
	await unpair(session, instance.pairing);
	session.close();
	return { waitedMS, cpuMS };
}

export async function measurePairVerify(instance, count) {
	const cpu = cpuTime(instance.pid);
	let waitedMS = 0;
	for (let i = 0; i < count; i++) {
		const session = await LoadSession.connect(instance.port);
		waitedMS += await pairVerify(session, instance.pairing);
		session.close();
		await pause(2);
	}
	return { waitedMS: waitedMS / count, cpuMS: cpu === undefined ? undefined : between(cpu, cpuTime(instance.pid)) / count };
}
