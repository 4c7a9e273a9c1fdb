/** Hears goodbyes, which are TTLs of 0, on the loopback interface: RFC 6762 section 10.1. */

import { createSocket } from "node:dgram";
import { once } from "node:events";
import { recordsOf } from "./mdns.mjs";

const GROUP = "224.0.0.251";
const LOOPBACK = "127.0.0.1";

export class Listener {
	#records = [];
	#waiting = () => {};

	async open() {
		this.socket = createSocket({ type: "udp4", reuseAddr: true });
		this.socket.on("message", (message) => {
			this.#records.push(...recordsOf(message));
			this.#waiting();
		});
		this.socket.bind(5353);
		await once(this.socket, "listening");
		this.socket.addMembership(GROUP, LOOPBACK);
		return this;
	}

	/** Resolves with the first record that passes, of those to come too. */
	record(isWanted, limit = 15000) {
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => reject(new Error(`no such record in ${JSON.stringify(this.#records)}`)), limit);
			const look = () => {
				const found = this.#records.find(isWanted);
				if (!found)
					return;
				clearTimeout(timer);
				this.#waiting = () => {};
				resolve(found);
			};
			this.#waiting = look;
			look();
		});
	}

	forget() {
		this.#records = [];
	}

	close() {
		this.socket.close();
	}
}
