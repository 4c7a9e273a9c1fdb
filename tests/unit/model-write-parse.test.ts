/** What PUT /characteristics takes for a request at all: a body that is none is refused before any of it is done. */

import { MalformedError } from "hap/bytes/bytes";
import { parseWriteRequest } from "hap/model/write-request";
import { equal, same, test, throws } from "tests/harness";

const WRITE = { aid: 1, iid: 21, value: true };
/** iOS draws its pids from 64 bits. */
const LONG_PID = Number("11122333445566778899");

test("a list of writes, and no pid", () => {
	const { characteristics: writes, pid } = parseWriteRequest({ characteristics: [WRITE, { aid: 2, iid: 21, ev: 0 }] });
	equal(pid, undefined);
	same(writes.map(({ aid, iid, value, ev }) => ({ aid, iid, value, ev })), [
		{ aid: 1, iid: 21, value: true, ev: undefined },
		{ aid: 2, iid: 21, value: undefined, ev: false },
	]);
});

test("a null is a value to write", () => {
	equal(parseWriteRequest({ characteristics: [{ aid: 1, iid: 21, value: null }] }).characteristics[0].value, null);
});

for (const pid of [0, 7, LONG_PID])
	test(`${pid} is a pid`, () => equal(parseWriteRequest({ characteristics: [WRITE], pid }).pid, pid));

for (
	const [what, body] of [
		["undefined", undefined],
		["null", null],
		["a number", 1],
		["a list", [WRITE]],
		["an object without a list", {}],
		["a list that is an object", { characteristics: {} }],
		["an entry of null", { characteristics: [null] }],
		["an entry that is a list", { characteristics: [[]] }],
		["an entry without an aid", { characteristics: [{ iid: 21, value: 1 }] }],
		["an entry without an iid", { characteristics: [{ aid: 1, value: 1 }] }],
		["an entry with nothing to do", { characteristics: [{ aid: 1, iid: 21 }] }],
		["an aid that is text", { characteristics: [{ aid: "1", iid: 21, value: 1 }] }],
		["an iid with a fraction", { characteristics: [{ aid: 1, iid: 21.5, value: 1 }] }],
		["a negative iid", { characteristics: [{ aid: 1, iid: -1, value: 1 }] }],
		["an ev of 2", { characteristics: [{ aid: 1, iid: 21, ev: 2 }] }],
		["an ev of text", { characteristics: [{ aid: 1, iid: 21, ev: "true" }] }],
		["an ev of null", { characteristics: [{ aid: 1, iid: 21, ev: null }] }],
		["an r of text", { characteristics: [{ ...WRITE, r: "yes" }] }],
		["authData that is a number", { characteristics: [{ ...WRITE, authData: 7 }] }],
		["a pid of text", { characteristics: [WRITE], pid: "7" }],
		["a negative pid", { characteristics: [WRITE], pid: -7 }],
		["a pid of null", { characteristics: [WRITE], pid: null }],
		["a characteristic twice", { characteristics: [WRITE, { aid: 2, iid: 21, ev: true }, WRITE] }],
		["a characteristic twice, to write and to subscribe", { characteristics: [WRITE, { aid: 1, iid: 21, ev: true }] }],
	] as const
)
	test(`${what} is no write request`, () => throws(() => parseWriteRequest(body), MalformedError));
