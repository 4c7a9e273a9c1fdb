/** What one received query asks of us. RFC 6762 sections 5.4, 7.1, 7.2 and 8.1. */

import type { OwnRecords } from "hap/discovery/own-records";
import { Bits, ttlOf } from "hap/discovery/record-bits";
import { DnsFlags, Section } from "hap/wire/dns";
import type { DnsReader } from "hap/wire/dns-reader";

export interface Query {
	/** Records asked for, to be answered by multicast, or by unicast (the question's QU bit). */
	readonly multicast: number;
	readonly unicast: number;
	/** Records the querier holds already. */
	readonly known: number;
	/** Another host wants a name of ours. */
	readonly isProbe: boolean;
	/** More known answers follow in another message. */
	readonly isTruncated: boolean;
	/** This is such a message. */
	readonly isContinuation: boolean;
}

export function readQuery(message: DnsReader, records: OwnRecords, link: number): Query {
	let multicast = 0;
	let unicast = 0;
	let known = 0;
	let known4 = 0;
	let known6 = 0;
	let isProbe = false;
	let isContinuation = true;
	message.rewind();
	while (message.next()) {
		switch (message.section) {
			case Section.Question:
				isContinuation = false;
				if (message.hasTopBit)
					unicast |= records.askedFor(message, link);
				else
					multicast |= records.askedFor(message, link);
				break;
			case Section.Answer: {
				const kind = records.identify(message, link) & ~Bits.Conflict;
				if (kind === Bits.None || message.ttl * 2 < ttlOf(kind))
					break;
				known |= kind;
				known4 += kind === Bits.Address4 ? 1 : 0;
				known6 += kind === Bits.Address6 ? 1 : 0;
				break;
			}
			case Section.Authority:
				isProbe ||= records.isUnique(message);
				break;
		}
	}
	if (known4 && known4 < records.addressCount(Bits.Address4, link))
		known &= ~Bits.Address4;
	if (known6 && known6 < records.addressCount(Bits.Address6, link))
		known &= ~Bits.Address6;
	return { multicast, unicast, known, isProbe, isTruncated: (message.flags & DnsFlags.Truncated) !== 0, isContinuation };
}
