/**
 * A process that makes connections at a rate: crowd.mjs PORT KIND PER_SECOND, the pairing as a line of JSON on standard input, until that
 * ends; then it tells as a line of JSON how many there were. Kinds are those of soak.mjs, or "all" of them in turn.
 */

import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { KINDS, mayBePutOut } from "./soak.mjs";

/** Fewer than there are places: nobody is put out who is to be measured. */
const AT_A_TIME = 8;

const [port, kind, perSecond] = process.argv.slice(2);
const kinds = kind === "all" ? Object.values(KINDS) : [KINDS[kind]];

const input = createInterface({ input: process.stdin });
const [line] = await once(input, "line");
const pairing = JSON.parse(line);

let count = 0;
let refused = 0;
let open = 0;
let isOver = false;
input.on("close", () => (isOver = true));

async function come(number) {
	open++;
	try {
		await kinds[number % kinds.length](Number(port), pairing, number);
	}
	catch (error) {
		if (!mayBePutOut(error))
			throw error;
		refused++;
	}
	open--;
}

const from = performance.now();
while (!isOver) {
	const due = (performance.now() - from) * Number(perSecond) / 1000;
	while (count < due && open < AT_A_TIME)
		come(count++);
	await sleep(1);
}
process.stdout.write(`${JSON.stringify({ count, refused, seconds: (performance.now() - from) / 1000 })}\n`);
process.exit();
