/** From a controller's write to the event at its subscribers. */

import { putCharacteristics, withSessions } from "./requests.mjs";

const SUBSCRIBERS = 7;
const QUIET_MS = 1100; // longer than any server's window
const LIMIT_MS = 5000;

async function subscribe(session, on) {
	const [aid, iid] = on.split(".").map(Number);
	const { status } = await session.request("PUT", "/characteristics", JSON.stringify({ characteristics: [{ aid, iid, ev: true }] }));
	if (status !== 204)
		throw new Error(`subscribing: status ${status}`);
}

/** Resolves with the time of the event at each session. */
function arrivals(sessions) {
	const all = sessions.map((session) =>
		new Promise((resolve, reject) => {
			const timer = setTimeout(() => reject(new Error("no event came")), LIMIT_MS);
			session.onEvent = () => {
				clearTimeout(timer);
				session.onEvent = () => {};
				resolve(performance.now());
			};
		})
	);
	return Promise.all(all);
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Latencies in milliseconds, one for each subscriber and write. */
async function latencies(subject, [writer, ...subscribers], writes, quietMS) {
	const requests = putCharacteristics(subject);
	const all = [];
	for (let i = 0; i < writes; i++) {
		await pause(quietMS);
		const arriving = arrivals(subscribers);
		const start = performance.now();
		writer.socket.write(writer.seal(requests[i % 2]));
		await writer.next();
		all.push(...(await arriving).map((time) => time - start));
	}
	return all;
}

/** { quiet, backToBack }: lists of milliseconds. */
export function measureEvents(instance, subject, { quietWrites, busyWrites }) {
	return withSessions(instance, SUBSCRIBERS + 1, async (sessions) => {
		for (const session of sessions.slice(1))
			await subscribe(session, subject.on);
		const quiet = await latencies(subject, sessions, quietWrites, QUIET_MS);
		const backToBack = await latencies(subject, sessions, busyWrites, 0);
		return { quiet, backToBack };
	});
}

/** How long the writer waits for its answer, in milliseconds, with so many subscribers beside it. */
export function measureWriter(instance, subject, subscribers, writes, quietMS) {
	return withSessions(instance, subscribers + 1, async ([writer, ...others]) => {
		const requests = putCharacteristics(subject);
		const waits = [];
		for (const session of others)
			await subscribe(session, subject.on);
		for (let i = 0; i < writes; i++) {
			const arriving = arrivals(others);
			const start = performance.now();
			writer.socket.write(writer.seal(requests[i % 2]));
			await writer.next();
			waits.push(performance.now() - start);
			await arriving;
			await pause(quietMS);
		}
		return waits;
	});
}
