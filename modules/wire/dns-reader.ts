/**
 * Reads a DNS message question by question and record by record, in place. RFC 1035 section 4.1.
 *
 * The reader is its own current entry: next() moves on and sets the fields. Nothing is copied and nothing thrown; isWellFormed
 * walks the whole message once, so that a message is acted on wholly or not at all. What is inside record data is for the caller.
 */

import { HEADER_BYTES, sameName, Section, skipName, uint16, uint32 } from "hap/wire/dns";

export class DnsReader {
	readonly bytes: Uint8Array;
	section = Section.Question;
	/** Where the entry's name starts. */
	name = 0;
	type = 0;
	/** The class without its top bit. */
	class = 0;
	/** The top bit of the class: unicast response wanted (question), cache flush (record). */
	hasTopBit = false;
	ttl = 0;
	/** Where the record's data start. */
	data = 0;
	dataBytes = 0;
	private at = HEADER_BYTES;
	private left = 0;

	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
		this.rewind();
	}

	get id(): number {
		return uint16(this.bytes, 0);
	}

	get flags(): number {
		return uint16(this.bytes, 2);
	}

	/** Whether all the entries the header counts are there. Rewinds. */
	get isWellFormed(): boolean {
		if (this.bytes.length < HEADER_BYTES)
			return false;
		this.rewind();
		let isWellFormed = true;
		while (isWellFormed && this.hasNext())
			isWellFormed = this.read();
		this.rewind();
		return isWellFormed;
	}

	rewind(): void {
		this.section = Section.Question;
		this.at = HEADER_BYTES;
		this.left = uint16(this.bytes, 4);
	}

	/** Moves to the next entry; false after the last one, or when the message is cut short. */
	next(): boolean {
		return this.hasNext() && this.read();
	}

	/** Whether the entry has this name. */
	isNamed(names: Uint8Array, at: number): boolean {
		return sameName(this.bytes, this.name, names, at);
	}

	/** Whether the record's data are this name, after `skip` bytes of something else. */
	refersTo(names: Uint8Array, at: number, skip = 0): boolean {
		const start = this.data + skip;
		return skipName(this.bytes, start) === this.data + this.dataBytes && sameName(this.bytes, start, names, at);
	}

	/** Whether the record's data are these bytes. */
	holds(bytes: Uint8Array): boolean {
		return bytes.length === this.dataBytes && this.holdsAt(this.data, bytes);
	}

	/** Whether these bytes lie at that place of the message. */
	holdsAt(at: number, bytes: Uint8Array): boolean {
		for (let i = 0; i < bytes.length; i++) {
			if (this.bytes[at + i] !== bytes[i])
				return false;
		}
		return true;
	}

	private hasNext(): boolean {
		while (this.left === 0) {
			if (this.section === Section.Additional)
				return false;
			this.section++;
			this.left = uint16(this.bytes, 4 + 2 * this.section);
		}
		return true;
	}

	private read(): boolean {
		const bytes = this.bytes;
		const end = skipName(bytes, this.at);
		const isQuestion = this.section === Section.Question;
		const start = end + (isQuestion ? 4 : 10);
		if (end < 0 || start > bytes.length)
			return false;
		this.name = this.at;
		this.type = (bytes[end] << 8) | bytes[end + 1];
		this.class = ((bytes[end + 2] & 0x7f) << 8) | bytes[end + 3];
		this.hasTopBit = bytes[end + 2] >= 0x80;
		this.ttl = isQuestion ? 0 : uint32(bytes, end + 4);
		this.data = start;
		this.dataBytes = isQuestion ? 0 : uint16(bytes, end + 8);
		this.at = start + this.dataBytes;
		if (this.at > bytes.length)
			return false;
		this.left--;
		return true;
	}
}
