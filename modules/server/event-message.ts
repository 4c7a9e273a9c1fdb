/**
 * The EVENT that a session is to be sent next. HAP R2 "Notifications": its list goes newest first, because controllers
 * apply it in reverse.
 */

import { joinText } from "hap/bytes/bytes";
import type { Value } from "hap/model/types";
import { entryJson, eventBody, type NotifyingCharacteristics } from "hap/server/event-journal";
import type { Subscriptions } from "hap/server/subscriptions";

interface Entry {
	readonly index: number;
	readonly value: Value;
}

export class EventMessage {
	private readonly characteristics: NotifyingCharacteristics;
	private readonly most: number;
	/** Oldest first. */
	private entries: Entry[] = [];

	/** With `most` entries or more, a new one takes the place of its characteristic's oldest. */
	constructor(characteristics: NotifyingCharacteristics, most: number) {
		this.characteristics = characteristics;
		this.most = most;
	}

	/** What says no more than the newest entry of its characteristic is left out; automations depend on all the others. */
	add(index: number, value: Value): void {
		const oldest = this.entries.findIndex((entry) => entry.index === index);
		if (oldest >= 0 && this.newestOf(index) === value && !this.characteristics.isStateless?.(index))
			return;
		if (oldest >= 0 && this.entries.length >= this.most)
			this.entries.splice(oldest, 1);
		this.entries.push({ index, value });
	}

	/** The session does not want to hear of it any more. */
	remove(index: number): void {
		this.entries = this.entries.filter((entry) => entry.index !== index);
	}

	/** Undefined when there is nothing to tell: an EVENT with an empty list is never sent. */
	body(subscriptions: Subscriptions): string | undefined {
		let list = "";
		const entries = this.entries;
		for (let at = 0; at < entries.length; at++) {
			const { index, value } = entries[at];
			if (subscriptions.has(index))
				list = joinText(entryJson(this.characteristics, index, value), list === "" ? "" : ",", list);
		}
		return list === "" ? undefined : eventBody(list);
	}

	private newestOf(index: number): Value | undefined {
		for (let at = this.entries.length - 1; at >= 0; at--)
			if (this.entries[at].index === index)
				return this.entries[at].value;
		return undefined;
	}
}
