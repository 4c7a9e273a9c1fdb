/** DNS messages: names end inside the message, and what is well-formed is the same when it is written again. */

import { sameBytes } from "hap/bytes/bytes";
import { expandName, sameName, Section, skipName } from "hap/wire/dns";
import { DnsReader } from "hap/wire/dns-reader";
import { DnsWriter } from "hap/wire/dns-writer";
import { check } from "tests/fuzz/support/check";

const ROOM = 8192;

function checkNames(bytes: Uint8Array): void {
	for (let at = 0; at < bytes.length; at += 1 + (at >> 2)) {
		const end = skipName(bytes, at);
		check(end === -1 || (end > at && end <= bytes.length), "a name ends behind its beginning");
		const name = expandName(bytes, at);
		if (name)
			check(sameName(bytes, at, name, 0) && name.length <= 255 && skipName(name, 0) === name.length, "in full it is the same");
	}
}

function classOf({ class: number, hasTopBit }: DnsReader): number {
	return hasTopBit ? number | 0x8000 : number;
}

/** Entries whose names are whole, with the class that a writer can say. */
function write(message: DnsReader): { writer: DnsWriter; written: number; } {
	const writer = new DnsWriter(ROOM, message.id, message.flags);
	let written = 0;
	while (message.next()) {
		const isQuestion = message.section === Section.Question;
		if (!expandName(message.bytes, message.name) || (!isQuestion && message.class !== 1))
			continue;
		writer.section = message.section;
		if (isQuestion)
			writer.question(message.bytes, message.name, message.type, classOf(message));
		else {
			writer.beginRecord(message.bytes, message.name, message.type, message.hasTopBit, message.ttl);
			writer.part(message.bytes, message.data, message.data + message.dataBytes);
			writer.endRecord();
		}
		written++;
	}
	return { writer, written };
}

function checkEntry(ours: DnsReader, theirs: DnsReader): void {
	check(ours.section === theirs.section && ours.type === theirs.type && classOf(ours) === classOf(theirs), "type and class");
	check(ours.ttl === theirs.ttl && ours.dataBytes === theirs.dataBytes, "time to live and length");
	check(sameName(ours.bytes, ours.name, theirs.bytes, theirs.name), "name");
	check(ours.holdsAt(ours.data, theirs.bytes.subarray(theirs.data, theirs.data + theirs.dataBytes)), "data");
}

export default function dnsReader(input: Uint8Array): void {
	const before = input.slice();
	checkNames(input);
	const message = new DnsReader(input);
	if (!message.isWellFormed) {
		while (message.next())
			check(message.data + message.dataBytes <= input.length, "an entry ends inside the message");
		return;
	}
	const { writer, written } = write(message);
	const again = new DnsReader(writer.message);
	check(again.isWellFormed && writer.message.length <= ROOM, "well-formed when it is written again");
	check(again.id === message.id && again.flags === message.flags, "the same head");
	message.rewind();
	let read = 0;
	while (message.next()) {
		if (!expandName(input, message.name) || (message.section !== Section.Question && message.class !== 1))
			continue;
		check(again.next(), "as many entries");
		checkEntry(again, message);
		read++;
	}
	check(read === written && !again.next(), "no entry more");
	check(sameBytes(before, input), "the input stays as it is");
}
