/** Secured requests: how many a second, and how much of its processor the server takes for each. */

import { requestBytes } from "../../tests/interop/connection.mjs";
import { LoadSession } from "../controller/load-session.mjs";
import { cpuTime } from "../process-usage.mjs";

const WARM_UP = 30;
const JSON_TYPE = { "Content-Type": "application/hap+json" };

export const get = (target) => requestBytes("GET", target);

/** GET of so many switches, the last of them all for one. */
export function getCharacteristics({ switches, on }, count) {
	const ids = count === 1 ? [on] : switches.slice(0, count);
	if (ids.length !== count)
		throw new Error(`only ${ids.length} switches instead of ${count}`);
	return [get(`/characteristics?id=${ids.join(",")}`)];
}

export function putCharacteristics({ on }) {
	const [aid, iid] = on.split(".").map(Number);
	return [true, false].map((value) =>
		requestBytes("PUT", "/characteristics", JSON.stringify({ characteristics: [{ aid, iid, value }] }), JSON_TYPE)
	);
}

/** The switches among the characteristics of all accessories, { switches, on }: `on` is the one that is looked at and toggled. */
export async function inspect(session) {
	const { body } = await session.request("GET", "/accessories");
	const isSwitch = ({ type }) => type === "25" || type.startsWith("00000025-");
	const switches = JSON.parse(body).accessories.flatMap(({ aid, services }) =>
		services.flatMap(({ characteristics }) => characteristics.filter(isSwitch).map(({ iid }) => `${aid}.${iid}`))
	);
	return { switches, on: switches.at(-1) };
}

/** The bytes of an answer's text, which must be the same each time. */
async function answerBytes(session, requests) {
	let bytes;
	for (let i = 0; i < WARM_UP; i++) {
		session.socket.write(session.seal(requests[i % requests.length]));
		const { status, textBytes } = await session.next();
		if (status >= 300 || (bytes !== undefined && textBytes !== bytes))
			throw new Error(`status ${status}, ${textBytes} bytes instead of ${bytes}`);
		bytes = textBytes;
	}
	return bytes;
}

function check(session, received, count) {
	const messages = session.opened(received);
	if (messages.length !== count || messages.some(({ protocol, status }) => protocol !== "HTTP" || status >= 300))
		throw new Error(`${messages.length} answers instead of ${count}, or not all of them good`);
}

/** Answers { perSecond, cpuMicroseconds } of `count` requests in all. */
export async function load(pid, sessions, requests, count, depth = 1) {
	const each = Math.ceil(count / sessions.length);
	const prepared = [];
	for (const session of sessions) {
		const bytes = await answerBytes(session, requests);
		prepared.push({ session, bytes, sealed: Array.from({ length: each }, (_, i) => session.seal(requests[i % requests.length])) });
	}
	const cpu = cpuTime(pid);
	const start = performance.now();
	const received = await Promise.all(prepared.map(({ session, bytes, sealed }) => session.drive(sealed, bytes, depth)));
	const milliseconds = performance.now() - start;
	const used = cpu === undefined ? undefined : cpuTime(pid) - cpu;
	for (const [at, { session }] of prepared.entries())
		check(session, received[at], each);
	const total = each * sessions.length;
	return { perSecond: (1000 * total) / milliseconds, cpuMicroseconds: used === undefined ? undefined : used / 1000 / total };
}

/** Runs `body` with so many sessions. */
export async function withSessions(instance, count, body) {
	const sessions = [];
	try {
		for (let i = 0; i < count; i++)
			sessions.push(await LoadSession.open(instance.port, instance.pairing));
		return await body(sessions);
	}
	finally {
		for (const session of sessions)
			session.close();
		await new Promise((resolve) => setTimeout(resolve, 20)); // till the server has seen them go
	}
}
