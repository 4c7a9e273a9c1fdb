/**
 * Connections of every kind that a peer, a network or a bad programmer makes, and what they leave behind: the counters of the accessory
 * before and after must be equal.
 */

import { readdirSync, readFileSync } from "node:fs";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { PAIRING_TYPE, requestBytes } from "./connection.mjs";
import { PairVerifyController, Session } from "./session.mjs";

const AT_A_TIME = 8;
const ON = { aid: 1, iid: 10 };
/** Longer than the host looks after a connection that it has closed. */
const SETTLE_MS = 12000;
/** Longer than the two seconds after which the last switching is stored: that timer is not to be in both of two looks. */
const STEP_MS = 2500;
/** Whoever comes while all places are taken by others of its kind is put out, and that is right. */
export const mayBePutOut = (error) => ["closed", "503", "ECONNRESET", "EPIPE"].includes(error.code ?? error.message);

/** Connected; what becomes of it is for the caller to see. */
async function open(port, options) {
	const socket = connect({ port, host: "127.0.0.1", ...options });
	socket.on("error", () => {});
	await once(socket, "connect");
	return socket;
}

function closed(socket) {
	return socket.closed ? undefined : once(socket, "close");
}

async function destroy(socket) {
	socket.destroy();
	await closed(socket);
}

export const KINDS = {
	async silent(port) {
		await destroy(await open(port));
	},
	async reset(port) {
		const socket = await open(port);
		socket.write("GET /accessories HTTP/1.1\r\n\r\n");
		socket.resetAndDestroy();
		await closed(socket);
	},
	async halfClosed(port) {
		const socket = await open(port, { allowHalfOpen: true });
		socket.resume();
		socket.end("GET /accessories HTTP/1.1\r\n\r\n");
		await closed(socket);
	},
	async slowReader(port) {
		const socket = await open(port);
		socket.pause();
		socket.write("GET /accessories HTTP/1.1\r\n\r\n".repeat(50));
		await new Promise(setImmediate);
		await destroy(socket);
	},
	async abandoned(port) {
		const socket = await open(port);
		socket.write(requestBytes("POST", "/pair-verify", new PairVerifyController().m1(), { "Content-Type": PAIRING_TYPE }));
		await Promise.race([once(socket, "data"), closed(socket)]);
		await destroy(socket);
	},
	async halfRequest(port) {
		const socket = await open(port);
		socket.write("POST /pair-setup HTTP/1.1\r\nContent-Length: 500\r\n\r\nhalf");
		await new Promise(setImmediate);
		await destroy(socket);
	},
	async garbage(port, _pairing, number) {
		const socket = await open(port);
		socket.resume();
		socket.write(Buffer.from(Array.from({ length: 200 }, (_, i) => (number * 31 + i * i * 7) & 255)));
		socket.write("\r\n\r\n");
		await Promise.race([closed(socket), sleep(50, undefined, { ref: false })]);
		await destroy(socket);
	},
	async verified(port, pairing) {
		const session = await Session.open(port, pairing);
		try {
			await session.put({ ...ON, ev: true });
			session.send(session.seal(Buffer.from("GET /accessories HTTP/1.1\r\n\r\n")));
			session.socket.resetAndDestroy();
		}
		finally {
			await session.close();
		}
	},
};

/** So many connections, of one kind after the other. */
export async function connections(port, pairing, count) {
	const kinds = Object.values(KINDS);
	let next = 0;
	let refused = 0;
	const worker = async () => {
		while (next < count) {
			const number = next++;
			try {
				await kinds[number % kinds.length](port, pairing, number);
			}
			catch (error) {
				if (!mayBePutOut(error))
					throw error;
				refused++;
			}
		}
	};
	await Promise.all(Array.from({ length: AT_A_TIME }, worker));
	return refused;
}

/** So many requests on these sessions: reads and writes. */
export async function requests(sessions, count) {
	let left = count;
	await Promise.all(sessions.map(async (session) => {
		while (left-- > 0) {
			const { status } = await (left % 16 === 0 ? session.put({ ...ON, value: left % 32 === 0 }) : session.get("id=1.10"));
			if (status !== 200 && status !== 204)
				throw new Error(`${status}`);
		}
	}));
}

/** Events, the later ones at the end of a window: what the server has for those comes with the first of them, and stays. */
export async function events(port, pairing) {
	const [listener, writer] = [await Session.open(port, pairing), await Session.open(port, pairing)];
	await listener.put({ ...ON, ev: true });
	for (const value of [true, false, true, false])
		await writer.put({ ...ON, value });
	await listener.event();
	await listener.event();
	await listener.close();
	await writer.close();
}

function descriptorsOf(pid) {
	try {
		const [host] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
		return readdirSync(`/proc/${host || pid}/fd`).length;
	}
	catch {
		return undefined; // no Linux
	}
}

/** What must be the same before and after: live heap after a collection, descriptors, timers. */
export async function counters(accessory) {
	accessory.press("s");
	const heap = await accessory.line(/^heap: /);
	const waits = await accessory.line(/^waits for /);
	const [slots, chunkBytes] = heap.match(/\((\d+) slots of \d+, chunks (\d+)\)/).slice(1).map(Number);
	const [sources, timers] = waits.match(/\d+/g).map(Number);
	return { slots, chunkBytes, sources, timers, descriptors: descriptorsOf(accessory.pid) };
}

/** When the host looks after nothing any more that was closed: they are as expected, or do not change. */
export async function settled(accessory, expected) {
	let now = await counters(accessory);
	for (let waited = 0; waited < SETTLE_MS; waited += STEP_MS) {
		await sleep(STEP_MS);
		const before = now;
		now = await counters(accessory);
		if (JSON.stringify(now) === JSON.stringify(expected ?? before))
			break;
	}
	return now;
}
