/** A responder on a link of its own, with a clock that is turned by hand: every message it sends is kept as text. */

import { MDNS_PORT } from "hap/discovery/outbox";
import { Responder, type ResponderOptions } from "hap/discovery/responder";
import type { ServiceText } from "hap/discovery/service";
import { decode, encode, type Message, type PartialMessage } from "tests/fakes/dns-text";

export interface Sent extends Message {
	at: number;
	/** By which of the responder's links it left. */
	link: number;
	/** Undefined: multicast. */
	address: string | undefined;
	port: number;
}

/** In RFC 5737's and RFC 3849's documentation ranges. */
export const QUERIER = "192.0.2.9";

export class Link {
	now = 1000;
	/** What random() answers. */
	random = 0.5;
	/** Those of every link, unless `options.addresses` tells them apart. */
	addresses: string[] = ["192.0.2.7", "2001:db8::7"];
	linkCount = 1;
	readonly text: ServiceText = {
		"c#": 1,
		ff: 0,
		id: "E1:91:1A:70:85:AA",
		md: "Switch",
		pv: "1.1",
		"s#": 1,
		sf: 1,
		ci: 8,
		sh: "yf4bzw==",
	};
	readonly responder: Responder;
	readonly renamed: string[] = [];
	#sent: Sent[] = [];
	lastMessage = new Uint8Array(0);

	constructor(options: Partial<ResponderOptions> = {}, instance = "Lamp", hostName = "lamp-1a") {
		const link = this;
		const own: ResponderOptions = {
			service: { instance, hostName, port: 8080, text: this.text },
			addresses: () => link.addresses,
			random: () => link.random,
			onRenamed: (name) => link.renamed.push(name),
			...options,
		};
		this.responder = new Responder(own, {
			get linkCount() {
				return link.linkCount;
			},
			send(message, number, address, port) {
				link.lastMessage = message.slice();
				link.#sent.push({ ...decode(message), at: link.now, link: number, address, port });
			},
		});
	}

	/** Started, announced twice and silent for long enough that nothing is held back. */
	static established(options?: Partial<ResponderOptions>, instance?: string): Link {
		const link = new Link(options, instance);
		link.responder.start(link.now);
		link.advance(10_000);
		link.take();
		return link;
	}

	/** Lets time pass, timers going off when they are due. */
	advance(milliseconds: number): void {
		const until = this.now + milliseconds;
		while (this.responder.due <= until) {
			this.now = Math.max(this.now, this.responder.due);
			this.responder.tick(this.now);
		}
		this.now = until;
	}

	receive(message: PartialMessage | Uint8Array, address = QUERIER, port = MDNS_PORT, link = 0): void {
		this.responder.handle(this.now, link, message instanceof Uint8Array ? message : encode(message), address, port);
	}

	/** What was sent since the last time. */
	take(): Sent[] {
		const sent = this.#sent;
		this.#sent = [];
		return sent;
	}

	/** The answers of the one message that was sent. */
	takeAnswers(): string[] {
		const sent = this.take();
		if (sent.length > 1)
			throw new Error(`${sent.length} messages instead of one`);
		return sent.length ? sent[0].answers : [];
	}
}
