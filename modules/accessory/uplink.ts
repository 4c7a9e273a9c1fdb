/**
 * Keeps a network interface of ECMA-419 connected, for ever: joins, waits for an address, and begins anew whenever something fails,
 * after a time that doubles from failure to failure. Knows no clock: whoever owns it passes the time, and calls tick() when `due` has
 * come.
 */

import type { NetworkListener } from "hap/accessory/network";
import { messageOf } from "hap/accessory/target";

/** ECMA-419 "Network Interface Class Pattern": what Wi-Fi and Ethernet have in common. */
export interface Link {
	/** Begins to join; throws when it cannot even begin, and the message says why to a person. */
	connect(): void;
	disconnect(): void;
	readonly connection: number;
	readonly address: string | undefined;
	/** One sentence for a person: what may be wrong when joining fails. */
	readonly hint: string;
}

/** ECMA-419's numbers are thresholds: at least 300 is trying, 400 joined, 500 in possession of an address. */
const enum Connection {
	Joining = 300,
	Joined = 400,
	Addressed = 500,
}

const enum State {
	Waiting,
	Joining,
	Addressing,
	Up,
}

const JOIN_MS = 20_000; // a scan of all channels takes 5 s, four messages of WPA with retries as much again
const ADDRESS_MS = 30_000; // DHCP asks four times within 30 s (RFC 2131 section 4.1)
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

export class Uplink {
	private readonly link: Link;
	private readonly listener: NetworkListener;
	private state = State.Waiting;
	/** When to call tick(), in the time of the other calls' `now`; Infinity: not before the link changes. */
	due = 0;
	private wait = FIRST_WAIT_MS;
	address: string | undefined;

	constructor(link: Link, listener: NetworkListener) {
		this.link = link;
		this.listener = listener;
	}

	tick(now: number): void {
		if (now < this.due)
			return;
		switch (this.state) {
			case State.Waiting:
				this.join(now);
				break;
			case State.Joining:
				this.fail(now, this.link.hint);
				break;
			case State.Addressing:
				this.fail(now, "joined, but the network gives no address (DHCP)");
				break;
		}
	}

	/** The link's connection or address is another one. */
	onChanged(now: number): void {
		if (this.state === State.Waiting)
			return; // the end of an attempt that was given up
		const { connection, address } = this.link;
		if (connection >= Connection.Addressed && address !== undefined)
			this.onUp(address);
		else if (connection >= Connection.Joined)
			this.onJoined(now);
		else if (this.state !== State.Joining)
			this.fail(now, "the connection is lost");
		else if (connection < Connection.Joining)
			this.fail(now, this.link.hint);
	}

	private join(now: number): void {
		this.state = State.Joining;
		this.due = now + JOIN_MS;
		try {
			this.link.connect();
		}
		catch (error) {
			this.fail(now, messageOf(error));
		}
	}

	private onJoined(now: number): void {
		if (this.state === State.Addressing)
			return;
		const isLost = this.state === State.Up;
		this.state = State.Addressing;
		this.due = now + ADDRESS_MS;
		if (isLost)
			this.onNoAddress("the address is lost");
	}

	private onUp(address: string): void {
		this.state = State.Up;
		this.due = Infinity;
		this.wait = FIRST_WAIT_MS;
		if (address === this.address)
			return;
		this.address = address;
		this.listener.onAddress();
	}

	private fail(now: number, reason: string): void {
		const seconds = Math.round(this.wait / 1000);
		this.state = State.Waiting;
		this.due = now + this.wait;
		this.wait = Math.min(2 * this.wait, LONGEST_WAIT_MS);
		this.link.disconnect();
		this.onNoAddress(`${reason}; tried again in ${seconds} s`);
	}

	private onNoAddress(reason: string): void {
		this.address = undefined;
		this.listener.onNoAddress(reason);
	}
}
