/**
 * What one session is to hear of: the characteristics it subscribed to, its place in the journal, and what is to be sent to it
 * next. The first change after a quiet window is told at once, those inside the window together at its end.
 */

import type { Value } from "hap/model/types";
import type { ConnectionHost } from "hap/server/connection-host";
import { EventMessage } from "hap/server/event-message";
import { Subscriptions } from "hap/server/subscriptions";

/** In place of a characteristic's number. */
export const enum Immediate {
	None = -1,
	Several = -2,
}

export class SessionEvents extends Subscriptions {
	private readonly host: ConnectionHost;
	private readonly sessionID: number;
	private cursor: number;
	/** Monotonic milliseconds: until then what does not hurry waits. */
	quietUntil = 0;
	private pending: EventMessage | undefined;

	constructor(host: ConnectionHost, sessionID: number) {
		super();
		this.host = host;
		this.sessionID = sessionID;
		this.cursor = host.journal.next;
	}

	/** There may be something to send. Who has not subscribed to anything has read everything. */
	get hasNews(): boolean {
		return this.pending !== undefined || (this.count > 0 && this.cursor !== this.host.journal.next);
	}

	/** From the next change on. */
	enable(aid: number, iid: number): void {
		const { characteristics } = this.host;
		this.gather();
		this.add(characteristics.indexOf(aid, iid), characteristics.count);
	}

	disable(aid: number, iid: number): void {
		const index = this.host.characteristics.indexOf(aid, iid);
		this.delete(index);
		this.pending?.remove(index);
	}

	isEnabled(aid: number, iid: number): boolean {
		return this.has(this.host.characteristics.indexOf(aid, iid));
	}

	override clear(): void {
		super.clear();
		this.pending = undefined;
	}

	/** A notification for this session alone. */
	note(aid: number, iid: number, value: Value, isImmediate: boolean): void {
		this.gather();
		this.message().add(this.host.characteristics.indexOf(aid, iid), value);
		if (isImmediate)
			this.quietUntil = 0;
	}

	/** Whether a change that does not wait is one for this session: the window of others stays. */
	isUrgent(immediate: number): boolean {
		return immediate === Immediate.Several || this.has(immediate);
	}

	/** The session cannot be sent to now; an immediate change is then told as soon as it can. */
	hold(isImmediate: boolean): void {
		if (isImmediate && this.hasUnread)
			this.quietUntil = 0;
	}

	/** The body of the next EVENT, and a window opens; undefined when there is nothing that the session asked for. */
	take(now: number): string | undefined {
		const body = this.pending === undefined && this.cursor === this.host.journal.next - 1 ? this.takeNewest() : this.takeAll();
		if (body !== undefined)
			this.quietUntil = now + this.host.eventWindowMS;
		return body;
	}

	/** What most have, mostly. */
	private takeNewest(): string | undefined {
		const { journal, characteristics } = this.host;
		const at = this.cursor++;
		return journal.originatorAt(at) !== this.sessionID && this.has(journal.indexAt(at)) ? journal.newestBody(characteristics) : undefined;
	}

	private takeAll(): string | undefined {
		this.gather();
		const body = this.pending?.body(this);
		this.pending = undefined;
		return body;
	}

	private get hasUnread(): boolean {
		return this.cursor !== this.host.journal.next;
	}

	/** What the journal has for this session, as it is subscribed now. */
	private gather(): void {
		const { journal, characteristics } = this.host;
		if (!this.hasUnread)
			return;
		if (this.count > 0)
			journal.visit(this.cursor, this.sessionID, characteristics, (index, value) => {
				if (this.has(index))
					this.message().add(index, value);
			});
		this.cursor = journal.next;
	}

	private message(): EventMessage {
		const { characteristics, journal } = this.host;
		this.pending ??= new EventMessage(characteristics, journal.capacity);
		return this.pending;
	}
}
