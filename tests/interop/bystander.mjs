/**
 * A process with one session that reads a characteristic again and again, and nothing else: bystander.mjs PORT, the pairing as a line of
 * JSON on standard input. Each line behind it ends a measurement, which is told as a line of JSON, and begins the next one.
 */

import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Session } from "./session.mjs";

/** Between an answer and the next request. */
const PAUSE_MS = 2;

const [port] = process.argv.slice(2);
let times = [];

function percentile(sorted, share) {
	return sorted[Math.floor((sorted.length - 1) * share)];
}

function tell() {
	const sorted = times.toSorted((a, b) => a - b);
	times = [];
	const [p50, p95, p99, max] = [0.5, 0.95, 0.99, 1].map((share) => percentile(sorted, share));
	process.stdout.write(`${JSON.stringify({ count: sorted.length, p50, p95, p99, max })}\n`);
}

async function read(pairing) {
	const session = await Session.open(Number(port), pairing);
	await session.put({ aid: 1, iid: 10, ev: true }); // else it would be the first one to make room
	for (;;) {
		const from = performance.now();
		await session.get("id=1.10");
		times.push(performance.now() - from);
		await sleep(PAUSE_MS);
	}
}

let isReading = false;
createInterface({ input: process.stdin })
	.on("line", (line) => {
		if (isReading)
			tell();
		else
			read(JSON.parse(line));
		isReading = true;
	})
	.on("close", () => process.exit());
