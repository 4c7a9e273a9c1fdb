/** What the accessory's own code answers later, and the requests that wait for it. Costs nothing where all is answered at once. */

import type { ModelAnswer } from "hap/model/answer";
import { type CharacteristicDefinition, HapStatus, type Value } from "hap/model/types";

/** A reading, the status of a write, or why there is neither. */
export type Result = { readonly value: Value; } | HapStatus;

export interface Waiter {
	/** `at` is the place that was named when it was joined. */
	onSettled(at: number, result: Result): void;
}

/** One reading or write that is under way, and who waits for it. */
export class Later {
	result: Result | undefined;
	private readonly waiters: Waiter[] = [];
	private readonly places: number[] = [];
	/** Whose reading it is, for others who want it too; undefined: nobody may join. */
	private aid: number | undefined;
	private readonly characteristic: CharacteristicDefinition;

	constructor(aid: number | undefined, characteristic: CharacteristicDefinition) {
		this.aid = aid;
		this.characteristic = characteristic;
	}

	isOf(aid: number, characteristic: CharacteristicDefinition): boolean {
		return this.aid === aid && this.characteristic === characteristic;
	}

	get isWanted(): boolean {
		return this.waiters.length > 0;
	}

	join(waiter: Waiter, at: number): void {
		this.waiters.push(waiter);
		this.places.push(at);
	}

	/** Whoever asks from now on asks anew, because this one may never settle. */
	leave(waiter: Waiter): void {
		for (let at = this.waiters.length; at-- > 0;)
			if (this.waiters[at] === waiter) {
				this.waiters.splice(at, 1);
				this.places.splice(at, 1);
				this.aid = undefined;
			}
	}

	/** Only the first time counts: a promise of another's making may call twice. */
	settle(result: Result, onFault: (error: unknown) => void): void {
		this.result ??= result;
		for (let waiter = this.waiters.shift(); waiter; waiter = this.waiters.shift())
			try {
				waiter.onSettled(this.places.shift()!, this.result);
			}
			catch (error) {
				onFault(error);
			}
	}
}

/** What a request that waits needs of the database. */
export interface Laters {
	/** The request does not wait any more. */
	abandon(waiter: Waiter): void;
}

/** A request whose answer may have to wait: it has a time to be answered in, and a session that may close first. */
export abstract class WaitingRequest implements Waiter {
	/** Told once, when the answer is complete or time is up. */
	declare onReady: ((answer: ModelAnswer) => void) | undefined;
	protected waiting = 0;

	/** Does what is still to be done. */
	protected abstract proceed(): void;
	protected abstract note(at: number, result: Result): void;
	protected abstract answer(): ModelAnswer;
	protected abstract get laters(): Laters;

	get isWaiting(): boolean {
		return this.waiting > 0;
	}

	/** The answer, or the request itself, which waits for it; a request that does not wait may be its own answer. */
	start(): ModelAnswer | WaitingRequest {
		this.proceed();
		return this.waiting === 0 ? this.answer() : this;
	}

	onSettled(at: number, result: Result): void {
		this.waiting--;
		this.note(at, result);
		this.proceed();
		if (this.waiting === 0)
			this.finish();
	}

	/** What is not there by now has timed out. */
	expire(): void {
		this.laters.abandon(this);
		this.finish();
	}

	/** Nobody wants the answer any more. */
	cancel(): void {
		this.onReady = undefined;
		this.laters.abandon(this);
	}

	/** What is there is noted, what is not is waited for, and has timed out until it settles. */
	protected take(at: number, result: Result | Later): void {
		if (result instanceof Later) {
			this.note(at, HapStatus.TimedOut);
			this.waiting++;
			result.join(this, at);
		}
		else
			this.note(at, result);
	}

	private finish(): void {
		const onReady = this.onReady;
		this.onReady = undefined;
		onReady?.(this.answer());
	}
}

/** Else it is the answer. */
export function isWaiting(result: ModelAnswer | WaitingRequest): result is WaitingRequest {
	return result instanceof WaitingRequest && result.isWaiting;
}
