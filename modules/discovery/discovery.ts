/**
 * Binds the responder to sockets and a timer: embedded:io/socket/udp, one socket for each link. RFC 6762 sections 3, 14 and 15.
 *
 * A socket that fails is closed and opened again later; a message that cannot be sent is lost, as it may be on any network.
 */

import UDP from "embedded:io/socket/udp";
import Timer from "timer";
import { MDNS_PORT, type Sender } from "hap/discovery/outbox";
import { Responder, type ResponderOptions } from "hap/discovery/responder";
import type { ServiceText } from "hap/discovery/service";
import { type TimerFor, timerFor } from "hap/timer/timer-for";

export interface DiscoveryOptions extends ResponderOptions {
	/** Milliseconds, never going back. */
	now(): number;
	/**
	 * An address for each link to advertise on, a link being one address family of one interface; "0.0.0.0" (the default) and "::" are
	 * whatever interfaces there are, as one link. Read when the network changes; `addresses` numbers the links in this order.
	 */
	readonly interfaces?: readonly string[];
}

/** What lwIP's and the desktop's socket have beyond the typings. */
interface MulticastSocket extends UDP {
	readonly target: Discovery;
	close(): void;
	/** Joins a group; again, after the network has changed. */
	add?(group: string, address?: string): void;
}

const GROUP4 = "224.0.0.251";
const GROUP6 = "ff02::fb";
const TIME_TO_LIVE = 255; // RFC 6762 section 11
const REOPEN_MS = 5000;
const DEFAULT_INTERFACES: readonly string[] = Object.freeze(["0.0.0.0"], true);

const onTimer = ({ target }: TimerFor<Discovery>) => target.tick();

export class Discovery implements Sender {
	private readonly options: DiscoveryOptions;
	private readonly responder: Responder;
	private interfaces: readonly string[] = DEFAULT_INTERFACES;
	/** In the order of the interfaces; undefined where one is not open. */
	private readonly sockets: (MulticastSocket | undefined)[] = [];
	private timer: Timer | undefined;
	private timerDue = Infinity;
	/** These come into being when they are set. */
	declare private isClosed?: boolean;
	declare private reopenAt?: number;

	/** Opens and starts. */
	constructor(options: DiscoveryOptions) {
		this.options = options;
		this.responder = new Responder(options, this);
		this.networkChanged();
	}

	/** Whether the name is ours and queries are answered. */
	get isEstablished(): boolean {
		return this.responder.isEstablished;
	}

	/** The name in use, which differs from the service's after a conflict. */
	get instance(): string {
		return this.responder.instance;
	}

	/** To be called when an interface or an address came or went: claims the names and announces again. */
	networkChanged(): void {
		if (this.isClosed)
			return;
		this.takeInterfaces();
		this.join();
		this.responder.start(this.options.now());
		this.schedule();
	}

	/** Its sockets do not hear any more: others take their place, and the names are claimed again. */
	reopen(): void {
		this.closeSockets();
		this.networkChanged();
	}

	/** Sets values of the TXT record, which go out at once. */
	update(changes: Partial<ServiceText>): void {
		this.responder.update(this.options.now(), changes);
		this.schedule();
	}

	/** Says goodbye. */
	close(): void {
		if (this.isClosed)
			return;
		this.responder.stop();
		this.isClosed = true;
		this.schedule();
		this.closeSockets();
	}

	/** For the responder. */
	get linkCount(): number {
		return this.interfaces.length;
	}

	/** For the responder. */
	send(message: Uint8Array, link: number, address: string | undefined, port: number): void {
		try {
			this.sockets[link]?.write(message, address ?? groupOf(this.interfaces[link]), port);
		}
		catch {
			// no route, no buffer: lost
		}
	}

	/** For the sockets. */
	onReadable(socket: UDP, count: number): void {
		for (let i = 0; i < count; i++) {
			const link = this.indexOf(socket);
			const message = link < 0 ? undefined : socket.read();
			if (message)
				this.responder.handle(this.options.now(), link, new Uint8Array(message), message.address, message.port);
		}
		this.schedule();
	}

	/** For the sockets. */
	onError(socket: UDP): void {
		const index = this.indexOf(socket);
		if (index < 0)
			return;
		this.sockets[index]?.close();
		this.sockets[index] = undefined;
		this.reopenAt = this.options.now() + REOPEN_MS;
		this.schedule();
	}

	/** Links that stay keep their sockets only if all do: their order is what they are known by. */
	private takeInterfaces(): void {
		const interfaces = this.options.interfaces ?? DEFAULT_INTERFACES;
		if (!isSame(interfaces, this.interfaces))
			this.closeSockets();
		this.interfaces = interfaces;
	}

	private closeSockets(): void {
		for (const socket of this.sockets)
			socket?.close();
		this.sockets.length = 0;
	}

	private indexOf(socket: UDP): number {
		return this.sockets.indexOf(socket as MulticastSocket);
	}

	/** Opens what is not open and joins the groups; answers whether anything new is open. */
	private join(): boolean {
		const interfaces = this.interfaces;
		let isNew = false;
		if (this.reopenAt !== undefined)
			this.reopenAt = Infinity;
		for (let i = 0; i < interfaces.length; i++) {
			const wasOpen = this.sockets[i] !== undefined;
			try {
				this.sockets[i] ??= openSocket(interfaces[i], this);
				this.sockets[i]?.add?.(groupOf(interfaces[i]), interfaceOf(interfaces[i]));
				isNew ||= !wasOpen;
			}
			catch {
				this.sockets[i]?.close();
				this.sockets[i] = undefined;
				this.reopenAt = this.options.now() + REOPEN_MS;
			}
		}
		return isNew;
	}

	/** For the timer. */
	tick(): void {
		const now = this.options.now();
		this.timer = undefined;
		if (now >= (this.reopenAt ?? Infinity) && this.join())
			this.responder.start(now);
		this.responder.tick(now);
		this.schedule();
	}

	/** A new timer each time: one must not reschedule itself inside its callback (Moddable SDK 8.2 on Linux crashes). */
	private schedule(): void {
		const due = this.isClosed ? Infinity : Math.min(this.responder.due, this.reopenAt ?? Infinity);
		if (this.timer && due === this.timerDue)
			return;
		if (this.timer)
			Timer.clear(this.timer);
		this.timer = due === Infinity ? undefined : timerFor<Discovery>(this, onTimer, Math.max(0, Math.ceil(due - this.options.now())));
		this.timerDue = due;
	}
}

function openSocket(address: string, target: Discovery): MulticastSocket {
	const options = { port: MDNS_PORT, multicast: groupOf(address), timeToLive: TIME_TO_LIVE, target, onReadable, onError };
	const chosen = interfaceOf(address);
	return new UDP(chosen ? { ...options, address: chosen } : options) as MulticastSocket;
}

function onReadable(this: UDP, count: number): void {
	(this as MulticastSocket).target.onReadable(this, count);
}

function onError(this: UDP): void {
	(this as MulticastSocket).target.onError(this);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((text, i) => text === b[i]);
}

function isAddress6(address: string): boolean {
	return address.includes(":");
}

function groupOf(address: string): string {
	return isAddress6(address) ? GROUP6 : GROUP4;
}

/** Undefined for all interfaces. */
function interfaceOf(address: string): string | undefined {
	return address === "0.0.0.0" || address === "::" ? undefined : address;
}
