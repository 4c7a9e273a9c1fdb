/**
 * Whether a controller would find the accessory and be let in: a stranger's request to its own port, and a question for its own name.
 * A listener that accepts nobody and a responder that hears nothing look alike from outside, "No Response", and nothing else tells.
 */

import TCP from "embedded:io/socket/tcp";
import UDP from "embedded:io/socket/udp";
import Timer from "timer";
import { concat, fromText } from "hap/bytes/bytes";
import { MDNS_PORT } from "hap/discovery/outbox";

export interface CheckTarget {
	/** Of the accessory itself, IPv4. */
	readonly address: string;
	readonly port: number;
	/** The name in use; undefined: discovery is not asked. */
	readonly instance: string | undefined;
	/** The question goes to everybody: one to the address might reach another responder of this computer. */
	readonly isPortShared: boolean;
	/** How long an answer may take. */
	readonly patienceMS: number;
	/** What was found, once; the check is over. */
	onChecked(isAccepting: boolean, isAnswering: boolean): void;
}

interface Closable {
	close(): void;
}

interface ClientSocket extends Closable {
	readonly target: SelfCheck;
	write(bytes: Uint8Array): void;
}

const GROUP = "224.0.0.251";
const REQUEST = "GET / HTTP/1.1\r\n\r\n";

/** A question of plain DNS for the service's SRV record, which nobody else has (RFC 6762 section 6.7). */
function question(instance: string): Uint8Array {
	const label = fromText(instance);
	const head = Uint8Array.of(0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, label.length);
	return concat(head, label, fromText("\x04_hap\x04_tcp\x05local"), Uint8Array.of(0, 0, 33, 0, 1));
}

export class SelfCheck {
	private readonly target: CheckTarget;
	private isAccepting = false;
	private isAnswering = false;
	private tcp: Closable | undefined;
	private udp: Closable | undefined;
	private timer: Timer | undefined;

	constructor(target: CheckTarget) {
		this.target = target;
		this.isAnswering = target.instance === undefined;
		this.timer = Timer.set(() => {
			this.timer = undefined;
			this.finish();
		}, target.patienceMS);
		try {
			this.connect();
			if (!this.isAnswering)
				this.ask(target.instance ?? "");
		}
		catch {
			// no socket is left: said when the time is over
		}
	}

	get address(): string {
		return this.target.address;
	}

	/** For the sockets. */
	onAccepted(): void {
		this.isAccepting = true;
		this.finishEarly();
	}

	/** For the sockets. */
	onAnswered(): void {
		this.isAnswering = true;
		this.finishEarly();
	}

	private connect(): void {
		const { address, port } = this.target;
		const options = { address, port, target: this, onReadable: onAccepted, onWritable: onConnected, onError: onGone };
		this.tcp = new TCP(options as never) as unknown as Closable;
	}

	private ask(instance: string): void {
		const { address, isPortShared } = this.target;
		const link = isPortShared ? { address, multicast: GROUP, timeToLive: 255 } : {};
		const udp = new UDP({ ...link, target: this, onReadable: onAnswered } as never);
		this.udp = udp as unknown as Closable;
		udp.write(question(instance), isPortShared ? GROUP : address, MDNS_PORT);
	}

	private finishEarly(): void {
		if (this.isAccepting && this.isAnswering)
			this.finish();
	}

	private finish(): void {
		Timer.clear(this.timer);
		this.tcp?.close();
		this.udp?.close();
		this.target.onChecked(this.isAccepting, this.isAnswering);
	}
}

function onConnected(this: ClientSocket): void {
	this.write(fromText(REQUEST));
}

/** Any answer will do: 470 to a stranger, 503 when all places are taken. */
function onAccepted(this: ClientSocket): void {
	this.target.onAccepted();
}

function onGone(this: ClientSocket): void {
	// said when the time is over
}

function onAnswered(this: ClientSocket): void {
	this.target.onAnswered();
}
