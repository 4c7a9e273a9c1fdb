/** Who is connected: the listener, the connections, who gets a place, and when one's time is over. */

import Listener from "embedded:io/socket/listener";
import Timer from "timer";
import { fromText } from "hap/bytes/bytes";
import { isSession, PATIENCE_MS, remember, sessionToGo, STRANGERS, strangerToGo } from "hap/server/admission";
import type { ConnectionHost } from "hap/server/connection-host";
import { Emitter } from "hap/server/emitter";
import type { EventedHTTPServerEvents, EventedHTTPServerOptions } from "hap/server/evented-http-options";
import { HAPConnection } from "hap/server/hap-connection";
import { type Socket, type SocketHandlers, takeSocket } from "hap/server/socket";
import { TIME_LIMITS, type TimeLimits } from "hap/server/time-limits";
import { responseHead } from "hap/wire/http-writer";

const MAX_CONNECTIONS = 16 + STRANGERS; // HAP R2: at least eight sessions
const MAX_SESSION_ID = 65535;

function onListenerReadable(this: Listener & { readonly target: ConnectionPlaces; }): void {
	this.target.accept();
}

const HANDLERS: SocketHandlers<HAPConnection> = Object.freeze({
	onReadable(this: Socket<HAPConnection>, count: number) {
		this.target.onReadable(count);
	},
	onWritable(this: Socket<HAPConnection>, room: number) {
		this.target.onWritable(room);
	},
	onError(this: Socket<HAPConnection>) {
		this.target.close();
	},
	onEnd(this: Socket<HAPConnection>) {
		this.target.onEnd();
	},
});

/** What EventedHTTPServer is beside the events that it tells. A class above it: an object beside it would take memory. */
export abstract class ConnectionPlaces extends Emitter<EventedHTTPServerEvents> {
	protected readonly options: EventedHTTPServerOptions;
	/** Made anew when one comes or goes, so that whoever goes through it needs no copy. */
	private openConnections: readonly HAPConnection[] = [];
	private listener: Listener | undefined;
	declare private watch: Timer | undefined;
	declare private lastSessionID: number | undefined;
	/** Addresses that controllers were verified from. */
	declare private known: string | undefined;

	constructor(options: EventedHTTPServerOptions) {
		super();
		this.options = options;
	}

	/** Monotonic milliseconds. */
	abstract now(): number;
	/** Answers what connections share, which the first of them brings. */
	protected abstract share(): ConnectionHost;
	/** The last of them has gone. */
	protected abstract unshare(): void;

	get connections(): readonly HAPConnection[] {
		return this.openConnections;
	}

	/** Port 0: one that is free. Throws when the port is taken. Again, it listens anew, and connections stay. */
	listen(port: number, host?: string): void {
		this.closeListener();
		const options = {
			port,
			address: host,
			target: this,
			onReadable: onListenerReadable,
		};
		this.listener = new Listener(options as never);
		this.emit("listening", this.listener.port, host);
	}

	address(): { port: number; address: string | undefined; } | undefined {
		const listener = this.listener as (Listener & { address?: string; }) | undefined;
		return listener && { port: listener.port, address: listener.address };
	}

	/** No new connections, and an end to those there are. */
	stop(): void {
		this.closeListener();
		for (const connection of this.connections)
			connection.close();
		Timer.clear(this.watch);
		this.watch = undefined;
	}

	private closeListener(): void {
		const listener = this.listener as (Listener & { close(): void; }) | undefined;
		this.listener = undefined;
		listener?.close();
	}

	/** For the listener. */
	accept(): void {
		const from = this.listener?.read() as unknown as Socket<undefined> | undefined;
		if (!from)
			return;
		const origin = from.remoteAddress;
		if (this.openConnections.length < this.maxConnections || this.makeRoom(origin))
			this.open(from, origin);
		else
			refuse(from);
	}

	private open(from: Socket<undefined>, origin: string | undefined): void {
		const connection = new HAPConnection(this.share(), this.nextSessionID());
		const socket = takeSocket(from, connection, HANDLERS);
		if (!socket)
			return;
		connection.origin = origin;
		connection.attach(socket);
		this.openConnections = [...this.openConnections, connection];
		this.emit("connection-opened", connection);
		this.options.onConnectionOpened?.(connection);
		this.startWatch();
	}

	private get maxConnections(): number {
		return this.options.maxConnections ?? MAX_CONNECTIONS;
	}

	/** For a stranger from this address. */
	private makeRoom(origin: string | undefined): boolean {
		const isBusy = (connection: HAPConnection) => this.isProtected(connection);
		const victim = this.sessionTooMany() ?? strangerToGo(this.openConnections, origin, isBusy, this.known);
		victim?.close();
		return victim !== undefined;
	}

	/** It has proved who it is. */
	protected admit(connection: HAPConnection): void {
		const { remoteAddress } = connection;
		if (remoteAddress !== undefined)
			this.known = remember(this.known ?? "", remoteAddress);
		this.sessionTooMany(connection)?.close();
	}

	/** Sessions take all places but two; when one more comes, another one goes that is not at work. */
	private sessionTooMany(newest?: HAPConnection): HAPConnection | undefined {
		let count = 0;
		for (const connection of this.openConnections)
			if (isSession(connection))
				count++;
		return count > Math.max(1, this.maxConnections - STRANGERS) ? sessionToGo(this.openConnections, this.now(), newest) : undefined;
	}

	/** In the middle of a pairing procedure, and not for longer than a controller waits for the other side. */
	private isProtected(connection: HAPConnection): boolean {
		if (this.options.isPairing?.(connection))
			return true;
		return connection.pairVerify !== undefined && this.now() - connection.lastSocketOperation < PATIENCE_MS;
	}

	private startWatch(): void {
		this.watch ??= Timer.set(() => {
			this.watch = undefined;
			this.tick();
			if (this.openConnections.length > 0)
				this.startWatch();
		}, this.timeLimits.periodMS);
	}

	private get timeLimits(): TimeLimits {
		return this.options.timeLimits ?? TIME_LIMITS;
	}

	/** Closes the connections whose time is over. */
	tick(): void {
		const now = this.now();
		for (const connection of this.connections)
			if (connection.isOverdue(now, this.timeLimits, this.options.isPairing?.(connection) ?? false))
				connection.close();
	}

	private nextSessionID(): number {
		do this.lastSessionID = ((this.lastSessionID ?? 0) % MAX_SESSION_ID) + 1;
		while (this.openConnections.some((connection) => connection.sessionID === this.lastSessionID));
		return this.lastSessionID;
	}

	onClosed(connection: HAPConnection): void {
		this.openConnections = this.openConnections.filter((other) => other !== connection);
		this.emit("connection-closed", connection);
		this.options.onConnectionClosed?.(connection);
		if (this.connections.length === 0)
			this.unshare();
	}
}

/** There is no place: one answer, and no connection. */
function refuse(from: Socket<undefined>): void {
	takeSocket(from, undefined, {
		onReadable() {},
		onWritable() {
			this.write(fromText(responseHead(503, undefined, 0, true)));
			this.close();
		},
		onError() {
			this.close();
		},
	});
}
