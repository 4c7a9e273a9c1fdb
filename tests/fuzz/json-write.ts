/** PUT /characteristics: whatever the body, every entry has one answer, and every value stays one that a controller takes. */

import { concat, fromText } from "hap/bytes/bytes";
import { parseWriteRequest, type Timing, writeCharacteristics, type WriteRequest } from "hap/model/write-request";
import { readCharacteristics } from "hap/model/read-request";
import { parseJson } from "hap/wire/json";
import { parseQuery } from "hap/wire/query";
import { atOnce, Kinds, KindsSession, textOf } from "tests/fakes/all-kinds";
import { check, InputReader, unlessMalformed } from "tests/fuzz/support/check";

const STATUSES = [0, -70401, -70402, -70404, -70405, -70406, -70409, -70410, -70411];
const ALL = parseQuery("id=1.21,1.22,1.23,1.24,1.25,1.26,1.27,1.28,1.29,1.30,1.41,1.43,1.44,1.45,1.46,1.47,1.49,2.21&meta=1&ev=1");

interface Answer {
	readonly characteristics: readonly { aid: number; iid: number; status: number; }[];
}

function checkAnswer(answer: Answer, { characteristics: writes }: WriteRequest): void {
	check(answer.characteristics.length === writes.length, "an answer for each");
	answer.characteristics.forEach(({ aid, iid, status }, at) => {
		check(aid === writes[at].aid && iid === writes[at].iid, "in order");
		check(STATUSES.includes(status), `status ${status}`);
	});
}

export default function jsonWrite(input: Uint8Array): void {
	const reader = new InputReader(input);
	const timing = reader.byte() % 3 as Timing;
	const body = reader.rest();
	const request = unlessMalformed(() => parseWriteRequest(parseJson(body)));
	if (!request)
		return;
	const kinds = new Kinds();
	const session = new KindsSession();
	const { httpStatus, body: answer } = atOnce(writeCharacteristics(kinds.database, request.characteristics, session, timing));
	check(httpStatus === (answer ? 207 : 204), "status of the answer");
	if (answer)
		checkAnswer(JSON.parse(textOf(answer)) as Answer, request);
	const { httpStatus: readStatus, body: values } = atOnce(readCharacteristics(kinds.database, ALL, session));
	check(readStatus === 200, "all of them can be read");
	JSON.parse(textOf(values));
	check(kinds.faults.length === 0, "no fault of ours");
	unlessMalformed(() => parseJson(concat(fromText("["), body, fromText("]"))));
}
