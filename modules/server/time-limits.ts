/** How long a connection may stand still. One timer of the server looks after all of them: a limit may be exceeded by its period. */

export interface TimeLimits {
	/** From one look at the connections to the next. */
	readonly periodMS: number;
	/** A session's request from its first byte to its last. */
	readonly requestMS: number;
	/** An answer, or an event, of which a session takes nothing. */
	readonly answerMS: number;
	/** A connection that does not become a session. */
	readonly strangerMS: number;
	/** Between two messages of the connection that holds the pair-setup. */
	readonly pairSetupMS: number;
}

export const TIME_LIMITS: TimeLimits = Object.freeze({
	periodMS: 5000,
	requestMS: 10_000, // as long as iOS waits for an answer
	answerMS: 60_000, // a phone out of reach comes back, TCP's own repetitions are up to a minute apart
	strangerMS: 30_000, // iOS gives ten seconds to each of: the connection, M1 and M3 of pair-verify
	pairSetupMS: 300_000, // between M2 and M3 a person looks for the code and types it
});
