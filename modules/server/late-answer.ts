/** An answer that waits for the accessory's own code: it goes out when it is complete, or just before iOS gives up on it. */

import Timer from "timer";
import type { ModelAnswer } from "hap/model/answer";
import type { WaitingRequest } from "hap/model/later";
import type { HAPConnection } from "hap/server/hap-connection";

/** iOS waits for ten seconds. What is not there by then has timed out (-70408). */
const ANSWER_WITHIN_MS = 9000;

export class LateAnswer {
	private readonly request: WaitingRequest;
	private readonly timer: Timer;

	/** `send` is called once, or never when the connection closes first. */
	constructor(connection: HAPConnection, request: WaitingRequest, send: (answer: ModelAnswer) => void, withinMS = ANSWER_WITHIN_MS) {
		this.request = request;
		this.timer = Timer.set(() => request.expire(), withinMS);
		request.onReady = (answer) => {
			Timer.clear(this.timer);
			connection.lateAnswer = undefined;
			send(answer);
		};
		connection.lateAnswer = this;
	}

	/** The connection has closed. What is under way in the accessory's own code goes on, and nobody is told of it. */
	cancel(): void {
		Timer.clear(this.timer);
		this.request.cancel();
	}
}
