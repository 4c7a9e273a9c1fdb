/**
 * What has changed: the ring of events that all connections read, each with a cursor of its own, and beside it who
 * changed each characteristic last and when, for a connection that has fallen behind the ring.
 */

import { joinText } from "hap/bytes/bytes";
import { EventRing } from "hap/bytes/event-ring";
import { plainJson } from "hap/model/characteristic-json";
import type { Value } from "hap/model/types";

/** The characteristics that notify, numbered from 0. */
export interface NotifyingCharacteristics {
	readonly count: number;
	/** -1: there is none, or it does not notify. */
	indexOf(aid: number, iid: number): number;
	aidOf(index: number): number;
	iidOf(index: number): number;
	valueOf(index: number): Value;
	/** Each report of it is an event of its own, even with the value of the last one: a button's press. */
	isStateless?(index: number): boolean;
}

/** An entry of an EVENT. */
export function entryJson(characteristics: NotifyingCharacteristics, index: number, value: Value): string {
	return joinText('{"aid":', characteristics.aidOf(index), ',"iid":', characteristics.iidOf(index), ',"value":', plainJson(value), "}");
}

/** Of entries with commas between them. */
export function eventBody(entries: string): string {
	return joinText('{"characteristics":[', entries, "]}");
}

/** Numbers of sessions, and 0. */
const ORIGINATORS = 65536;

export type EventVisitor = (index: number, value: Value) => void;

/** The ring is a class above: an object beside it would take memory. */
export class EventJournal extends EventRing<Value> {
	/**
	 * Of each characteristic's last change the cursor and, below it in the same number, the originator: 37 bits and 16. It comes with
	 * the first change, for it is the largest thing that a bridge has: 1,200 bytes for 150 accessories.
	 */
	private lastChanges: Float64Array | undefined;
	private readonly count: number;
	/** The body that tells of the newest change alone, while it is told. */
	private newest: string | undefined;

	constructor(capacity: number, count: number) {
		super(capacity);
		this.count = count;
	}

	/** `originator` is a session's number, 0 for the hardware. */
	note(index: number, value: Value, originator: number): void {
		this.lastChanges ??= new Float64Array(this.count).fill(-1);
		this.lastChanges[index] = this.next * ORIGINATORS + originator;
		this.newest = undefined;
		this.push(index, value, originator);
	}

	/** The body of an EVENT that tells of the newest change alone: made once for all who are told of it. */
	newestBody(characteristics: NotifyingCharacteristics): string {
		const at = this.next - 1;
		this.newest ??= eventBody(entryJson(characteristics, this.indexAt(at), this.valueAt(at)));
		return this.newest;
	}

	/** All who are told of it have been. */
	forgetBody(): void {
		this.newest = undefined;
	}

	/**
	 * Visits what a session has not seen since `cursor`, oldest first, without its own changes. When the ring no longer
	 * reaches back that far, each characteristic that changed is visited once, with its newest value.
	 */
	visit(cursor: number, reader: number, characteristics: NotifyingCharacteristics, visitor: EventVisitor): void {
		if (cursor < this.oldest) {
			this.visitNewest(cursor, reader, characteristics, visitor);
			return;
		}
		for (let at = cursor; at < this.next; at++)
			if (this.originatorAt(at) !== reader)
				visitor(this.indexAt(at), this.valueAt(at));
	}

	private visitNewest(cursor: number, reader: number, characteristics: NotifyingCharacteristics, visitor: EventVisitor): void {
		const changes = this.lastChanges!; // a ring that has lost some has had some
		for (let index = 0; index < changes.length; index++) {
			const change = changes[index];
			if (change >= cursor * ORIGINATORS && change % ORIGINATORS !== reader)
				this.visitLast(index, characteristics, visitor);
		}
	}

	/** A press that the ring has lost is over: a stateless characteristic has no value that could stand for it. */
	private visitLast(index: number, characteristics: NotifyingCharacteristics, visitor: EventVisitor): void {
		const at = Math.floor(this.lastChanges![index] / ORIGINATORS);
		if (at >= this.oldest)
			visitor(index, this.valueAt(at));
		else if (!characteristics.isStateless?.(index))
			visitor(index, characteristics.valueOf(index));
	}
}
