/** A browser of _hap._tcp on the loopback interface: RFC 6763 over RFC 6762. */

import { createSocket } from "node:dgram";
import { query, recordsOf, textOf } from "../tests/interop/mdns.mjs";
import { BuildError } from "../host/desktop/scripts/paths.mjs";

const GROUP = "224.0.0.251";
const PORT = 5353;
const LOOPBACK = "127.0.0.1";
const TYPE_TXT = 16;
const TYPE_SRV = 33;
const SERVICE = "._hap._tcp.local";

export class Browser {
	#socket;
	/** By instance name. */
	#found = new Map();

	/** BuildError when this system's loopback carries no multicast. */
	static async open() {
		const browser = new Browser();
		const socket = createSocket({ type: "udp4", reuseAddr: true });
		browser.#socket = socket;
		try {
			await new Promise((resolve, reject) => socket.once("error", reject).bind(PORT, resolve));
			socket.addMembership(GROUP, LOOPBACK);
			socket.setMulticastInterface(LOOPBACK);
		}
		catch (error) {
			throw new BuildError(`no multicast on the loopback interface: ${error.message}`);
		}
		socket.on("message", (message) => browser.#onMessage(message));
		return browser;
	}

	#onMessage(message) {
		for (const { name, type, ttl, data } of recordsOf(message)) {
			if (!name.endsWith(SERVICE))
				continue;
			if (ttl === 0)
				this.#found.delete(name);
			else if (type === TYPE_SRV)
				this.#found.set(name, { ...this.#found.get(name), name, port: data.readUInt16BE(4) });
			else if (type === TYPE_TXT)
				this.#found.set(name, { ...this.#found.get(name), name, id: textOf(data).id });
		}
	}

	ask() {
		this.#socket.send(query(), PORT, GROUP);
	}

	/** { name, port, id } of those whose port and id are known. */
	accessories() {
		return [...this.#found.values()].filter(({ port, id }) => port !== undefined && id !== undefined);
	}

	close() {
		this.#socket.close();
	}
}
