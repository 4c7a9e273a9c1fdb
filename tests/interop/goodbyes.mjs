/** Listens to mDNS on the loopback interface, as far as TTLs: RFC 1035 section 4.1, RFC 6762 section 10.1. */

import { createSocket } from "node:dgram";
import { once } from "node:events";

const GROUP = "224.0.0.251";
const LOOPBACK = "127.0.0.1";
const HEADER_BYTES = 12;

/** The name at `at`, and where it ends. */
function readName(message, at) {
	const labels = [];
	let end;
	for (;;) {
		const length = message[at];
		if (length >= 0xc0) {
			end ??= at + 2;
			at = message.readUInt16BE(at) & 0x3fff;
		}
		else if (length === 0)
			return { name: labels.join("."), end: end ?? at + 1 };
		else {
			labels.push(message.toString("utf8", at + 1, at + 1 + length));
			at += 1 + length;
		}
	}
}

/** Answers of a response, as { name, type, ttl }. */
function answers(message) {
	const records = [];
	let at = HEADER_BYTES;
	for (let i = message.readUInt16BE(4); i > 0; i--)
		at = readName(message, at).end + 4;
	for (let i = message.readUInt16BE(6); i > 0; i--) {
		const { name, end } = readName(message, at);
		records.push({ name, type: message.readUInt16BE(end), ttl: message.readUInt32BE(end + 4) });
		at = end + 10 + message.readUInt16BE(end + 8);
	}
	return records;
}

export class Listener {
	#records = [];
	#waiting = () => {};

	async open() {
		this.socket = createSocket({ type: "udp4", reuseAddr: true });
		this.socket.on("message", (message) => {
			if (message[2] & 0x80)
				this.#records.push(...answers(message));
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
