/** What is measured, and how many times: jobs run in turn for every server, measures are what they answer. */

import { measureEvents, measureWriter } from "./measures/events.mjs";
import { measureMemory } from "./measures/memory.mjs";
import { measurePairSetup, measurePairVerify } from "./measures/pairing.mjs";
import { get, getCharacteristics, load, putCharacteristics, withSessions } from "./measures/requests.mjs";

const BRIDGE = 150;
const PIPELINED = 8;
const MANY_IDLE = 15;

const rate = (id, title, reach) => ({ id: `${id}.rate`, title: `${title}, requests a second`, unit: "/s", better: "higher", reach });
const cpu = (id, title, reach) => ({ id: `${id}.cpu`, title: `${title}, CPU of the server`, unit: "µs", better: "lower", reach });
const time = (id, title, reach) => ({ id, title, unit: "ms", better: "lower", reach });
const bytes = (id, title, reach) => ({ id, title, unit: "MB", better: "lower", reach });

function requestJob(id, title, { requests, connections = 1, depth = 1, count, on = "main", idle = 0, rateReach, cpuReach }) {
	return {
		title,
		on,
		measures: [rate(id, title, rateReach), cpu(id, title, cpuReach)],
		run: ({ instance, subject, scale }) =>
			withSessions(instance, connections + idle, async (sessions) => {
				const total = Math.max(2 * connections, Math.round((count * scale) / 2) * 2);
				const result = await load(instance.pid, sessions.slice(0, connections), requests(subject), total, depth);
				return { [`${id}.rate`]: result.perSecond, [`${id}.cpu`]: result.cpuMicroseconds };
			}),
	};
}

function requestJobs() {
	const jobs = [];
	for (const connections of [1, 8, 16]) {
		for (const [ids, count] of [[1, 4000], [10, 1200], [50, 320]]) {
			const title = `GET of ${ids}, ${connections} connection${connections > 1 ? "s" : ""}`;
			const rateReach = ids > 1 || connections > 8 ? undefined : connections === 1 ? 1.5 : 1.3;
			const cpuReach = ids > 1 || connections > 1 ? undefined : 0.5;
			const requests = (subject) => getCharacteristics(subject, ids);
			jobs.push(
				requestJob(`get${ids}x${connections}`, title, {
					requests,
					connections,
					count,
					on: ids > 1 ? "bridge" : "main",
					rateReach,
					cpuReach,
				}),
			);
		}
	}
	const getOne = (subject) => getCharacteristics(subject, 1);
	const accessories = () => [get("/accessories")];
	return [
		...jobs,
		requestJob("pipelined", `GET of 1, ${PIPELINED} ahead`, { requests: getOne, depth: PIPELINED, count: 4000 }),
		requestJob("put", "PUT, toggling", { requests: putCharacteristics, count: 3000, rateReach: 1.5 }),
		requestJob("accessories", "GET /accessories", { requests: accessories, count: 2000, rateReach: 1.3 }),
		requestJob("bridge", `GET /accessories of ${BRIDGE}`, { requests: accessories, count: 40, on: "bridge" }),
		requestJob("idle", `GET of 1 beside ${MANY_IDLE} idle sessions`, { requests: getOne, count: 3000, idle: MANY_IDLE }),
		requestJob("bridge1", `GET of 1 of ${BRIDGE} accessories`, { requests: getOne, count: 3000, on: "bridge" }),
	];
}

function pairingJobs() {
	return [
		{
			title: "pair-setup",
			on: "unpaired",
			measures: [time("setup.time", "pair-setup, answers", 0.3), time("setup.cpu", "pair-setup and unpairing, CPU of the server")],
			run: async ({ instance }) => {
				const { waitedMS, cpuMS } = await measurePairSetup(instance);
				return { "setup.time": waitedMS, "setup.cpu": cpuMS };
			},
		},
		{
			title: "pair-verify",
			on: "main",
			measures: [time("verify.time", "pair-verify, answers", 0.15), time("verify.cpu", "pair-verify, CPU of the server")],
			run: async ({ instance, scale }) => {
				const { waitedMS, cpuMS } = await measurePairVerify(instance, Math.max(5, Math.round(40 * scale)));
				return { "verify.time": waitedMS, "verify.cpu": cpuMS };
			},
		},
	];
}

const even = (count) => 2 * Math.max(1, Math.round(count / 2));

function eventJobs() {
	const writer = (subscribers) => time(`writer${subscribers}`, `PUT with ${subscribers} subscriber${subscribers > 1 ? "s" : ""}, answer`);
	return [
		{
			title: "events",
			on: "main",
			measures: [time("event.quiet", "event at 7 subscribers, after quiet"), time("event.busy", "event at 7 subscribers, back to back")],
			run: async ({ instance, subject, scale }) => {
				const counts = { quietWrites: even(4 * scale), busyWrites: even(6 * scale) };
				const { quiet, backToBack } = await measureEvents(instance, subject, counts);
				return { "event.quiet": quiet, "event.busy": backToBack };
			},
		},
		...[1, 15].map((subscribers) => ({
			title: `PUT with ${subscribers} subscribers`,
			on: "main",
			measures: [writer(subscribers)],
			run: async ({ instance, subject, scale }) => ({
				[`writer${subscribers}`]: await measureWriter(instance, subject, subscribers, even(8 * scale), 300),
			}),
		})),
	];
}

function memoryJob() {
	const stages = { idle: "at rest", paired: "paired", eight: "8 sessions", sixteen: "16 sessions" };
	const measures = Object.entries(stages).flatMap(([stage, title]) => [
		bytes(`rss.${stage}`, `resident memory, ${title}`),
		{ ...bytes(`heap.${stage}`, `heap of XS, ${title}`), unit: "KB" },
	]);
	return {
		title: "memory",
		on: "fresh",
		measures,
		run: async ({ server }) => {
			const seen = await measureMemory(server);
			const entries = Object.entries(seen).flatMap(([stage, { rss, heap }]) => [
				[`rss.${stage}`, rss && rss / 1e6],
				[`heap.${stage}`, heap && heap / 1e3],
			]);
			return Object.fromEntries(entries);
		},
	};
}

export function plan() {
	return [...requestJobs(), ...pairingJobs(), ...eventJobs(), memoryJob()];
}

export { BRIDGE };
