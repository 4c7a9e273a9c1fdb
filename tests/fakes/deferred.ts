import { sleep } from "tests/harness";

/** A promise that the test settles. */
export class Deferred<T> {
	readonly promise: Promise<T>;
	private accept!: (value: T) => void;
	private refuse!: (error: unknown) => void;

	constructor() {
		this.promise = new Promise((accept, refuse) => {
			this.accept = accept;
			this.refuse = refuse;
		});
	}

	/** Settles, and waits until everybody has heard of it. */
	async resolve(value: T): Promise<void> {
		this.accept(value);
		await sleep(1);
	}

	async reject(error: unknown): Promise<void> {
		this.refuse(error);
		await sleep(1);
	}
}
