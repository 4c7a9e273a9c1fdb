/** The body of an EVENT: HAP's characteristic notifications, newest first, because controllers apply the list in reverse. */

import type { Value } from "hap/model/types";
import type { EventJournal, NotifyingCharacteristics } from "hap/server/event-journal";
import type { Subscriptions } from "hap/server/subscriptions";

export function eventEntry(aid: number, iid: number, value: Value): string {
	return `{"aid":${aid},"iid":${iid},"value":${JSON.stringify(value)}}`;
}

/** Answers undefined when nothing that the session asked for has changed: an EVENT with an empty list is never sent. */
export function eventBody(
	journal: EventJournal,
	cursor: number,
	reader: number,
	subscriptions: Subscriptions,
	characteristics: NotifyingCharacteristics,
): string | undefined {
	const newest: { [index: number]: unknown; } = {};
	let entries = "";
	journal.visit(cursor, reader, characteristics, (index, value) => {
		if (!subscriptions.has(index) || (index in newest && newest[index] === value && !characteristics.isStateless?.(index)))
			return;
		newest[index] = value;
		const entry = eventEntry(characteristics.aidOf(index), characteristics.iidOf(index), value);
		entries = entries === "" ? entry : `${entry},${entries}`;
	});
	return entries === "" ? undefined : `{"characteristics":[${entries}]}`;
}
