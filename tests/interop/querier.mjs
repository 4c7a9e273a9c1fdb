/** Queriers that nobody here wrote: npm's multicast-dns on loopback, as one of port 5353 or, `isLegacy`, as plain DNS asks. */

import { createSocket } from "node:dgram";
import { once } from "node:events";
import multicastDns from "multicast-dns";

const LOOPBACK = "127.0.0.1";
const LIMIT_MS = 15_000;

export const SERVICES = "_services._dns-sd._udp.local";
export const SERVICE = "_hap._tcp.local";

async function legacySocket() {
	const socket = createSocket("udp4");
	socket.bind(0, LOOPBACK);
	await once(socket, "listening");
	socket.setMulticastInterface(LOOPBACK);
	return socket;
}

export class Querier {
	#mdns;
	#responses = [];
	#look = () => {};

	static async open({ isLegacy = false } = {}) {
		const querier = new Querier();
		querier.#mdns = isLegacy
			? multicastDns({ socket: await legacySocket(), bind: false, multicast: false })
			: multicastDns({ interface: LOOPBACK, bind: "0.0.0.0" });
		querier.#mdns.on("response", (message) => querier.#onResponse(message));
		if (!isLegacy)
			await once(querier.#mdns, "ready");
		return querier;
	}

	#onResponse(message) {
		this.#responses.push(message);
		this.#look();
	}

	/** Calls back with every query that is heard, our own too. */
	onQuery(listener) {
		this.#mdns.on("query", listener);
	}

	/** `questions` are [name, type], `answers` what is known. */
	ask(questions, answers = [], id = 0) {
		this.#mdns.query({ id, questions: questions.map(([name, type]) => ({ name, type })), answers });
	}

	respond(answers) {
		this.#mdns.respond(answers);
	}

	/** The next response that passes, of those to come too; it and those before it are dropped. */
	response(isWanted) {
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => reject(new Error(`no such response in ${JSON.stringify(this.#responses)}`)), LIMIT_MS);
			this.#look = () => {
				const at = this.#responses.findIndex(isWanted);
				if (at < 0)
					return;
				clearTimeout(timer);
				this.#look = () => {};
				resolve(this.#responses.splice(0, at + 1)[at]);
			};
			this.#look();
		});
	}

	/** The next record that passes, of any section but the first. */
	async record(isWanted) {
		const { answers, additionals } = await this.response((message) => recordsOf(message).some(isWanted));
		return [...answers, ...additionals].find(isWanted);
	}

	/** What was heard so far is dropped and answered. */
	take() {
		return this.#responses.splice(0);
	}

	close() {
		return new Promise((resolve) => this.#mdns.destroy(resolve));
	}
}

export function recordsOf({ answers, additionals }) {
	return [...answers, ...additionals];
}

/** TXT entries as an object. */
export function textOf({ data }) {
	return Object.fromEntries(data.map((entry) => String(entry).split(/=(.*)/s).slice(0, 2)));
}
