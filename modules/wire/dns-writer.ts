/**
 * Writes a DNS message into one buffer, compressing names. RFC 1035 section 4.1, RFC 6762 section 18.14.
 *
 * A question or record that does not fit is left out whole. Entries must come in the order of their sections.
 */

import { DnsClass, HEADER_BYTES, labelAt, MAX_LABELS, sameName, Section, uint16 } from "hap/wire/dns";

export class DnsWriter {
	/** Where the entries written next belong. */
	section = Section.Question;
	private readonly bytes: Uint8Array;
	private at = HEADER_BYTES;
	/**
	 * Where the labels written so far start, names that are not complete yet excepted; above the lower 16 bits, one more than where
	 * they came from in `names`, which are the bytes that names were written from last.
	 */
	private readonly labels: number[] = [];
	private names: Uint8Array | undefined;
	/** The entry being written: where it starts, how many labels were known before it, where its data start. */
	private entry = HEADER_BYTES;
	private labelsBefore = 0;
	private dataAt = 0;

	constructor(size: number, id: number, flags: number) {
		this.bytes = new Uint8Array(size);
		this.put16(0, id);
		this.put16(2, flags);
	}

	/** Whether nothing but the header is written. */
	get isEmpty(): boolean {
		return this.at === HEADER_BYTES;
	}

	get message(): Uint8Array {
		return this.bytes.subarray(0, this.at);
	}

	question(names: Uint8Array, at: number, type: number, classAndTopBit: number): void {
		this.begin();
		this.name(names, at);
		this.uint16(type);
		this.uint16(classAndTopBit);
		this.end();
	}

	beginRecord(names: Uint8Array, at: number, type: number, isFlush: boolean, ttl: number): void {
		this.begin();
		this.name(names, at);
		this.uint16(type);
		this.uint16(isFlush ? DnsClass.IN | DnsClass.TopBit : DnsClass.IN);
		this.uint16(ttl >>> 16);
		this.uint16(ttl & 0xffff);
		this.uint16(0);
		this.dataAt = this.at;
	}

	endRecord(): void {
		this.put16(this.dataAt - 2, this.at - this.dataAt);
		this.end();
	}

	byte(value: number): void {
		this.bytes[this.at++] = value;
	}

	uint16(value: number): void {
		const { bytes, at } = this;
		bytes[at] = value >> 8;
		bytes[at + 1] = value;
		this.at = at + 2;
	}

	/** Bytes beyond the message's end are counted and not written; end() takes the entry back. */
	data(bytes: Uint8Array): void {
		const end = this.at + bytes.length;
		if (end <= this.bytes.length)
			this.bytes.set(bytes, this.at);
		this.at = end;
	}

	/** Of some of them: a view would cost more than their copy. */
	part(bytes: Uint8Array, from: number, to: number): void {
		const target = this.bytes;
		let end = this.at;
		for (let at = from; at < to; at++)
			target[end++] = bytes[at];
		this.at = end;
	}

	name(names: Uint8Array, at: number): void {
		this.writeFrom(names);
		const known = this.labels.length;
		for (let labels = 0; labels < MAX_LABELS; labels++) {
			at = labelAt(names, at);
			if (at < 0 || names[at] === 0)
				break;
			const written = this.find(at, known);
			if (written > 0) {
				this.uint16(0xc000 | written);
				return;
			}
			this.labels.push((at + 1) * 0x10000 + this.at);
			const end = at + names[at] + 1;
			this.part(names, at, end);
			at = end;
		}
		this.byte(0);
	}

	private writeFrom(names: Uint8Array): void {
		if (this.names === names)
			return;
		this.names = names;
		for (let i = 0; i < this.labels.length; i++)
			this.labels[i] &= 0xffff;
	}

	/** Where the name that starts at `at` lies in the message, among that many labels, or 0. */
	private find(at: number, known: number): number {
		const labels = this.labels;
		const source = at + 1;
		for (let i = 0; i < known; i++) {
			if (labels[i] >>> 16 === source)
				return labels[i] & 0xffff;
		}
		const names = this.names!;
		for (let i = 0; i < known; i++) {
			const label = labels[i] & 0xffff;
			if (this.bytes[label] === names[at] && sameName(this.bytes, label, names, at))
				return label;
		}
		return 0;
	}

	private begin(): void {
		this.entry = this.at;
		this.labelsBefore = this.labels.length;
	}

	/** Counts the entry, or takes it back: bytes put beyond a Uint8Array's end are ignored, only `at` tells. */
	private end(): void {
		if (this.at > this.bytes.length) {
			this.at = this.entry;
			this.labels.length = this.labelsBefore;
			return;
		}
		const count = 4 + 2 * this.section;
		this.put16(count, uint16(this.bytes, count) + 1);
	}

	private put16(at: number, value: number): void {
		this.bytes[at] = value >> 8;
		this.bytes[at + 1] = value;
	}
}
