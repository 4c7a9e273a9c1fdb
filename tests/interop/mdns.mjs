/** What an accessory says of itself over multicast DNS (RFC 6762), as any listener on loopback hears it. */

import { createSocket } from "node:dgram";

const GROUP = "224.0.0.251";
const PORT = 5353;
const LOOPBACK = "127.0.0.1";
const TYPE_PTR = 12;
const TYPE_TXT = 16;
const TYPE_SRV = 33;
const CLASS_IN = 1;
const HEADER_BYTES = 12;
const LIMIT_MS = 10000;

/** Answers the labels of the name and where it ends. */
function readName(message, from) {
	const labels = [];
	let at = from;
	let end;
	for (let steps = 0; message[at] !== 0; steps++) {
		if (steps > 127)
			throw new Error("a name without end");
		if (message[at] >= 0xc0) {
			end ??= at + 2;
			at = message.readUInt16BE(at) & 0x3fff;
			continue;
		}
		labels.push(message.toString("utf8", at + 1, at + 1 + message[at]));
		at += 1 + message[at];
	}
	return { labels, end: end ?? at + 1 };
}

export function textOf(data) {
	const text = {};
	for (let at = 0; at < data.length; at += 1 + data[at]) {
		const [name, ...value] = data.toString("utf8", at + 1, at + 1 + data[at]).split("=");
		text[name] = value.join("=");
	}
	return text;
}

/** The records of a response: { name, type, ttl, data, at }. */
export function* recordsOf(message) {
	const isResponse = (message[2] & 0x80) !== 0;
	if (!isResponse)
		return;
	let at = HEADER_BYTES;
	for (let question = 0; question < message.readUInt16BE(4); question++)
		at = readName(message, at).end + 4;
	const count = message.readUInt16BE(6) + message.readUInt16BE(8) + message.readUInt16BE(10);
	for (let record = 0; record < count; record++) {
		const { labels, end } = readName(message, at);
		const length = message.readUInt16BE(end + 8);
		const data = message.subarray(end + 10, end + 10 + length);
		yield { name: labels.join("."), type: message.readUInt16BE(end), ttl: message.readUInt32BE(end + 4), data };
		at = end + 10 + length;
	}
}

export function query() {
	const labels = ["_hap", "_tcp", "local"].flatMap((label) => [Buffer.of(label.length), Buffer.from(label)]);
	const head = Buffer.alloc(HEADER_BYTES);
	head.writeUInt16BE(1, 4);
	return Buffer.concat([head, ...labels, Buffer.of(0, 0, TYPE_PTR, 0, CLASS_IN)]);
}

/** Hears what one instance says: its TXT records, and the port of its SRV records. */
export class MdnsListener {
	#socket;
	#instance;
	#heard = [];
	#waiting = [];

	/** `name` is the accessory's, without "._hap._tcp.local". */
	static async open(name) {
		const listener = new MdnsListener();
		listener.#instance = `${name}._hap._tcp.local`;
		const socket = createSocket({ type: "udp4", reuseAddr: true });
		listener.#socket = socket;
		await new Promise((resolve, reject) => socket.once("error", reject).bind(PORT, resolve));
		socket.addMembership(GROUP, LOOPBACK);
		socket.setMulticastInterface(LOOPBACK);
		socket.on("message", (message) => listener.#onMessage(message));
		return listener;
	}

	#onMessage(message) {
		for (const { name, type, ttl, data } of recordsOf(message)) {
			if (name !== this.#instance)
				continue;
			if (type === TYPE_TXT)
				this.#heard.push({ ttl, text: textOf(data) });
			else if (type === TYPE_SRV)
				this.#heard.push({ ttl, port: data.readUInt16BE(4) });
		}
		for (const look of [...this.#waiting])
			look();
	}

	/** The next record that `isWanted` takes; what was heard before it is dropped. */
	next(isWanted, what) {
		return new Promise((resolve, reject) => {
			const stop = (settle) => {
				clearTimeout(timer);
				this.#waiting = this.#waiting.filter((waiting) => waiting !== look);
				settle();
			};
			const look = () => {
				const at = this.#heard.findIndex(isWanted);
				if (at >= 0)
					stop(() => resolve(this.#heard.splice(0, at + 1)[at]));
			};
			const timer = setTimeout(() => stop(() => reject(new Error(`mDNS: never heard ${what}`))), LIMIT_MS);
			this.#waiting.push(look);
			look();
		});
	}

	/** The text of the next TXT record with that status flag. */
	async status(sf) {
		const { text } = await this.next((record) => record.ttl > 0 && record.text?.sf === String(sf), `sf=${sf}`);
		return text;
	}

	ask() {
		this.#socket.send(query(), PORT, GROUP);
	}

	close() {
		this.#socket.close();
	}
}
