/** Requests: the pieces that bytes come in change nothing, limits hold, and a parser that is reset holds no memory. */

import { ByteBudget } from "hap/bytes/byte-budget";
import { LIMITS } from "hap/wire/http-parser";
import { Reader } from "tests/fakes/request-text";
import { check, InputReader, pieceLengths } from "tests/fuzz/support/check";

const BUDGET = LIMITS.line + LIMITS.body;

interface Read {
	readonly status: number | undefined;
	readonly requests: string;
	readonly isEmpty: boolean;
}

function* ones(): Generator<number> {
	for (;;)
		yield 1;
}

function* none(): Generator<number> {}

function read(bytes: Uint8Array, lengths: Generator<number>): Read {
	const budget = new ByteBudget(BUDGET);
	const reader = new Reader(LIMITS, budget);
	const status = reader.pushPieces(bytes, limited(lengths, bytes.length));
	const result = { status, requests: JSON.stringify(reader.requests), isEmpty: reader.parser.isEmpty };
	for (const { body, path } of reader.requests)
		check(body.length <= LIMITS.body && path.length <= LIMITS.line, "limits");
	reader.parser.reset();
	check(budget.left === BUDGET, "the budget is whole again");
	return result;
}

function* limited(lengths: Generator<number>, bytes: number): Generator<number> {
	let left = bytes;
	for (const length of lengths) {
		if (left <= 0)
			return;
		left -= length;
		yield length;
	}
}

export default function httpParser(input: Uint8Array): void {
	const reader = new InputReader(input);
	const seed = reader.number();
	const bytes = reader.rest();
	const whole = read(bytes, none());
	const other = read(bytes, seed % 2 === 0 ? ones() : pieceLengths(seed));
	check(other.status === whole.status, "the same status");
	check(other.requests === whole.requests, "the same requests");
	check(whole.status !== undefined || other.isEmpty === whole.isEmpty, "the same is left over");
}
