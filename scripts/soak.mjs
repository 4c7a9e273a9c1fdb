/** npm run soak -- [--connections N] [--requests N] [--bits 32]: what connections and requests in great number leave behind, and what others feel of it. */

import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { BuildError, runMain } from "../host/desktop/scripts/paths.mjs";
import { withAccessory } from "../tests/interop/accessory.mjs";
import { ACCESSORY_PREFIX, Bystander, Crowd } from "../tests/interop/processes.mjs";
import { connections, counters, events, requests, settled } from "../tests/interop/soak.mjs";

const SESSIONS = 4;
const WARM_UP = 1000;
const PER_SECOND = 1000;
const MEASURE_MS = 5000;
/** The accessory's first look at itself, and two fields that it has from then on. */
const FIRST_CHECK_MS = 300_000;
const FIRST_CHECK_SLOTS = 2;
/** What a bystander reads beside: of the kinds of soak.mjs. */
const CROWDS = ["silent", "reset", "slowReader", "abandoned", "halfRequest", "verified", "all"];

function print(line) {
	process.stdout.write(`${line}\n`);
}

function describe({ p50, p95, p99, count }) {
	return `p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${count} reads`;
}

/** What a session feels of others: it, they and the accessory are processes of their own. */
async function bystand({ port }, pairing) {
	const bystander = new Bystander(port, pairing);
	const measure = async () => {
		await bystander.measured();
		await sleep(MEASURE_MS);
		return describe(await bystander.measured());
	};
	print(`a session's reads, alone: ${await measure()}`);
	for (const kind of CROWDS) {
		const crowd = new Crowd(port, pairing, kind, PER_SECOND);
		await sleep(1000);
		const times = await measure();
		const { count, seconds } = await crowd.stop();
		print(`... beside ${Math.round(count / seconds)} connections a second, ${kind}: ${times}`);
	}
	print(`... alone again: ${await measure()}`);
	await bystander.end();
}

async function soak(accessory, { connections: ends, requests: asked }) {
	const started = performance.now();
	const pairing = await accessory.pairing();
	await bystand(accessory, pairing); // before there are sessions that a crowd of verified ones would put out
	const sessions = [];
	for (let i = 0; i < SESSIONS; i++)
		sessions.push(await accessory.session(pairing));
	await events(accessory.port, pairing);
	await connections(accessory.port, pairing, WARM_UP);
	await requests(sessions, WARM_UP);
	await settled(accessory);
	const before = await counters(accessory);
	print(`before: ${JSON.stringify(before)}`);
	let from = performance.now();
	const refused = await connections(accessory.port, pairing, ends);
	print(`${ends} connections in ${Math.round((performance.now() - from) / 1000)} s, ${refused} put out`);
	from = performance.now();
	await requests(sessions, asked);
	print(`${asked} requests in ${Math.round((performance.now() - from) / 1000)} s`);
	const isChecked = performance.now() - started > FIRST_CHECK_MS;
	const expected = { ...before, slots: before.slots + (isChecked ? FIRST_CHECK_SLOTS : 0) };
	const after = await settled(accessory, expected);
	print(`after:  ${JSON.stringify(after)}`);
	if (JSON.stringify(after) !== JSON.stringify(expected))
		throw new BuildError("something is left behind");
	print(`nothing is left behind${isChecked ? `; ${FIRST_CHECK_SLOTS} slots are the first self-check's` : ""}`);
}

await runMain(async () => {
	const { values } = parseArgs({
		options: {
			connections: { type: "string", default: "100000" },
			requests: { type: "string", default: "1000000" },
			bits: { type: "string", default: "64" },
		},
	});
	const counts = { connections: Number(values.connections), requests: Number(values.requests) };
	await withAccessory((accessory) => soak(accessory, counts), {
		prefix: ACCESSORY_PREFIX,
		parameters: ["--no-discovery", "--bits", values.bits],
	});
	return 0;
});
