/** An accessory that has crashed says so at its next start, and is paired still. */

import assert from "node:assert";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Accessory, CODE, isOn } from "./interop/accessory.mjs";

test("after a crash the next start tells of it, without the setup code", { skip: process.platform !== "linux" }, async () => {
	const accessory = new Accessory();
	try {
		await accessory.start();
		const pairing = await accessory.pairing();
		const [host] = readFileSync(`/proc/${accessory.pid}/task/${accessory.pid}/children`, "utf8").trim().split(" ");
		process.kill(Number(host), "SIGSEGV");
		await accessory.exited;
		accessory.output = "";
		await accessory.start();
		assert.match(accessory.output, /^the last run ended by a mistake: segmentation fault$/m);
		assert.match(accessory.output, /^ {2}before that: paired with /m);
		assert.ok(!accessory.output.includes(CODE));
		assert.strictEqual(await isOn(accessory.client(pairing)), false);
	}
	finally {
		await accessory.dispose();
	}
});
