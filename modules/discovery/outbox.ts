/**
 * Decides when and to whom answers go, and sends them. RFC 6762 sections 5.4, 6, 6.7 and 7.2.
 *
 * Of the queries that wait for an answer nothing is kept but the records they asked for: one set a link for multicast, and one for a
 * querier that is still telling what it knows. A link is one address family of one interface: each is answered for itself, with the
 * addresses of its interface (section 14).
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
	/** Read when the responder starts. */
	readonly linkCount: number;
	/** Without an address: to the link's multicast group. May keep nothing of the message, may not throw. */
	send(message: Uint8Array, link: number, address: string | undefined, port: number): void;
}

export interface OutboxOptions {
	/** At least 0, below 1. Spreads load, nothing secret. */
	random(): number;
}

/** Between two multicasts of a record; when another host probes for our name, the second. RFC 6762 section 6. */
const MULTICAST_INTERVAL_MS = 1000;
const DEFENCE_INTERVAL_MS = 250;

const LEGACY_TTL = 10;
const SHARED_DELAY_MS = 20;
const SHARED_DELAY_MOST_MS = 120;
const TRUNCATED_DELAY_MS = 400;
const TRUNCATED_DELAY_MOST_MS = 500;

/** What is kept of a link: when each kind of record was multicast last, in the order of its bits; the answers to be multicast, and when. */
const enum Column {
	LastSent = 0,
	Pending = 8,
	PendingAt = 9,
	Count = 10,
}

export class Outbox {
	private readonly options: OutboxOptions;
	private readonly records: OwnRecords;
	private readonly sender: Sender;
	/** Column.Count numbers a link. */
	private links = new Float64Array(0);
	/** Answers to a querier that has not told all its known answers yet; these come into being with the first of them. */
	declare private deferred?: number;
	declare private deferredAt?: number;
	declare private deferredFor?: string;
	declare private deferredLink?: number;

	constructor(options: OutboxOptions, records: OwnRecords, sender: Sender) {
		this.options = options;
		this.records = records;
		this.sender = sender;
	}

	get due(): number {
		const links = this.links;
		let due = this.deferredAt ?? Infinity;
		for (let at: number = Column.PendingAt; at < links.length; at += Column.Count)
			due = Math.min(due, links[at]);
		return due;
	}

	get linkCount(): number {
		return this.links.length / Column.Count;
	}

	tick(now: number): void {
		const { deferred, deferredAt, deferredLink } = this;
		if (deferred && now >= deferredAt!) {
			this.forgetDeferred();
			this.multicast(now, deferredLink!, deferred);
		}
		const links = this.links;
		for (let link = 0; link < this.linkCount; link++) {
			const row = link * Column.Count;
			if (now < links[row + Column.PendingAt])
				continue;
			const answers = links[row + Column.Pending];
			this.forgetPending(link);
			this.multicast(now, link, answers);
		}
	}

	/** Takes the links anew, on which nothing has been sent yet. */
	reset(): void {
		this.links = new Float64Array(this.sender.linkCount * Column.Count);
		this.forgetSent(-1);
		this.clear();
	}

	/** Drops all answers not sent yet. */
	clear(): void {
		for (let link = 0; link < this.linkCount; link++)
			this.forgetPending(link);
		this.forgetDeferred();
	}

	/** Lets records be multicast at once: they are others now. */
	forgetSent(records: number): void {
		for (let row = 0; row < this.links.length; row += Column.Count) {
			for (let kind = 0; kind < KINDS; kind++) {
				if (records & (1 << kind))
					this.links[row + Column.LastSent + kind] = -Infinity;
			}
		}
	}

	/** Answers one query, now or later. */
	answer(now: number, link: number, message: DnsReader, query: Query, address: string, port: number): void {
		const asked = (query.multicast | query.unicast) & ~query.known;
		if (port !== MDNS_PORT)
			this.answerLegacy(link, message, asked, address, port);
		else if (query.isContinuation)
			this.continue(now, link, query, address);
		else if (query.isProbe)
			this.multicast(now, link, asked, DEFENCE_INTERVAL_MS);
		else if (query.isTruncated && asked && !this.deferred)
			this.defer(now, link, asked, address);
		else {
			const unicast = this.recent(now, link, asked & ~query.multicast);
			this.send(link, unicast, ~query.known, address, port);
			this.schedule(now, link, asked & ~unicast);
		}
	}

	/** What only we can answer goes at once; what others answer too, after a moment that differs from theirs. */
	schedule(now: number, link: number, answers: number): void {
		if (answers & Bits.Shared)
			this.postpone(link, answers, now + randomBetween(this.options, SHARED_DELAY_MS, SHARED_DELAY_MOST_MS));
		else
			this.multicast(now, link, answers);
	}

	/** Another host has said the same. RFC 6762 section 7.4. */
	unschedule(link: number, answers: number): void {
		this.links[link * Column.Count + Column.Pending] &= ~answers;
	}

	/** Multicasts what was not multicast within the interval, and keeps the rest until it may. */
	multicast(now: number, link: number, answers: number, interval = MULTICAST_INTERVAL_MS): void {
		const row = link * Column.Count;
		const early = this.sentSince(now - interval, link, answers);
		const ready = answers & ~early;
		this.unschedule(link, ready);
		if (early)
			this.postpone(link, early, this.firstSent(link, early) + interval);
		const repeated = this.sentSince(now - MULTICAST_INTERVAL_MS, link, this.records.additionalTo(ready));
		const sent = this.send(link, ready, ~(early | repeated), undefined, MDNS_PORT);
		for (let kind = 0; kind < KINDS; kind++) {
			if (sent & (1 << kind))
				this.links[row + Column.LastSent + kind] = now;
		}
	}

	multicastAll(now: number, answers: number): void {
		for (let link = 0; link < this.linkCount; link++)
			this.multicast(now, link, answers);
	}

	/** A message for everybody that is neither answer nor announcement. */
	multicastMessage(link: number, message: Uint8Array): void {
		this.sender.send(message, link, undefined, MDNS_PORT);
	}

	/** Sends answers and those of their additional records that are allowed; says which. */
	private send(link: number, answers: number, allowed: number, address: string | undefined, port: number): number {
		if (!answers)
			return Bits.None;
		const writer = responseWriter(0);
		this.records.write(writer, link, answers, true);
		if (writer.isEmpty)
			return Bits.None;
		const additional = this.records.additionalTo(answers) & allowed;
		writer.section = Section.Additional;
		this.records.write(writer, link, additional, true);
		this.sender.send(writer.message, link, address, port);
		return answers | additional;
	}

	/** A querier that does not speak multicast DNS gets a conventional answer. RFC 6762 section 6.7. */
	private answerLegacy(link: number, query: DnsReader, answers: number, address: string, port: number): void {
		if (!answers)
			return;
		const writer = responseWriter(query.id);
		writer.section = Section.Question;
		query.rewind();
		while (query.next() && query.section === Section.Question) {
			if (this.records.askedFor(query, link))
				writer.question(query.bytes, query.name, query.type, query.class);
		}
		writer.section = Section.Answer;
		this.records.write(writer, link, answers, false, LEGACY_TTL);
		writer.section = Section.Additional;
		this.records.write(writer, link, this.records.additionalTo(answers), false, LEGACY_TTL);
		this.sender.send(writer.message, link, address, port);
	}

	private postpone(link: number, answers: number, due: number): void {
		const row = link * Column.Count;
		this.links[row + Column.Pending] |= answers;
		this.links[row + Column.PendingAt] = Math.min(this.links[row + Column.PendingAt], due);
	}

	private defer(now: number, link: number, answers: number, address: string): void {
		this.deferred = answers;
		this.deferredAt = now + randomBetween(this.options, TRUNCATED_DELAY_MS, TRUNCATED_DELAY_MOST_MS);
		this.deferredFor = address;
		this.deferredLink = link;
	}

	private continue(now: number, link: number, query: Query, address: string): void {
		if (!this.deferred || link !== this.deferredLink || address !== this.deferredFor)
			return;
		const asked = this.deferred & ~query.known;
		this.forgetDeferred();
		if (asked && query.isTruncated)
			this.defer(now, link, asked, address);
		else
			this.schedule(now, link, asked);
	}

	/** Those multicast within a quarter of their TTL: all caches have them. */
	private recent(now: number, link: number, records: number): number {
		let recent: number = Bits.None;
		for (let kind = 0; kind < KINDS; kind++) {
			const bit = records & (1 << kind);
			if (bit && now - this.links[link * Column.Count + Column.LastSent + kind] < ttlOf(bit) * 250)
				recent |= bit;
		}
		return recent;
	}

	private sentSince(time: number, link: number, records: number): number {
		let since: number = Bits.None;
		for (let kind = 0; kind < KINDS; kind++) {
			if (this.links[link * Column.Count + Column.LastSent + kind] > time)
				since |= records & (1 << kind);
		}
		return since;
	}

	private firstSent(link: number, records: number): number {
		let first = Infinity;
		for (let kind = 0; kind < KINDS; kind++) {
			if (records & (1 << kind))
				first = Math.min(first, this.links[link * Column.Count + Column.LastSent + kind]);
		}
		return first;
	}

	private forgetPending(link: number): void {
		this.links[link * Column.Count + Column.Pending] = Bits.None;
		this.links[link * Column.Count + Column.PendingAt] = Infinity;
	}

	private forgetDeferred(): void {
		if (!this.deferred)
			return;
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
