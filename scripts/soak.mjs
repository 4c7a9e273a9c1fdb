/** npm run soak -- [--connections N] [--requests N] [--bits 32]: what connections and requests in great number leave behind, and what others feel of it. */

import { parseArgs } from "node:util";
import { BuildError, runMain } from "../host/desktop/scripts/paths.mjs";
import { withAccessory } from "../tests/interop/accessory.mjs";
import { connections, counters, latencies, percentile, requests, settled } from "../tests/interop/soak.mjs";

const SESSIONS = 4;
const WARM_UP = 1000;

function print(line) {
	process.stdout.write(`${line}\n`);
}

function describe(times) {
	return `p50 ${percentile(times, 0.5).toFixed(2)} ms, p95 ${percentile(times, 0.95).toFixed(2)} ms, ${times.length} reads`;
}

async function soak(accessory, { connections: ends, requests: asked }) {
	const pairing = await accessory.pairing();
	const sessions = [];
	for (let i = 0; i < SESSIONS; i++)
		sessions.push(await accessory.session(pairing));
	const [bystander, ...others] = sessions;
	await connections(accessory.port, pairing, WARM_UP);
	await requests(sessions, WARM_UP);
	await settled(accessory);
	const before = await counters(accessory);
	print(`before: ${JSON.stringify(before)}`);
	const alone = await latencies(bystander, new Promise((resolve) => setTimeout(resolve, 5000)));
	print(`a session's reads, alone: ${describe(alone)}`);
	let from = performance.now();
	let refused = 0;
	const beside = await latencies(bystander, connections(accessory.port, pairing, ends).then((count) => (refused = count)));
	print(
		`${ends} connections in ${Math.round((performance.now() - from) / 1000)} s, ${refused} put out; reads beside them: ${describe(beside)}`,
	);
	from = performance.now();
	await requests(others, asked);
	print(`${asked} requests in ${Math.round((performance.now() - from) / 1000)} s`);
	const after = await settled(accessory, before);
	print(`after:  ${JSON.stringify(after)}`);
	if (JSON.stringify(after) !== JSON.stringify(before))
		throw new BuildError("something is left behind");
	print("nothing is left behind");
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
	await withAccessory((accessory) => soak(accessory, counts), { parameters: ["--no-discovery", "--bits", values.bits] });
	return 0;
});
