/**
 * The multicast DNS responder: a state machine that messages and the time are put into and messages come out of. RFC 6762.
 *
 * It claims its two names by probing (section 8.1), announces its records (8.3), answers queries for them (6), defends them (9) and
 * takes them back when it stops (10.1). Whoever owns it calls tick() once the time `due` has come, and asks for `due` after every call.
 */

import { toText } from "hap/bytes/bytes";
import { MDNS_PORT, MESSAGE_BYTES, Outbox, type OutboxOptions, randomBetween, responseWriter, type Sender } from "hap/discovery/outbox";
import { OwnRecords, type OwnRecordsOptions } from "hap/discovery/own-records";
import { readQuery } from "hap/discovery/query";
import { Bits, ttlOf } from "hap/discovery/record-bits";
import { hostAt, instanceLabel, NameAt, type ServiceText } from "hap/discovery/service";
import { isBeaten } from "hap/discovery/tie-break";
import { DnsClass, DnsFlags, DnsType, Section } from "hap/wire/dns";
import { DnsReader } from "hap/wire/dns-reader";
import { DnsWriter } from "hap/wire/dns-writer";

export interface ResponderOptions extends OutboxOptions, OwnRecordsOptions {
	/** The instance's name was taken and is this one now. */
	onRenamed?(instance: string): void;
	/** Other responders of this computer may take unicast messages meant for port 5353. RFC 6762 section 15.1. */
	readonly isPortShared?: boolean;
	/** From one announcement to the next while nothing changes; 0 for never. */
	readonly reannounceMs?: number;
}

const PROBES = 3;
const PROBE_INTERVAL_MS = 250;
const LOST_TIE_BREAK_MS = 1000;
const MANY_CONFLICTS = 15;
const MANY_CONFLICTS_MS = 5000;

const ANNOUNCEMENTS = 2;
const ANNOUNCE_INTERVAL_MS = 1000;
/**
 * RFC 6762 section 8.3 forbids announcing without a cause. We do it rarely: access points that lose multicast queries on their way to
 * us make accessories vanish, and PTR and TXT records (75 minutes) stay known this way.
 */
const REANNOUNCE_MS = 20 * 60_000;

const enum Phase {
	Stopped,
	Probing,
	Established,
}

export class Responder {
	private readonly options: ResponderOptions;
	private readonly records: OwnRecords;
	private readonly outbox: Outbox;
	private phase: Phase = Phase.Stopped;
	/** Probes or announcements sent, when the next one is due, and what it announces. */
	private sent = 0;
	private stepAt = Infinity;
	private announced: number = Bits.None;
	/** Since the last announcement; comes into being with the first. */
	declare private conflicts?: number;

	constructor(options: ResponderOptions, sender: Sender) {
		this.options = options;
		this.records = new OwnRecords(options);
		this.outbox = new Outbox(options, this.records, sender);
	}

	/** When to call tick(), in the time of the other calls' `now`; Infinity: not before something else is called. */
	get due(): number {
		return Math.min(this.stepAt, this.outbox.due);
	}

	/** Whether the names are ours and queries are answered. */
	get isEstablished(): boolean {
		return this.phase === Phase.Established;
	}

	/** The name in use, which differs from the service's after a conflict. */
	get instance(): string {
		return toText(instanceLabel(this.records.names));
	}

	/** Claims the names and announces; to be called again whenever the network or an address has changed. */
	start(now: number): void {
		this.outbox.reset();
		this.probe(now, randomBetween(this.options, 0, PROBE_INTERVAL_MS));
	}

	/** Sets values of the TXT record; a change goes out at once, and once more a second later. RFC 6762 section 8.4. */
	update(now: number, changes: Partial<ServiceText>): void {
		const text = this.options.service.text;
		if (!hasChanges(text, changes))
			return;
		Object.assign(text, changes);
		if (this.phase !== Phase.Established)
			return;
		this.outbox.forgetSent(Bits.Text); // another record than the one that was sent
		this.outbox.multicastAll(now, Bits.Text);
		if (this.sent >= ANNOUNCEMENTS)
			this.announced = Bits.Text;
		this.sent = 1;
		this.stepAt = now + ANNOUNCE_INTERVAL_MS;
	}

	tick(now: number): void {
		if (now >= this.stepAt) {
			if (this.phase === Phase.Probing)
				this.stepProbing(now);
			else
				this.announce(now);
		}
		this.outbox.tick(now);
	}

	/** Takes a message that a link received, from anybody: what is malformed, foreign or of no concern is ignored. */
	handle(now: number, link: number, message: Uint8Array, address: string, port: number): void {
		if (this.phase === Phase.Stopped)
			return;
		const reader = new DnsReader(message);
		if (!reader.isWellFormed || reader.flags & (DnsFlags.Opcode | DnsFlags.ResponseCode))
			return;
		if (reader.flags & DnsFlags.Response) {
			if (port === MDNS_PORT)
				this.onResponse(now, link, reader);
			return;
		}
		const query = readQuery(reader, this.records, link);
		if (this.phase === Phase.Established)
			this.outbox.answer(now, link, reader, query, address, port);
		else if (query.isProbe && port === MDNS_PORT)
			this.onRival(now, link, reader);
	}

	/** Says goodbye, if the names were ours. start() begins anew. */
	stop(): void {
		if (this.phase === Phase.Established) {
			for (let link = 0; link < this.outbox.linkCount; link++) {
				const writer = responseWriter(0);
				this.records.write(writer, link, Bits.Goodbye, true, 0);
				this.outbox.multicastMessage(link, writer.message);
			}
		}
		this.phase = Phase.Stopped;
		this.stepAt = Infinity;
		this.outbox.clear();
	}

	private probe(now: number, delay: number): void {
		this.phase = Phase.Probing;
		this.sent = 0;
		this.stepAt = now + delay;
		this.outbox.clear();
	}

	private stepProbing(now: number): void {
		if (this.sent < PROBES) {
			this.sent++;
			this.stepAt = now + PROBE_INTERVAL_MS;
			for (let link = 0; link < this.outbox.linkCount; link++)
				this.outbox.multicastMessage(link, this.probeMessage(link));
			return;
		}
		this.phase = Phase.Established;
		this.sent = 0;
		this.announced = Bits.All;
		this.announce(now);
	}

	private announce(now: number): void {
		if (this.sent >= ANNOUNCEMENTS)
			this.announced = Bits.All;
		this.outbox.multicastAll(now, this.announced);
		this.sent++;
		if (this.sent < ANNOUNCEMENTS) {
			this.stepAt = now + ANNOUNCE_INTERVAL_MS;
			return;
		}
		const period = this.options.reannounceMs ?? REANNOUNCE_MS;
		this.stepAt = period ? now + period : Infinity;
		if (this.conflicts)
			this.conflicts = 0;
	}

	/** A query for both names, with what we mean to put there. RFC 6762 section 8.2. */
	private probeMessage(link: number): Uint8Array {
		const writer = new DnsWriter(MESSAGE_BYTES, 0, 0);
		const questionClass = this.options.isPortShared ? DnsClass.IN : DnsClass.IN | DnsClass.TopBit;
		const names = this.records.names;
		writer.question(names, NameAt.Instance, DnsType.ANY, questionClass);
		writer.question(names, hostAt(names), DnsType.ANY, questionClass);
		writer.section = Section.Authority;
		this.records.write(writer, link, Bits.Service | Bits.Text | Bits.Addresses, false);
		return writer.message;
	}

	/** Another host probes for a name of ours while we do. The loser waits for the winner's announcement, or for its absence. */
	private onRival(now: number, link: number, theirs: DnsReader): void {
		const ours = new DnsReader(this.probeMessage(link));
		const names = this.records.names;
		const isHostBeaten = isBeaten(ours, theirs, names, hostAt(names)) && !this.records.isOwnProposal(theirs);
		if (isHostBeaten || isBeaten(ours, theirs, names, NameAt.Instance))
			this.probe(now, LOST_TIE_BREAK_MS);
	}

	private onResponse(now: number, link: number, message: DnsReader): void {
		let conflicts: number = Bits.None;
		while (message.next()) {
			if (message.section === Section.Question)
				continue;
			const kind = this.records.identify(message, link);
			if (message.ttl === 0)
				this.rescue(now, link, kind & Bits.Shared);
			else if (kind === Bits.Enumeration && message.ttl >= ttlOf(kind))
				this.outbox.unschedule(link, kind);
			else
				conflicts |= kind & Bits.Conflict;
		}
		if (conflicts)
			this.onConflict(now, conflicts);
	}

	/** Somebody said goodbye for a record that is also ours: repeat it before caches drop it. RFC 6762 section 10.1. */
	private rescue(now: number, link: number, shared: number): void {
		if (shared && this.phase === Phase.Established)
			this.outbox.schedule(now, link, shared);
	}

	/** RFC 6762 section 9: whoever has announced probes again under the same name; whoever probes takes another one. */
	private onConflict(now: number, conflicts: number): void {
		const count = (this.conflicts ?? 0) + 1;
		this.conflicts = count;
		if (this.phase === Phase.Probing) {
			this.records.rename(conflicts);
			if (conflicts & Bits.InstanceConflict)
				this.options.onRenamed?.(this.instance);
		}
		this.probe(now, count < MANY_CONFLICTS ? randomBetween(this.options, 0, PROBE_INTERVAL_MS) : MANY_CONFLICTS_MS);
	}
}

function hasChanges(text: ServiceText, changes: Partial<ServiceText>): boolean {
	for (const key in changes) {
		if (changes[key as keyof ServiceText] !== text[key as keyof ServiceText])
			return true;
	}
	return false;
}
