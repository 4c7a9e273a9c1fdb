/**
 * Decides when and to whom answers go, and sends them. RFC 6762 sections 5.4, 6, 6.7 and 7.2.
 *
 * Of the queries that wait for an answer nothing is kept but the records they asked for: one set for multicast, and one for a querier
 * that is still telling what it knows.
 */

import type { OwnRecords } from "hap/discovery/own-records";
import type { Query } from "hap/discovery/query";
import { Bits, KINDS, ttlOf } from "hap/discovery/record-bits";
import { DnsFlags, Section } from "hap/wire/dns";
import type { DnsReader } from "hap/wire/dns-reader";
import { DnsWriter } from "hap/wire/dns-writer";

export const MDNS_PORT = 5353;

/** Announcing a service with a name of 63 bytes, a model of 64 and four addresses of each family takes 588 bytes. */
export const MESSAGE_BYTES = 768;

/** Where messages leave. */
export interface Sender {
	/** Without an address: to all multicast groups. May keep nothing of the message, may not throw. */
	send(message: Uint8Array, address: string | undefined, port: number): void;
}

export interface OutboxOptions {
	/** At least 0, below 1. Spreads load, nothing secret. */
	random(): number;
}

/** Between two multicasts of a record; when another host probes for our name, the second. RFC 6762 section 6. */
export const MULTICAST_INTERVAL_MS = 1000;
export const DEFENCE_INTERVAL_MS = 250;

const LEGACY_TTL = 10;
const SHARED_DELAY_MS = 20;
const SHARED_DELAY_MOST_MS = 120;
const TRUNCATED_DELAY_MS = 400;
const TRUNCATED_DELAY_MOST_MS = 500;

export class Outbox {
	private readonly options: OutboxOptions;
	private readonly records: OwnRecords;
	private readonly sender: Sender;
	/** When each kind of record was multicast last. */
	private readonly lastSent = new Float64Array(KINDS).fill(-Infinity);
	/** Answers to be multicast. */
	private pending: number = Bits.None;
	private pendingAt = Infinity;
	/** Answers to a querier that has not told all its known answers yet. */
	private deferred: number = Bits.None;
	private deferredAt = Infinity;
	private deferredFor = "";

	constructor(options: OutboxOptions, records: OwnRecords, sender: Sender) {
		this.options = options;
		this.records = records;
		this.sender = sender;
	}

	get due(): number {
		return Math.min(this.pendingAt, this.deferredAt);
	}

	tick(now: number): void {
		if (now >= this.deferredAt) {
			const answers = this.deferred;
			this.forgetDeferred();
			this.multicast(now, answers);
		}
		if (now >= this.pendingAt) {
			const answers = this.pending;
			this.forgetPending();
			this.multicast(now, answers);
		}
	}

	/** Drops all answers not sent yet. */
	clear(): void {
		this.forgetPending();
		this.forgetDeferred();
	}

	/** Lets records be multicast at once: they are others now, or on another network. */
	forgetSent(records: number): void {
		for (let kind = 0; kind < KINDS; kind++) {
			if (records & (1 << kind))
				this.lastSent[kind] = -Infinity;
		}
	}

	/** Answers one query, now or later. */
	answer(now: number, message: DnsReader, query: Query, address: string, port: number): void {
		const asked = (query.multicast | query.unicast) & ~query.known;
		if (port !== MDNS_PORT)
			this.answerLegacy(message, asked, address, port);
		else if (query.isContinuation)
			this.continue(now, query, address);
		else if (query.isProbe)
			this.multicast(now, asked, DEFENCE_INTERVAL_MS);
		else if (query.isTruncated && asked && !this.deferred)
			this.defer(now, asked, address);
		else {
			const unicast = this.recent(now, asked & ~query.multicast);
			this.send(unicast, ~query.known, address, port);
			this.schedule(now, asked & ~unicast);
		}
	}

	/** What only we can answer goes at once; what others answer too, after a moment that differs from theirs. */
	schedule(now: number, answers: number): void {
		if (answers & Bits.Shared) {
			this.pending |= answers;
			this.pendingAt = Math.min(this.pendingAt, now + randomBetween(this.options, SHARED_DELAY_MS, SHARED_DELAY_MOST_MS));
		}
		else
			this.multicast(now, answers);
	}

	/** Another host has said the same. RFC 6762 section 7.4. */
	unschedule(answers: number): void {
		this.pending &= ~answers;
	}

	/** Multicasts what was not multicast within the interval, and keeps the rest until it may. */
	multicast(now: number, answers: number, interval = MULTICAST_INTERVAL_MS): void {
		const early = this.sentSince(now - interval, answers);
		const ready = answers & ~early;
		this.pending &= ~ready;
		if (early) {
			this.pending |= early;
			this.pendingAt = Math.min(this.pendingAt, this.firstSent(early) + interval);
		}
		const repeated = this.sentSince(now - MULTICAST_INTERVAL_MS, this.records.additionalTo(ready));
		const sent = this.send(ready, ~(early | repeated), undefined, MDNS_PORT);
		for (let kind = 0; kind < KINDS; kind++) {
			if (sent & (1 << kind))
				this.lastSent[kind] = now;
		}
	}

	/** A message for everybody that is neither answer nor announcement. */
	multicastMessage(message: Uint8Array): void {
		this.sender.send(message, undefined, MDNS_PORT);
	}

	/** Sends answers and those of their additional records that are allowed; says which. */
	private send(answers: number, allowed: number, address: string | undefined, port: number): number {
		if (!answers)
			return Bits.None;
		const writer = responseWriter(0);
		this.records.write(writer, answers, true);
		if (writer.isEmpty)
			return Bits.None;
		const additional = this.records.additionalTo(answers) & allowed;
		writer.section = Section.Additional;
		this.records.write(writer, additional, true);
		this.sender.send(writer.message, address, port);
		return answers | additional;
	}

	/** A querier that does not speak multicast DNS gets a conventional answer. RFC 6762 section 6.7. */
	private answerLegacy(query: DnsReader, answers: number, address: string, port: number): void {
		if (!answers)
			return;
		const writer = responseWriter(query.id);
		writer.section = Section.Question;
		query.rewind();
		while (query.next() && query.section === Section.Question) {
			if (this.records.askedFor(query))
				writer.question(query.bytes, query.name, query.type, query.class);
		}
		writer.section = Section.Answer;
		this.records.write(writer, answers, false, LEGACY_TTL);
		writer.section = Section.Additional;
		this.records.write(writer, this.records.additionalTo(answers), false, LEGACY_TTL);
		this.sender.send(writer.message, address, port);
	}

	private defer(now: number, answers: number, address: string): void {
		this.deferred = answers;
		this.deferredAt = now + randomBetween(this.options, TRUNCATED_DELAY_MS, TRUNCATED_DELAY_MOST_MS);
		this.deferredFor = address;
	}

	private continue(now: number, query: Query, address: string): void {
		if (!this.deferred || address !== this.deferredFor)
			return;
		const asked = this.deferred & ~query.known;
		this.forgetDeferred();
		if (asked && query.isTruncated)
			this.defer(now, asked, address);
		else
			this.schedule(now, asked);
	}

	/** Those multicast within a quarter of their TTL: all caches have them. */
	private recent(now: number, records: number): number {
		let recent: number = Bits.None;
		for (let kind = 0; kind < KINDS; kind++) {
			const bit = records & (1 << kind);
			if (bit && now - this.lastSent[kind] < ttlOf(bit) * 250)
				recent |= bit;
		}
		return recent;
	}

	private sentSince(time: number, records: number): number {
		let since: number = Bits.None;
		for (let kind = 0; kind < KINDS; kind++) {
			if (this.lastSent[kind] > time)
				since |= records & (1 << kind);
		}
		return since;
	}

	private firstSent(records: number): number {
		let first = Infinity;
		for (let kind = 0; kind < KINDS; kind++) {
			if (records & (1 << kind))
				first = Math.min(first, this.lastSent[kind]);
		}
		return first;
	}

	private forgetPending(): void {
		this.pending = Bits.None;
		this.pendingAt = Infinity;
	}

	private forgetDeferred(): void {
		this.deferred = Bits.None;
		this.deferredAt = Infinity;
		this.deferredFor = "";
	}
}

/** A whole number, both ends included. */
export function randomBetween(options: OutboxOptions, least: number, most: number): number {
	return least + Math.floor(options.random() * (most - least + 1));
}

export function responseWriter(id: number): DnsWriter {
	const writer = new DnsWriter(MESSAGE_BYTES, id, DnsFlags.Response | DnsFlags.Authoritative);
	writer.section = Section.Answer;
	return writer;
}
