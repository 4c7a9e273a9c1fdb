/**
 * The records of one advertised service: which of them a question asks for, which of them a received record is, and how they are
 * written. RFC 6763 sections 4 to 6 and 12, RFC 6762 sections 6 and 10.
 */

import { fromText } from "hap/bytes/bytes";
import { addressBytes } from "hap/discovery/address";
import { Bits, HOST_TTL, OTHER_TTL } from "hap/discovery/record-bits";
import { characterBoundary, hostAt, NameAt, type ServiceDescription, serviceNames, type ServiceText } from "hap/discovery/service";
import { DnsClass, DnsType, Section, uint16 } from "hap/wire/dns";
import type { DnsReader } from "hap/wire/dns-reader";
import type { DnsWriter } from "hap/wire/dns-writer";

/** Per family and message: eight of 28 bytes still leave room for everything else. */
const MAX_ADDRESSES = 4;
const MAX_TEXT_ENTRY = 255;

export interface OwnRecordsOptions {
	readonly service: ServiceDescription;
	/** Of one link's interface, or of all, as text; asked for whenever they are needed. */
	addresses(link?: number): readonly string[];
}

export class OwnRecords {
	private readonly options: OwnRecordsOptions;
	names: Uint8Array;
	/** Above 1 when the name was taken; these come into being when they are set. */
	declare private instanceNumber?: number;
	declare private hostNumber?: number;

	constructor(options: OwnRecordsOptions) {
		this.options = options;
		this.names = serviceNames(options.service, 1, 1);
	}

	/** Gives way to another service or host of the same name. */
	rename(conflicts: number): void {
		if (conflicts & Bits.InstanceConflict)
			this.instanceNumber = (this.instanceNumber ?? 1) + 1;
		if (conflicts & Bits.HostConflict)
			this.hostNumber = (this.hostNumber ?? 1) + 1;
		this.names = serviceNames(this.options.service, this.instanceNumber ?? 1, this.hostNumber ?? 1);
	}

	/** Whether the current entry's name is one that nobody else may have. */
	isUnique(entry: DnsReader): boolean {
		return entry.isNamed(this.names, NameAt.Instance) || entry.isNamed(this.names, hostAt(this.names));
	}

	/** The records the current question asks for; NSEC for a type that a name of ours does not have. */
	askedFor(question: DnsReader, link: number): number {
		if (question.class !== DnsClass.IN && question.class !== DnsClass.ANY)
			return Bits.None;
		const names = this.names;
		if (question.isNamed(names, NameAt.Instance))
			return askedOfInstance(question.type);
		if (question.isNamed(names, hostAt(names)))
			return this.askedOfHost(question.type, link);
		if (question.type !== DnsType.PTR && question.type !== DnsType.ANY)
			return Bits.None;
		if (question.isNamed(names, NameAt.Service))
			return Bits.Pointer;
		return question.isNamed(names, NameAt.Services) ? Bits.Enumeration : Bits.None;
	}

	/** Which record of ours the current one is on that link, data included; or with which it is in conflict. */
	identify(record: DnsReader, link: number): number {
		if (record.class !== DnsClass.IN)
			return Bits.None;
		switch (record.type) {
			case DnsType.PTR:
				return this.identifyPointer(record);
			case DnsType.SRV:
				return this.identifyService(record);
			case DnsType.TXT:
				return record.isNamed(this.names, NameAt.Instance) && this.isOurText(record) ? Bits.Text : Bits.None;
			case DnsType.A:
				return this.identifyAddress(record, Bits.Address4, link);
			case DnsType.AAAA:
				return this.identifyAddress(record, Bits.Address6, link);
			default:
				return Bits.None;
		}
	}

	/** How many records stand behind Address4 or Address6. */
	addressCount(family: number, link: number): number {
		return this.bytesOf(family, link).length;
	}

	/**
	 * Whether the host's records that a message proposes are ours, of whatever link: a computer that is in one network by cable and by
	 * radio hears itself, with other addresses. RFC 6762 section 14.
	 */
	isOwnProposal(message: DnsReader): boolean {
		message.rewind();
		while (message.next()) {
			const isProposal = message.section === Section.Authority && message.isNamed(this.names, hostAt(this.names));
			if (isProposal && !this.isOwnAddress(message))
				return false;
		}
		return true;
	}

	/** What a querier will ask for next. RFC 6763 section 12, RFC 6762 section 6.2. */
	additionalTo(answers: number): number {
		let additional = Bits.None;
		if (answers & Bits.Pointer)
			additional |= Bits.Service | Bits.Text;
		if (answers & (Bits.Pointer | Bits.Service))
			additional |= Bits.Addresses | Bits.InstanceTypes | Bits.HostTypes;
		if (answers & Bits.Addresses)
			additional |= Bits.Addresses | Bits.HostTypes;
		return additional & ~answers;
	}

	/** A goodbye has ttlLimit 0; RFC 6762 section 6.7 wants 10 at most for queriers that are not ours. */
	write(writer: DnsWriter, link: number, records: number, isFlush: boolean, ttlLimit = Infinity): void {
		const names = this.names;
		const hostTtl = Math.min(HOST_TTL, ttlLimit);
		const otherTtl = Math.min(OTHER_TTL, ttlLimit);
		if (records & Bits.Enumeration)
			writePointer(writer, names, NameAt.Services, NameAt.Service, otherTtl);
		if (records & Bits.Pointer)
			writePointer(writer, names, NameAt.Service, NameAt.Instance, otherTtl);
		if (records & Bits.Service)
			this.writeService(writer, isFlush, hostTtl);
		if (records & Bits.Text)
			this.writeText(writer, isFlush, otherTtl);
		if (records & Bits.Address4)
			this.writeAddresses(writer, link, Bits.Address4, isFlush, hostTtl);
		if (records & Bits.Address6)
			this.writeAddresses(writer, link, Bits.Address6, isFlush, hostTtl);
		if (records & Bits.InstanceTypes)
			writeTypes(writer, names, NameAt.Instance, [DnsType.TXT, DnsType.SRV], isFlush, otherTtl);
		if (records & Bits.HostTypes)
			writeTypes(writer, names, hostAt(names), this.hostTypes(link), isFlush, hostTtl);
	}

	private askedOfHost(type: number, link: number): number {
		const has4 = this.addressCount(Bits.Address4, link) ? Bits.Address4 : Bits.None;
		const has6 = this.addressCount(Bits.Address6, link) ? Bits.Address6 : Bits.None;
		if (!has4 && !has6)
			return Bits.None;
		switch (type) {
			case DnsType.A:
				return has4 || Bits.HostTypes;
			case DnsType.AAAA:
				return has6 || Bits.HostTypes;
			case DnsType.ANY:
				return has4 | has6;
			default:
				return Bits.HostTypes;
		}
	}

	private identifyPointer(record: DnsReader): number {
		const names = this.names;
		if (record.isNamed(names, NameAt.Service))
			return record.refersTo(names, NameAt.Instance) ? Bits.Pointer : Bits.None;
		return record.isNamed(names, NameAt.Services) && record.refersTo(names, NameAt.Service) ? Bits.Enumeration : Bits.None;
	}

	private identifyService(record: DnsReader): number {
		const names = this.names;
		if (!record.isNamed(names, NameAt.Instance))
			return Bits.None;
		const isOurs = record.dataBytes > 6
			&& record.refersTo(names, hostAt(names), 6)
			&& uint16(record.bytes, record.data + 4) === this.options.service.port;
		return isOurs ? Bits.Service : Bits.InstanceConflict;
	}

	private identifyAddress(record: DnsReader, family: number, link: number): number {
		if (!record.isNamed(this.names, hostAt(this.names)))
			return Bits.None;
		if (this.bytesOf(family, link).some((bytes) => record.holds(bytes)))
			return family;
		return this.isOwnAddress(record) ? Bits.None : Bits.HostConflict;
	}

	private isOwnAddress(record: DnsReader): boolean {
		for (const text of this.options.addresses()) {
			const bytes = addressBytes(text);
			if (bytes && record.holds(bytes))
				return true;
		}
		return false;
	}

	private isOurText(record: DnsReader): boolean {
		const end = record.data + record.dataBytes;
		let at = record.data;
		for (const key in this.options.service.text) {
			const entry = this.textEntry(key as keyof ServiceText);
			if (at >= end || record.bytes[at] !== entry.length || !record.holdsAt(at + 1, entry))
				return false;
			at += entry.length + 1;
		}
		return at === end;
	}

	private textEntry(key: keyof ServiceText): Uint8Array {
		const entry = fromText(`${key}=${this.options.service.text[key]}`);
		return entry.length <= MAX_TEXT_ENTRY ? entry : entry.slice(0, characterBoundary(entry, MAX_TEXT_ENTRY));
	}

	private bytesOf(family: number, link: number): Uint8Array[] {
		const length = family === Bits.Address4 ? 4 : 16;
		const found: Uint8Array[] = [];
		for (const text of this.options.addresses(link)) {
			if (text.includes(":") !== (length === 16) || found.length === MAX_ADDRESSES)
				continue;
			const bytes = addressBytes(text);
			if (bytes?.length === length)
				found.push(bytes);
		}
		return found;
	}

	private hostTypes(link: number): number[] {
		const types: number[] = [];
		if (this.addressCount(Bits.Address4, link))
			types.push(DnsType.A);
		if (this.addressCount(Bits.Address6, link))
			types.push(DnsType.AAAA);
		return types;
	}

	private writeService(writer: DnsWriter, isFlush: boolean, ttl: number): void {
		const names = this.names;
		writer.beginRecord(names, NameAt.Instance, DnsType.SRV, isFlush, ttl);
		writer.uint16(0);
		writer.uint16(0);
		writer.uint16(this.options.service.port);
		writer.name(names, hostAt(names));
		writer.endRecord();
	}

	private writeText(writer: DnsWriter, isFlush: boolean, ttl: number): void {
		writer.beginRecord(this.names, NameAt.Instance, DnsType.TXT, isFlush, ttl);
		for (const key in this.options.service.text) {
			const entry = this.textEntry(key as keyof ServiceText);
			writer.byte(entry.length);
			writer.data(entry);
		}
		writer.endRecord();
	}

	private writeAddresses(writer: DnsWriter, link: number, family: number, isFlush: boolean, ttl: number): void {
		for (const bytes of this.bytesOf(family, link)) {
			writer.beginRecord(this.names, hostAt(this.names), family === Bits.Address4 ? DnsType.A : DnsType.AAAA, isFlush, ttl);
			writer.data(bytes);
			writer.endRecord();
		}
	}
}

function askedOfInstance(type: number): number {
	switch (type) {
		case DnsType.SRV:
			return Bits.Service;
		case DnsType.TXT:
			return Bits.Text;
		case DnsType.ANY:
			return Bits.Service | Bits.Text;
		default:
			return Bits.InstanceTypes;
	}
}

/** Shared records never flush: the others' would go too. */
function writePointer(writer: DnsWriter, names: Uint8Array, from: number, to: number, ttl: number): void {
	writer.beginRecord(names, from, DnsType.PTR, false, ttl);
	writer.name(names, to);
	writer.endRecord();
}

/** NSEC: the types, in rising order, that exist under the name. One window block of types below 256. RFC 6762 section 6.1. */
function writeTypes(writer: DnsWriter, names: Uint8Array, at: number, types: readonly number[], isFlush: boolean, ttl: number): void {
	if (types.length === 0)
		return;
	const bitmap = new Uint8Array((types[types.length - 1] >> 3) + 1);
	for (const type of types)
		bitmap[type >> 3] |= 0x80 >> (type & 7);
	writer.beginRecord(names, at, DnsType.NSEC, isFlush, ttl);
	writer.name(names, at);
	writer.byte(0);
	writer.byte(bitmap.length);
	writer.data(bitmap);
	writer.endRecord();
}
