/**
 * A page for a browser: what the accessory is, how it is, what happens. It is read-only: whatever a page of another origin could make
 * a browser send changes nothing, and such a page is not answered. Linked only where it is asked for.
 */

import Listener from "embedded:io/socket/listener";
import Timer from "timer";
import type { AccessoryServer } from "hap/accessory/accessory-server";
import type { Socket } from "hap/server/socket";
import { PAGE } from "status/page";
import { type Inside, stateOf, valuesOf } from "status/status-state";
import { Viewer, type ViewerOwner } from "status/viewer";

const REFRESH_MS = 500;
const MAX_VIEWERS = 4;
const MAX_LINES = 12;

const COMMON_HEADERS = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n";
const PAGE_HEADERS = `Content-Type: text/html; charset=utf-8\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; \
script-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-ancestors 'none'\r\n${COMMON_HEADERS}`;
const STREAM_HEADERS = `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n${COMMON_HEADERS}\r\n`;

export interface StatusPageOptions {
	readonly port: number;
	/** Undefined: every interface. */
	readonly host: string | undefined;
	/** Bytes in use, and bytes that there are. */
	heap?(): { used: number; all: number; };
}

function header(head: string, name: string): string | undefined {
	return head.match(new RegExp(`\\r\\n${name}: *([^\\r]*)`, "i"))?.[1];
}

/** An address or localhost: a name of somebody else's could be made to point here (DNS rebinding). */
function isPlainHost(host: string | undefined): boolean {
	return host !== undefined && /^(localhost|[\d.]+|\[[\da-fA-F:.]+\])(:\d+)?$/.test(host);
}

export class StatusPage implements ViewerOwner, Inside {
	readonly log: string[] = [];
	readonly events: string[] = [];
	private readonly server: AccessoryServer;
	private readonly options: StatusPageOptions;
	private readonly listener: Listener & { close(): void; };
	private readonly viewers: Viewer[] = [];
	private readonly values = new Map<string, unknown>();
	private last = "";
	private timer: Timer | undefined;

	/** Throws when the port cannot be had. */
	constructor(server: AccessoryServer, options: StatusPageOptions) {
		this.server = server;
		this.options = options;
		this.listener = new Listener(
			{ port: options.port, address: options.host, onReadable: () => this.accept() } as never,
		) as Listener & { close(): void; };
		this.timer = Timer.repeat(() => this.refresh(), REFRESH_MS);
	}

	get port(): number {
		return this.listener.port;
	}

	get heap(): Inside["heap"] {
		return this.options.heap?.();
	}

	/** A line of the log. */
	note(line: string): void {
		keepLast(this.log, line);
	}

	close(): void {
		Timer.clear(this.timer);
		this.listener.close();
		for (const viewer of [...this.viewers])
			viewer.close();
	}

	/** For a viewer. */
	onRequest(viewer: Viewer, head: string): void {
		const [method, path] = head.split(" ", 2);
		const origin = header(head, "origin");
		const host = header(head, "host");
		if (!isPlainHost(host) || (origin !== undefined && origin !== `http://${host}`))
			viewer.send("403 Forbidden", COMMON_HEADERS, []);
		else if (method !== "GET")
			viewer.send("405 Method Not Allowed", `Allow: GET\r\n${COMMON_HEADERS}`, []);
		else if (path === "/")
			viewer.send("200 OK", PAGE_HEADERS, PAGE);
		else if (path === "/events")
			this.stream(viewer);
		else
			viewer.send("404 Not Found", COMMON_HEADERS, []);
	}

	/** For a viewer. */
	onClosed(viewer: Viewer): void {
		const at = this.viewers.indexOf(viewer);
		if (at >= 0)
			this.viewers.splice(at, 1);
	}

	private accept(): void {
		const from = this.listener.read() as unknown as Socket<undefined> | undefined;
		if (!from)
			return;
		if (this.viewers.length >= MAX_VIEWERS)
			this.viewers[0].close();
		const viewer = new Viewer(from, this);
		if (viewer.isOpen)
			this.viewers.push(viewer);
	}

	private stream(viewer: Viewer): void {
		viewer.isStream = true;
		viewer.write(STREAM_HEADERS);
		viewer.write(`retry: 2000\ndata: ${stateOf(this.server, this)}\n\n`);
	}

	private refresh(): void {
		this.collectEvents();
		const streams = this.viewers.filter(({ isStream }) => isStream);
		if (streams.length === 0)
			return;
		const state = stateOf(this.server, this);
		if (state === this.last)
			return;
		this.last = state;
		for (const viewer of streams)
			viewer.write(`data: ${state}\n\n`);
	}

	/** By comparing: the server tells nobody but controllers, and is not made to for this page. */
	private collectEvents(): void {
		const { values } = this;
		for (const { id, value } of valuesOf(this.server)) {
			if (values.has(id) && values.get(id) !== value)
				keepLast(this.events, `${id} is ${JSON.stringify(value)}`);
			values.set(id, value);
		}
	}
}

function keepLast(lines: string[], line: string): void {
	lines.push(line);
	if (lines.length > MAX_LINES)
		lines.shift();
}
