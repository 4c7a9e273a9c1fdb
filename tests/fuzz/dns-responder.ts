/**
 * The responder on a link with strangers: whatever they say, what it sends is well-formed, no more than it may be, and it comes
 * back to its name when they are silent. The first byte: bit 0 the name is ours already, bit 1 the port is shared, bit 2 silence
 * in the end, bit 3 there are two links and not one. Then come messages, each with its time and its sender.
 */

import { fromText, sameBytes, textBytes } from "hap/bytes/bytes";
import { MDNS_PORT, MESSAGE_BYTES, type Sender } from "hap/discovery/outbox";
import { Responder, type ResponderOptions } from "hap/discovery/responder";
import { MAX_LABEL_BYTES } from "hap/wire/dns";
import { DnsReader } from "hap/wire/dns-reader";
import { check, InputReader } from "tests/fuzz/support/check";

const QUERIER = "192.0.2.9";
const MOST_MESSAGES = 4;
const MOST_BYTES = 512;
/** Probing again, an announcement, a reply on both links: to one message and the time behind it. */
const MOST_SENT = 24;
const FIRST_MS = 1000;
const PROBED_MS = 1000;
const SILENCE_MS = 8000;

class Link implements Sender, ResponderOptions {
	now: number;
	sent = 0;
	/** What everything that is sent has to say from now on. */
	name: Uint8Array | undefined;
	readonly linkCount: number;
	readonly isPortShared: boolean;
	readonly responder: Responder;
	readonly service = {
		instance: "Lamp",
		hostName: "lamp-1a",
		port: 8080,
		text: { "c#": 1, ff: 0, id: "E1:91:1A:70:85:AA", md: "S", pv: "1.1", "s#": 1, sf: 1, ci: 8, sh: "yf4bzw==" },
	};
	readonly #addresses = ["192.0.2.7"];

	/** With a beginning, as that one is: what it has sent by then would take half the time of an input. */
	constructor(isPortShared: boolean, linkCount: number, beginning?: Link) {
		this.isPortShared = isPortShared;
		this.linkCount = linkCount;
		this.now = beginning?.now ?? FIRST_MS;
		this.responder = beginning ? copied(beginning.responder, new Map([[beginning, this]])) : new Responder(this, this);
	}

	copy(): Link {
		return new Link(this.isPortShared, this.linkCount, this);
	}

	addresses(): readonly string[] {
		return this.#addresses;
	}

	random(): number {
		return 0.5;
	}

	send(message: Uint8Array, link: number, address: string | undefined, port: number): void {
		this.sent++;
		check(link >= 0 && link < this.linkCount, "there is that link");
		check(message.length <= MESSAGE_BYTES && new DnsReader(message).isWellFormed, "what is sent is well-formed");
		check(!this.name || holds(message, this.name), "it is said under the name of now");
		check(address === undefined ? port === MDNS_PORT : address === QUERIER, "multicast, or an answer to who asked");
	}

	advance(milliseconds: number): void {
		const until = this.now + milliseconds;
		while (this.responder.due <= until) {
			this.now = Math.max(this.now, this.responder.due);
			this.responder.tick(this.now);
		}
		this.now = until;
	}
}

function holds(bytes: Uint8Array, part: Uint8Array): boolean {
	for (let at = bytes.indexOf(part[0]); at >= 0; at = bytes.indexOf(part[0], at + 1)) {
		if (sameBytes(bytes.subarray(at, at + part.length), part))
			return true;
	}
	return false;
}

/** With all that an object holds as its own; `copies` says what stands for what, and what is held twice is one in the copy too. */
function copied<T>(held: T, copies: Map<unknown, unknown>): T {
	if (typeof held !== "object" || held === null)
		return held;
	const known = copies.get(held);
	if (known)
		return known as T;
	if (held instanceof Float64Array || held instanceof Uint8Array)
		return held.slice() as T;
	const copy = Object.create(Object.getPrototypeOf(held)) as { [name: string]: unknown; };
	copies.set(held, copy);
	for (const [name, value] of Object.entries(held))
		copy[name] = copied(value, copies);
	return copy as T;
}

/** By the first four bits of an input's first byte. */
const BEGINNINGS = Array.from({ length: 16 }, (_, mode) => {
	const link = new Link((mode & 2) !== 0, mode & 8 ? 2 : 1);
	link.responder.start(link.now);
	if (mode & 1)
		link.advance(PROBED_MS);
	return link;
});

/** How it comes: bit 0 from mDNS's port, bit 1 with a change of ours behind it, bits 2 to 6 the time before it, bit 7 the link, if there are two. */
function receive(link: Link, how: number, message: Uint8Array): void {
	const { responder } = link;
	link.advance(((how >> 2) & 31) * 50);
	link.sent = 0;
	responder.handle(link.now, (how >> 7) % link.linkCount, message, QUERIER, how & 1 ? MDNS_PORT : 40000);
	if (how & 2)
		responder.update(link.now, { sf: how & 4 ? 0 : 1 });
	check(responder.due < Infinity, "there is always something to come");
	link.advance(300);
	check(link.sent <= MOST_SENT, `${link.sent} messages sent for one`);
	check(textBytes(responder.instance) <= MAX_LABEL_BYTES, "the name is a label");
}

export default function dnsResponder(input: Uint8Array): void {
	const reader = new InputReader(input);
	const mode = reader.byte();
	const link = BEGINNINGS[mode & 15].copy();
	for (let messages = 0; messages < MOST_MESSAGES && !reader.isEmpty; messages++)
		receive(link, reader.byte(), reader.bytes(reader.number() % MOST_BYTES));
	if (mode & 4) {
		link.advance(SILENCE_MS);
		check(link.responder.isEstablished, "silence gives the name back");
	}
	link.name = fromText(link.responder.instance);
	link.responder.update(link.now, { "s#": 2 });
	link.responder.stop();
	check(link.responder.due === Infinity, "stopped");
}
