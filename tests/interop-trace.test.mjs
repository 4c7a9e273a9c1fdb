/** docs/interop.md tells what happens: the same messages with the same items, whatever their sizes. */

import assert from "node:assert";
import { test } from "node:test";
import { makeTrace, writtenTrace } from "./interop/trace.mjs";

/** Requests, statuses, headers without their values, items of TLVs without their sizes; JSON is for other tests. */
function shape(trace) {
	return trace
		.split("\n")
		.filter((line) => !line.trim().startsWith("{"))
		.map((line) => line.replace(/Content-Length: \d+/, "Content-Length").replace(/ ?\(\d+ bytes\)/g, ""))
		.filter((line) => line !== "");
}

test("one pairing goes as docs/interop.md tells", async () => {
	assert.deepStrictEqual(shape(await makeTrace()), shape(writtenTrace()), "node tests/interop/trace.mjs --write tells it anew");
});
