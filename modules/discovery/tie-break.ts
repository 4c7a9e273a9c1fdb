/**
 * Two hosts probing for one name at the same time: the lexicographically later set of records wins. RFC 6762 section 8.2.
 *
 * Records are in order of class, type and data with names in full; sets are compared record by record in that order, and the one
 * that runs out first loses.
 */

import { DnsType, expandName, Section } from "hap/wire/dns";
import type { DnsReader } from "hap/wire/dns-reader";

interface Proposal {
	readonly class: number;
	readonly type: number;
	readonly data: Uint8Array;
}

/** Whether what `theirs` proposes in its authority section for the name beats what `ours` does. Equal sets beat nobody. */
export function isBeaten(ours: DnsReader, theirs: DnsReader, names: Uint8Array, at: number): boolean {
	let our: Proposal | undefined;
	let their: Proposal | undefined;
	for (;;) {
		their = proposalAfter(their, theirs, names, at);
		if (!their)
			return false;
		our = proposalAfter(our, ours, names, at);
		const order = our ? compare(our, their) : -1;
		if (order !== 0)
			return order < 0;
	}
}

/** The first of the name's proposals that comes after `previous`. */
function proposalAfter(previous: Proposal | undefined, message: DnsReader, names: Uint8Array, at: number): Proposal | undefined {
	let first: Proposal | undefined;
	message.rewind();
	while (message.next()) {
		if (message.section !== Section.Authority || !message.isNamed(names, at))
			continue;
		const proposal = { class: message.class, type: message.type, data: fullData(message) };
		if ((!previous || compare(proposal, previous) > 0) && (!first || compare(proposal, first) < 0))
			first = proposal;
	}
	return first;
}

function compare(a: Proposal, b: Proposal): number {
	if (a.class !== b.class)
		return a.class - b.class;
	if (a.type !== b.type)
		return a.type - b.type;
	const length = Math.min(a.data.length, b.data.length);
	for (let i = 0; i < length; i++) {
		if (a.data[i] !== b.data[i])
			return a.data[i] - b.data[i];
	}
	return a.data.length - b.data.length;
}

/** The record's data, the names that senders compress in full. */
function fullData(record: DnsReader): Uint8Array {
	const data = record.bytes.subarray(record.data, record.data + record.dataBytes);
	const before = bytesBeforeName(record.type);
	if (before < 0 || record.dataBytes <= before)
		return data;
	const name = expandName(record.bytes, record.data + before);
	if (!name)
		return data;
	const full = new Uint8Array(before + name.length);
	full.set(data.subarray(0, before));
	full.set(name, before);
	return full;
}

function bytesBeforeName(type: number): number {
	switch (type) {
		case DnsType.SRV:
			return 6;
		case DnsType.PTR:
		case DnsType.CNAME:
			return 0;
		default:
			return -1;
	}
}
