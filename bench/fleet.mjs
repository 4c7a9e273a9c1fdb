/** A hundred switches on one machine: found by mDNS on loopback, each paired and toggled, and what they take together. */

import { putCharacteristics } from "./measures/requests.mjs";
import { inspect } from "./measures/requests.mjs";
import { machine } from "./machine.mjs";
import { pair } from "./measures/pairing.mjs";
import { memory } from "./process-usage.mjs";
import { Instance, ours } from "./servers.mjs";
import { LoadSession } from "./controller/load-session.mjs";
import { Browser } from "./browser.mjs";

const MB = 1e6;
const FOUND_WITHIN_MS = 300_000;

/** Every tenth has the name of the tenth before it, so that names are in conflict, and the accessories must settle that. */
const SAME_NAME = 10;

function switchServer({ command, ...server }, number) {
	const name = number % SAME_NAME === 0 ? "Switch" : `Switch no. ${number}`;
	return { ...server, command: command.replace(/"" off$/, `"${name}" on`) };
}

async function startAll(count, progress) {
	const server = ours({ log: progress });
	const instances = [];
	for (let number = 1; number <= count; number++) {
		progress(`starting ${number} of ${count}`);
		instances.push(await Instance.start(switchServer(server, number)));
	}
	return instances;
}

/** Waits until every accessory is seen with a name, an id and a port of its own. */
async function findAll(browser, instances, progress) {
	const start = performance.now();
	const ports = new Set(instances.map(({ port }) => port));
	for (;;) {
		const found = browser.accessories().filter(({ port }) => ports.has(port));
		const ids = new Set(found.map(({ id }) => id));
		progress(`found ${ids.size} of ${ports.size}`);
		if (ids.size === ports.size && new Set(found.map(({ port }) => port)).size === ports.size && found.length === ports.size)
			return { seconds: (performance.now() - start) / 1000, names: new Set(found.map(({ name }) => name)).size };
		if (performance.now() - start > FOUND_WITHIN_MS)
			throw new Error(`only ${ids.size} of ${ports.size} accessories were found, by ${found.length} names`);
		browser.ask();
		await new Promise((resolve) => setTimeout(resolve, 1000));
	}
}

async function useOne(instance) {
	await pair(instance);
	const session = await LoadSession.open(instance.port, instance.pairing);
	const subject = await inspect(session);
	for (const request of putCharacteristics(subject)) {
		session.socket.write(session.seal(request));
		const { status } = await session.next();
		if (status !== 204)
			throw new Error(`toggling: status ${status}`);
	}
	return session;
}

function sum(instances) {
	const all = instances.map(({ pid }) => memory(pid));
	if (all.includes(undefined))
		return undefined;
	const total = (name) => all.reduce((bytes, one) => bytes + one[name], 0) / MB;
	return { rss: total("rss"), pss: total("pss"), most: Math.max(...all.map(({ pss }) => pss)) / MB };
}

function text({ count, startSeconds, found, pairSeconds, memory: used, date, commit, machine: what }) {
	const lines = [
		`${date}, ${commit}; ${what}`,
		`${count} switches, every tenth of the same name, started one after the other in ${startSeconds.toFixed(1)} s`,
		`all of them found by mDNS, each with a name (${found.names}), an id and a port of its own: ${
			found.seconds.toFixed(1)
		} s after the last start`,
		`each paired, its database read, toggled twice: ${pairSeconds.toFixed(1)} s`,
	];
	if (used)
		lines.push(
			`memory with a session each: ${used.pss.toFixed(1)} MB together (PSS), ${(used.pss / count).toFixed(2)} MB each, ${
				used.most.toFixed(2)
			} at most; sum of RSS ${used.rss.toFixed(1)} MB, ${(used.rss / count).toFixed(2)} each`,
		);
	return `${lines.join("\n")}\n`;
}

export async function runFleet(count, { isJson, progress }) {
	const browser = await Browser.open();
	const begin = performance.now();
	const instances = [];
	const sessions = [];
	try {
		instances.push(...await startAll(count, progress));
		const startSeconds = (performance.now() - begin) / 1000;
		const found = await findAll(browser, instances, progress);
		const pairBegin = performance.now();
		for (const instance of instances) {
			progress(`pairing ${sessions.length + 1} of ${count}`);
			sessions.push(await useOne(instance));
		}
		const result = {
			...machine(),
			count,
			startSeconds,
			found,
			pairSeconds: (performance.now() - pairBegin) / 1000,
			memory: sum(instances),
		};
		progress("");
		process.stdout.write(isJson ? `${JSON.stringify(result, null, "\t")}\n` : text(result));
	}
	finally {
		browser.close();
		for (const session of sessions)
			session.close();
		await Promise.all(instances.map((instance) => instance.stop()));
	}
}
