/** Somebody who asks for longer than the accessory is patient with strangers: a connection in place of another, now and then. */

const USES = 100;

export class Stranger {
	#accessory;
	#connection;
	#uses = 0;

	constructor(accessory) {
		this.#accessory = accessory;
	}

	/** The connection for what comes next. */
	async connection() {
		if (this.#uses++ % USES === 0) {
			await this.close();
			this.#connection = await this.#accessory.connect();
		}
		return this.#connection;
	}

	async request(...parameters) {
		return (await this.connection()).request(...parameters);
	}

	async pairing(...parameters) {
		return (await this.connection()).pairing(...parameters);
	}

	async close() {
		await this.#connection?.close();
	}
}
