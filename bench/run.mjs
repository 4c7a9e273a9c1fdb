/** npm run bench: measures this server and others side by side. --help says how. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { BuildError, runMain } from "../host/desktop/scripts/paths.mjs";
import { chart } from "./chart.mjs";
import { runFleet } from "./fleet.mjs";
import { machine } from "./machine.mjs";
import { BRIDGE, plan } from "./plan.mjs";
import { table } from "./report.mjs";
import { hapNodeJS, Instance, isPinned, otherServers, ours, pinSelf } from "./servers.mjs";
import { LoadSession } from "./controller/load-session.mjs";
import { pair } from "./measures/pairing.mjs";
import { inspect } from "./measures/requests.mjs";
import { summary } from "./statistics.mjs";

const HELP = `npm run bench -- [options]      this server and HAP-NodeJS, measured side by side

  --quick              fewer requests and rounds: a look, not a measurement
  --rounds NUMBER      (default: 5, quick 2)
  --only TEXT          jobs whose title contains it
  --json               the result on standard output, as JSON
  --alone              without HAP-NodeJS
  --server NAME=CMD    another HAP server, with {port} {state} {code} {accessories}; or a JSON file. bench/README.md
  --keep               writes bench/results/latest.json and .svg
  --fleet NUMBER       so many switches on this machine, found by mDNS, paired and toggled
  --help
`;

const OPTIONS = {
	quick: { type: "boolean", default: false },
	rounds: { type: "string" },
	only: { type: "string", default: "" },
	json: { type: "boolean", default: false },
	alone: { type: "boolean", default: false },
	server: { type: "string", multiple: true, default: [] },
	keep: { type: "boolean", default: false },
	fleet: { type: "string" },
	help: { type: "boolean", default: false },
};

const QUICK_SCALE = 0.1;
const results = join(dirname(fileURLToPath(import.meta.url)), "results");

function readOptions() {
	try {
		const { values } = parseArgs({ options: OPTIONS, strict: true });
		for (const name of ["rounds", "fleet"])
			if (values[name] !== undefined && !/^[1-9]\d*$/.test(values[name]))
				throw new Error(`--${name} ${values[name]} is no number`);
		return values;
	}
	catch (error) {
		throw new BuildError(`${error.message}. Try npm run bench -- --help`);
	}
}

const isTerminal = process.stderr.isTTY;

function progress(text) {
	process.stderr.write(isTerminal ? `\r\x1b[K${text}` : text && `${text}\n`);
}

/** The processes of one server that live through the run. */
async function openServer(server, needs) {
	const instances = {};
	for (const [name, accessories] of [["main", 1], ["unpaired", 1], ["bridge", BRIDGE]]) {
		if (!needs.has(name) || (name === "bridge" && !server.bridge))
			continue;
		const instance = await Instance.start(server, accessories);
		instances[name] = { instance };
		if (name === "unpaired")
			continue;
		await pair(instance);
		const session = await LoadSession.open(instance.port, instance.pairing);
		instances[name].subject = await inspect(session);
		session.close();
	}
	return { server, instances };
}

async function runJob(job, { server, instances }, scale) {
	if (job.on === "fresh")
		return job.run({ server, scale });
	const found = instances[job.on];
	return found ? job.run({ ...found, server, scale }) : {};
}

/** Values by measure and server: one of every round, or what a round has of them. */
async function measure(jobs, servers, { rounds, scale }) {
	const values = new Map();
	for (let round = 1; round <= rounds; round++) {
		for (const job of jobs) {
			for (const open of servers) {
				progress(`round ${round} of ${rounds}: ${job.title}, ${open.server.name}`);
				for (const [id, value] of Object.entries(await runJob(job, open, scale))) {
					const key = `${id} ${open.server.name}`;
					values.set(key, [...(values.get(key) ?? []), ...[value].flat()]);
				}
			}
		}
	}
	progress("");
	return values;
}

function report(jobs, servers, values, options) {
	const measures = jobs.flatMap(({ measures }) => measures).map((measure) => ({
		...measure,
		values: Object.fromEntries(servers.map(({ name }) => [name, summary(values.get(`${measure.id} ${name}`) ?? [])])),
	}));
	return { ...machine(), isPinned, ...options, servers: servers.map(({ name, about }) => ({ name, about })), measures };
}

function keep(result) {
	mkdirSync(results, { recursive: true });
	writeFileSync(join(results, "latest.json"), `${JSON.stringify(result, null, "\t")}\n`);
	writeFileSync(join(results, "latest.svg"), chart(result));
}

async function runBench(options) {
	const log = (line) => process.stderr.write(`${line}\n`);
	const servers = [ours({ log }), ...(options.alone ? [] : [hapNodeJS({ log })]), ...options.server.flatMap(otherServers)];
	const jobs = plan().filter(({ title }) => title.includes(options.only));
	const run = { rounds: Number(options.rounds ?? (options.quick ? 2 : 5)), scale: options.quick ? QUICK_SCALE : 1 };
	const needs = new Set(jobs.map(({ on }) => on));
	const open = [];
	pinSelf();
	try {
		for (const server of servers) {
			progress(`starting ${server.name}`);
			open.push(await openServer(server, needs));
		}
		const result = report(jobs, servers, await measure(jobs, open, run), run);
		process.stdout.write(options.json ? `${JSON.stringify(result, null, "\t")}\n` : table(result));
		if (options.keep)
			keep(result);
	}
	finally {
		for (const { instances } of open)
			for (const { instance } of Object.values(instances))
				await instance.stop();
	}
}

await runMain(async () => {
	const options = readOptions();
	if (options.help)
		process.stdout.write(HELP);
	else if (options.fleet)
		await runFleet(Number(options.fleet), { isJson: options.json, progress });
	else
		await runBench(options);
});
